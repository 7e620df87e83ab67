"""Alice's customer with one person, as most tests of the log need it."""

import pytest

from tests.touches import making


@pytest.fixture
def lake(cast):
    return making.customer(cast.alice)


@pytest.fixture
def he(lake):
    return making.contact(lake)
