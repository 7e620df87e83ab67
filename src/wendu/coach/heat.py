"""Today's temperature by arithmetic alone, from a row kept at the latest touch (method: temperature)."""

from datetime import date

from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Heat


def heat_today(row: Heat, frame: Frame) -> float:
    """The heat of a row on the frame's day."""
    return heat_on(row, frame.today, frame)


def heat_on(row: Heat, day: date, frame: Frame) -> float:
    """The heat of a row on a day not earlier than its own; an open deal's is held under its cap."""
    level = row.heat
    if row.cools_from_axis is not None:
        days = frame.axis.at(day) - row.cools_from_axis
        if days > 0:
            level = row.heat * 2.0 ** (-days / row.half_life_days)
    if isinstance(row, DealStanding) and row.capped_from is not None and day >= row.capped_from:
        return min(level, frame.scale.heat.strike.cap)
    return level
