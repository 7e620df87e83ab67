"""What is dear to count is counted anew beside the work: nobody waits for it, and nothing old is given for long."""

from threading import Event

import pytest
from django.db import DatabaseError

from wendu.identity import snapshot
from wendu.identity.snapshot import forget, refreshed

AGES = {"seconds": 60.0, "at_most": 600.0}


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Count:
    """A number that is dear to count: one more each time, and only when it may."""

    def __init__(self) -> None:
        self.times, self.may, self.done, self.fails = 0, Event(), Event(), False
        self.may.set()

    def __call__(self) -> int:
        self.may.wait(5)
        self.times += 1
        try:
            if self.fails:
                raise DatabaseError("no database")
            return self.times
        finally:
            self.done.set()


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(snapshot, "monotonic", found)
    forget()
    yield found
    forget()


def settled(count):
    """Wait until what counts beside the work has put its result away."""
    assert count.done.wait(5)
    for _ in range(500):
        if not snapshot._counting:
            return
        Event().wait(0.01)
    raise AssertionError("still counting")


def test_within_its_time_nothing_is_counted_twice(clock):
    count = Count()

    assert [refreshed("dear", count, **AGES), refreshed("dear", count, **AGES)] == [1, 1]


def test_an_old_value_is_given_at_once_and_the_next_one_comes_beside_the_work(clock):
    count = Count()
    refreshed("dear", count, **AGES)
    count.done.clear()
    count.may.clear()
    clock.now += 61

    assert [refreshed("dear", count, **AGES) for _ in range(3)] == [1, 1, 1]

    count.may.set()
    settled(count)
    assert refreshed("dear", count, **AGES) == 2
    assert count.times == 2


def test_what_is_too_old_is_given_no_more(clock):
    count = Count()
    refreshed("dear", count, **AGES)
    clock.now += 601

    assert refreshed("dear", count, **AGES) == 2


def test_a_count_that_fails_leaves_the_old_value_until_it_is_too_old(clock):
    count = Count()
    refreshed("dear", count, **AGES)
    count.done.clear()
    count.fails = True
    clock.now += 61

    assert refreshed("dear", count, **AGES) == 1
    settled(count)
    assert snapshot._held["dear"][1] == 1


def test_what_was_counted_before_everything_was_forgotten_is_not_kept(clock):
    count = Count()
    refreshed("dear", count, **AGES)
    count.done.clear()
    count.may.clear()
    clock.now += 61
    refreshed("dear", count, **AGES)

    forget()
    count.may.set()
    settled(count)

    assert "dear" not in snapshot._held
