"""Today's temperature by arithmetic alone, from a row kept at the latest touch (method: temperature)."""

from datetime import date

from wendu.coach.frame import Frame
from wendu.coach.lean import LeanDeal, LeanStanding
from wendu.coach.models import Heat

Warm = Heat | LeanStanding | LeanDeal


def heat_today(row: Warm, frame: Frame) -> float:
    """The heat of a row on the frame's day."""
    return heat_on(row, frame.today, frame)


def heat_on(row: Warm, day: date, frame: Frame) -> float:
    """The heat of a row on a day not earlier than its own; an open deal's is held under its cap."""
    level = cooled(row.heat, row.cools_from_axis, row.half_life_days, frame.axis.at(day))
    capped_from: date | None = getattr(row, "capped_from", None)
    if capped_from is not None and day >= capped_from:
        return min(level, frame.scale.heat.strike.cap)
    return level


def cooled(heat: float, cools_from_axis: int | None, half_life_days: float, axis: int) -> float:
    """What is left of a heat at a place of the organisation's axis of running days."""
    if cools_from_axis is None or axis <= cools_from_axis:
        return heat
    return heat * 2.0 ** (-(axis - cools_from_axis) / half_life_days)
