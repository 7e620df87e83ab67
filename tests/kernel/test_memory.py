"""What a server holds anyway is set aside once."""

import gc

import pytest

from wendu.kernel.memory import settle


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_what_was_loaded_is_not_looked_through_again(thawed):
    settle()

    looked_through = len(gc.get_objects())
    assert gc.get_freeze_count() > looked_through, "most of what is held was loaded at the start"


def test_what_comes_later_is_still_found(thawed):
    settle()
    loop: list[object] = []
    loop.append(loop)
    del loop

    assert gc.collect() > 0, "a ring nobody holds any more"
