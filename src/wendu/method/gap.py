"""The cold gap: how long a customer in pursuit has not been spoken with (method: 3.4)."""

from datetime import date
from typing import NamedTuple

from wendu.method.reading import Reading, because
from wendu.method.scales import HeatScale, PlanScale
from wendu.method.stops import Clock

COLD = ("cold_gap_severe", "cold_gap")


class Gap(NamedTuple):
    """Since when the customer waits, and from which days on the gap is cold, then severe."""

    since: date
    cold_on: date
    severe_on: date


def gap_of(since: date | None, max_gap_days: int, clock: Clock, scale: HeatScale) -> Gap | None:
    """The days on which silence turns cold; unknown while the log knows no talk."""
    if since is None:
        return None
    cold_on = clock.advance(since, max_gap_days + 1)
    return Gap(since, cold_on, clock.advance(since, scale.severe_gap_multiple * max_gap_days + 1))


def due_by_gap(counted_on: date, since: date, max_gap_days: int, clock: Clock, scale: PlanScale) -> date:
    """The day a touch is due: before the longest gap is full, and not before the pursuit (`since`) began."""
    return max(since, clock.advance(counted_on, max_gap_days - scale.touch_before_gap_days))


def gap_reading(gap: Gap | None, on: date, max_gap_days: int, clock: Clock) -> Reading:
    """How many running days nobody spoke with the customer, and whether that is too long."""
    if gap is None:
        return Reading(value=None, band="unknown", missing=("two_way_touch",))
    days = clock.running_days(gap.since, on)
    band = "cold_gap_severe" if on >= gap.severe_on else "cold_gap" if on >= gap.cold_on else "in_touch"
    return Reading(days, band, (because("silent", days=days, since=gap.since.isoformat(), allowed=max_gap_days),))
