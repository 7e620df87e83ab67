"""The shipped playbook and the context of an ordinary business customer."""

import pytest

from tests.method.build import context
from wendu.method.journey import Context
from wendu.method.scales import MethodScale
from wendu.playbooks.loader import shipped
from wendu.playbooks.numbers import method_scale


@pytest.fixture(scope="session")
def scale() -> MethodScale:
    """The numbers of the shipped playbook."""
    return method_scale(shipped())


@pytest.fixture(scope="session")
def ctx() -> Context:
    """A business customer of an ordinary sale, without holidays."""
    return context()
