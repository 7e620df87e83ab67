"""A heat that goes up and down: sudden drops from local peaks within a quarter (method: 3.4)."""

from datetime import date
from typing import NamedTuple

from wendu.method.reading import Reading, because, exact
from wendu.method.scales import ErraticScale
from wendu.method.state import Peak
from wendu.method.temperature import Slope


class Swing(NamedTuple):
    """The latest peak and the days on which the heat had dropped too far."""

    peak: Peak
    drops: tuple[date, ...]


def swing_on(swing: Swing, *, on: date, before: float, level: float, scale: ErraticScale) -> Swing:
    """The swing at the end of a judged day: any rise starts a new peak, a deep fall from it counts once."""
    if level > before:
        return Swing(Peak(level, counts=True), swing.drops)
    return _fallen(swing, on, level, scale)


def swing_upto(swing: Swing, slope: Slope, upto: date, scale: ErraticScale) -> Swing:
    """The swing after days on which nothing happened."""
    if not swing.peak.counts or swing.peak.fallen:
        return swing
    threshold = swing.peak.value - scale.drop_points
    if slope.stays_above(threshold, upto):
        return swing
    fall_on = slope.falls_to(threshold)
    return swing if fall_on is None or fall_on > upto else _with_drop(swing, fall_on, scale)


def recent_drops(drops: tuple[date, ...], on: date, scale: ErraticScale) -> tuple[date, ...]:
    """The drops of the latest quarter."""
    return tuple(day for day in drops if (on - day).days < scale.within_days)


def erratic_reading(drops: tuple[date, ...], on: date, scale: ErraticScale) -> Reading:
    """Whether the rhythm must be fixed."""
    recent = recent_drops(drops, on, scale)
    reasons = tuple(because("drop", on=day.isoformat(), points=scale.drop_points) for day in recent)
    return Reading(value=len(recent), band="erratic" if len(recent) >= scale.drops else "steady", reasons=reasons)


def _fallen(swing: Swing, on: date, level: float, scale: ErraticScale) -> Swing:
    peak = swing.peak
    if peak.counts and not peak.fallen and exact(level) <= exact(peak.value - scale.drop_points):
        return _with_drop(swing, on, scale)
    return swing


def _with_drop(swing: Swing, on: date, scale: ErraticScale) -> Swing:
    peak = Peak(swing.peak.value, counts=True, fallen=True)
    return Swing(peak, (*recent_drops(swing.drops, on, scale), on))
