"""What holds for every test: no network beyond this machine, warnings are errors, browsers only where asked for."""

import importlib.util
import os
from pathlib import Path
from typing import Any
from unittest import TestCase

import hypothesis
import pytest
from django.utils import translation

from tests.laws import examples

ROOT = Path(__file__).resolve().parent.parent

pytest_plugins = ["tests.cast"]  # Alice owns, Bob is her teammate, Charlie is an outsider, Mona manages

# The same examples on every machine: a red build can be repeated at a desk.
hypothesis.settings.register_profile("gate", derandomize=True, deadline=None, max_examples=examples(60), database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("WENDU_HYPOTHESIS", "gate"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever lies in tests/e2e or drives a browser is a browser test, and browser tests run on their own.

    `WENDU_TESTS=database` leaves out what asks no database: it was run on the first one and would say the same again.
    """
    for item in items:
        if "e2e" in item.path.parts or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("e2e")
    if os.environ.get("WENDU_TESTS") == "database":
        asks = {item: _may_ask_database(item) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not asks[item]])
        items[:] = [item for item in items if asks[item]]


PURE_FLOORS = frozenset({"analytics", "architecture", "desk", "kernel", "method", "playbooks", "search", "touches"})


def _may_ask_database(item: pytest.Item) -> bool:
    """Only what is sure to ask none is left out: no database among its fixtures, and no process or class of its own.

    What is marked `once` reads words or fills in forms, which is the same whatever keeps them.
    """
    if item.get_closest_marker("once"):
        return False
    if not PURE_FLOORS & set(item.path.parts) or issubclass(getattr(item, "cls", None) or object, TestCase):
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})


def pytest_runtest_teardown() -> None:
    """A request leaves its language behind in the thread; the next test begins in that of the house."""
    translation.deactivate()


def pytest_configure(config: pytest.Config) -> None:
    """The browser's own event loop runs in the thread of the test, which Django takes for an asynchronous view."""
    if config.option.markexpr == "e2e":
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The installed Chromium; its sandbox cannot be had by root."""
    spec = importlib.util.spec_from_file_location("chromium", ROOT / "scripts" / "chromium.py")
    assert spec
    assert spec.loader
    finder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(finder)
    return {
        **browser_type_launch_args,
        "executable_path": finder.chromium(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }
