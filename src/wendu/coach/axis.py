"""The organisation's own axis of days, on which every temperature cools in closed form."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import QuerySet

from wendu.identity.models import Holiday
from wendu.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class Axis:
    """Counts running days: a stopped day does not move it."""

    holidays: tuple[int, ...]

    @classmethod
    def of(cls, holidays: Iterable[date]) -> Self:
        """Build from the stopped days."""
        return cls(tuple(sorted({day.toordinal() for day in holidays})))

    def at(self, day: date) -> int:
        """Position of a day: running days since the beginning of the calendar."""
        ordinal = day.toordinal()
        return ordinal - bisect_right(self.holidays, ordinal)


def organisation_holidays() -> tuple[date, ...]:
    """All stopped days of the organisation, in order (one query)."""
    return tuple(day for (day,) in _holidays())


@prepared
def _holidays() -> QuerySet[Holiday, tuple[date]]:
    return Holiday.objects.order_by("day").values_list("day")
