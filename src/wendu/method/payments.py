"""What is still to be paid for what was sold, since when, and what comes next (2.4, 2.5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Due(NamedTuple):
    """A part of the price and the day it is due, in minor units."""

    due_on: date
    amount_minor: int


class OpenDue(NamedTuple):
    """A due as it stands: what of it counts after returns, and what of that nobody has paid yet."""

    due_on: date
    amount_minor: int
    open_minor: int


class Owing(NamedTuple):
    """The money of one order on one day, in minor units.

    `owed_minor` is the price less what went back. `undated_minor` is open and has no day; `over_minor` came in beyond
    what was owed. `overdue_since` is the earliest day that is over and not all paid, `next_on` the earliest to come.
    """

    owed_minor: int
    received_minor: int
    open_minor: int
    over_minor: int
    overdue_minor: int
    overdue_since: date | None
    next_on: date | None
    next_minor: int
    undated_minor: int
    dues: tuple[OpenDue, ...]

    def overdue_days(self, on: date) -> int:
        """How many days the earliest unpaid due is over."""
        return (on - self.overdue_since).days if self.overdue_since else 0


def owing(price_minor: int, dues: Iterable[Due], *, received_minor: int, returned_minor: int = 0, on: date) -> Owing:
    """Tell what is open and overdue: money pays the earliest due first, what went back is taken off the latest.

    A due is overdue from the day after its own. What the dues do not cover has no day and is never overdue.
    """
    owed = max(0, price_minor - returned_minor)
    open_minor, rows, covered = max(0, owed - received_minor), [], 0
    for due in sorted(dues):
        counts = min(due.amount_minor, owed - covered)
        covered += counts
        rows.append(OpenDue(due.due_on, counts, min(counts, max(0, covered - received_minor))))
    late = [row for row in rows if row.open_minor and row.due_on < on]
    coming = [row for row in rows if row.open_minor and row.due_on >= on]
    return Owing(
        owed_minor=owed,
        received_minor=received_minor,
        open_minor=open_minor,
        over_minor=max(0, received_minor - owed),
        overdue_minor=sum(row.open_minor for row in late),
        overdue_since=late[0].due_on if late else None,
        next_on=coming[0].due_on if coming else None,
        next_minor=sum(row.open_minor for row in coming if row.due_on == coming[0].due_on),
        undated_minor=open_minor - sum(row.open_minor for row in rows),
        dues=tuple(rows),
    )


def money_asked_on(overdue_since: date, talked_on: date | None, *, every_days: int) -> date:
    """Tell when to ask for money that is late: the day after it was due, then so long after each talk (2.4).

    A talk before that was not about it. Whoever was asked yesterday is not asked again this morning.
    """
    first = overdue_since + timedelta(days=1)
    return first if talked_on is None or talked_on < first else talked_on + timedelta(days=every_days)
