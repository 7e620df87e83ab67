"""Days on which clocks stand still: counting the days that run, without walking them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

Interval = tuple[date, date]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DaySet:
    """A set of days as merged intervals, each from its first to its last day."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    totals: tuple[int, ...]
    running_before: tuple[int, ...]

    @classmethod
    def of(cls, intervals: Iterable[Interval]) -> "DaySet":
        """Unite intervals; one that ends before it starts is empty."""
        merged: list[list[int]] = []
        for start, end in sorted((a.toordinal(), b.toordinal()) for a, b in intervals if a <= b):
            if merged and start <= merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        totals = tuple(accumulate(end - start + 1 for start, end in merged))
        before = tuple(start - 1 - (totals[i - 1] if i else 0) for i, (start, _) in enumerate(merged))
        return cls(tuple(s for s, _ in merged), tuple(e for _, e in merged), totals, before)

    def __contains__(self, day: date) -> bool:
        i = bisect_right(self.starts, day.toordinal()) - 1
        return i >= 0 and day.toordinal() <= self.ends[i]

    def days_outside(self, after: date, upto: date) -> int:
        """Days later than `after` and not later than `upto` that are not in the set."""
        first, last = after.toordinal(), upto.toordinal()
        return self._outside(last) - self._outside(first) if self.starts else last - first

    def advance(self, day: date, days: int) -> date:
        """The earliest day by which `days` days outside the set have gone by since `day`."""
        if days <= 0:
            return day
        target = self._outside(day.toordinal()) + days
        passed = bisect_left(self.running_before, target)
        return date.fromordinal(target + (self.totals[passed - 1] if passed else 0))

    def intervals(self) -> tuple[Interval, ...]:
        """The merged intervals."""
        return tuple((date.fromordinal(a), date.fromordinal(b)) for a, b in zip(self.starts, self.ends, strict=True))

    def _outside(self, ordinal: int) -> int:
        i = bisect_right(self.starts, ordinal) - 1
        if i < 0:
            return ordinal
        return ordinal - self.totals[i] + max(0, self.ends[i] - ordinal)


NO_DAYS = DaySet.of(())


@dataclass(frozen=True, slots=True)
class Stops:
    """Public holidays and quiet periods of one customer; quiet periods also extend the signing window."""

    stopped: DaySet
    quiet: DaySet

    @classmethod
    def of(cls, holidays: Iterable[date] = (), quiet: Iterable[Interval] = ()) -> "Stops":
        """Build from single holidays and quiet intervals (first and last day)."""
        quiet = tuple(quiet)
        return cls(DaySet.of((*((day, day) for day in holidays), *quiet)), DaySet.of(quiet))

    def running_days(self, after: date, upto: date) -> int:
        """Days after one day and up to another on which clocks run."""
        return self.stopped.days_outside(after, upto)

    def advance(self, day: date, days: int) -> date:
        """The day by which so many running days have gone by."""
        return self.stopped.advance(day, days)

    def is_stopped(self, day: date) -> bool:
        """Whether clocks stand still on a day."""
        return day in self.stopped

    def is_quiet(self, day: date) -> bool:
        """Whether a day lies in a quiet period."""
        return day in self.quiet

    def first_running(self, day: date) -> date:
        """The day itself, or the first running day after it."""
        return day if day not in self.stopped else self.stopped.advance(day, 1)


NO_STOPS = Stops(NO_DAYS, NO_DAYS)


class Clock(NamedTuple):
    """The running days of one customer: stops united with the wait for an agreed date."""

    stops: Stops
    agreed_after: date | None = None
    agreed_on: date | None = None

    def running_days(self, after: date, upto: date) -> int:
        """Days after one day and up to another on which this customer's clocks run."""
        days = self.stops.stopped.days_outside(after, upto)
        if self.agreed_after is None or self.agreed_on is None or upto <= self.agreed_after or self.agreed_on <= after:
            return days
        start, end = max(after, self.agreed_after), min(upto, self.agreed_on)
        return days - (self.stops.running_days(start, end) if start < end else 0)

    def advance(self, day: date, days: int) -> date:
        """The day by which so many of this customer's running days have gone by."""
        if days <= 0 or self.agreed_after is None or self.agreed_on is None or day >= self.agreed_on:
            return self.stops.stopped.advance(day, days)
        early = self.stops.running_days(day, self.agreed_after) if day < self.agreed_after else 0
        if days <= early:
            return self.stops.advance(day, days)
        return self.stops.advance(self.agreed_on, days - early)

    def standstill_end(self, day: date) -> date:
        """The latest day up to which nothing runs after `day`."""
        return self.advance(day, 1) - ONE_DAY
