"""Counting running days without walking them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import START, day
from wendu.method.stops import Clock, Stops

NUMBERS = st.integers(0, 80)
SPANS = st.lists(st.tuples(NUMBERS, st.integers(0, 15)), max_size=5)
ONE = timedelta(days=1)


def stops_of(holidays: list[int], quiet: list[tuple[int, int]]) -> Stops:
    """Holidays and quiet periods by their numbers."""
    return Stops.of((day(n) for n in holidays), [(day(n), day(n + length)) for n, length in quiet])


def walked(clock: Clock, after: date, upto: date) -> int:
    """Running days, one by one."""
    days = (after + n * ONE for n in range(1, (upto - after).days + 1))
    waits = clock.agreed_after, clock.agreed_on
    return sum(
        not clock.stops.is_stopped(on) and not (waits[0] and waits[1] and waits[0] < on <= waits[1]) for on in days
    )


@given(st.lists(NUMBERS, max_size=12), SPANS, NUMBERS, NUMBERS, st.none() | st.tuples(NUMBERS, st.integers(1, 30)))
def test_counting_equals_walking(
    holidays: list[int], quiet: list[tuple[int, int]], after: int, length: int, wait: tuple[int, int] | None
) -> None:
    agreed = (day(wait[0]), day(sum(wait))) if wait else (None, None)
    clock = Clock(stops_of(holidays, quiet), *agreed)

    assert clock.running_days(day(after), day(after + length)) == walked(clock, day(after), day(after + length))


@given(st.lists(NUMBERS, max_size=12), SPANS, NUMBERS, NUMBERS, st.none() | st.tuples(NUMBERS, st.integers(1, 30)))
def test_advancing_lands_on_the_earliest_day(
    holidays: list[int], quiet: list[tuple[int, int]], after: int, days: int, wait: tuple[int, int] | None
) -> None:
    agreed = (day(wait[0]), day(sum(wait))) if wait else (None, None)
    clock = Clock(stops_of(holidays, quiet), *agreed)

    reached = clock.advance(day(after), days)

    assert clock.running_days(day(after), reached) == days
    assert days == 0 or clock.running_days(day(after), reached - ONE) == days - 1
    assert clock.running_days(day(after), clock.standstill_end(day(after))) == 0


def test_overlapping_and_touching_stops_are_one() -> None:
    stops = Stops.of([day(5), day(5), day(9)], [(day(3), day(6)), (day(7), day(8)), (day(20), day(19))])

    assert stops.stopped.intervals() == ((day(3), day(9)),)
    assert stops.quiet.intervals() == ((day(3), day(8)),)
    assert (stops.is_quiet(day(9)), stops.is_stopped(day(9)), stops.is_stopped(day(20))) == (False, True, False)
    assert stops.first_running(day(4)) == day(10)
    assert stops.first_running(START) == START
