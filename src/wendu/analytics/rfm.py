"""RFM as a state that grows: recency, frequency and money of each customer, batch by batch.

A state is a monoid under `merged` where the days of both sides do not overlap for any customer; whoever has late rows
is computed anew from their days, and nobody else (`refreshed`). Whole days are the unit: orders of one day are one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from wendu.analytics.columns import AnyColumn, BoolColumn, IntColumn, group_starts
from wendu.analytics.days import DayRows

NEVER_YET = 2**31 - 1  # first day of a customer without a purchase: larger than any day
NEVER_SINCE = -(2**31)  # and the last day, smaller than any


@dataclass(frozen=True, slots=True, eq=False)
class RfmState:
    """One row per customer, sorted by customer, also for those who only sent something back."""

    customer: AnyColumn
    first_day: IntColumn
    last_day: IntColumn
    n_days: IntColumn
    sum_value: IntColumn  # per purchase day what was bought less what came back that day, never below 0
    first_day_value: IntColumn
    gross_value: IntColumn  # everything bought
    returned_value: IntColumn  # everything sent back, on whatever day
    seen_from: IntColumn  # first and last day with any row, returns included: they tell whether a batch is late
    seen_to: IntColumn

    @classmethod
    def of(cls, rows: DayRows) -> "RfmState":
        """The state after these days."""
        starts = group_starts(rows.customer)
        bought = rows.purchases > 0
        value = np.where(bought, np.maximum(rows.gross - rows.returned, 0), 0)
        first_day = np.minimum.reduceat(np.where(bought, rows.day, NEVER_YET), starts)
        sizes = np.diff(np.append(starts, len(rows.day)))
        is_first = bought & (rows.day == np.repeat(first_day, sizes))
        return cls(
            customer=rows.customer[starts],
            first_day=first_day,
            last_day=np.maximum.reduceat(np.where(bought, rows.day, NEVER_SINCE), starts),
            n_days=np.add.reduceat(bought.astype(np.int64), starts),
            sum_value=np.add.reduceat(value, starts),
            first_day_value=np.add.reduceat(np.where(is_first, value, 0), starts),
            gross_value=np.add.reduceat(rows.gross, starts),
            returned_value=np.add.reduceat(rows.returned, starts),
            seen_from=np.minimum.reduceat(rows.day, starts),
            seen_to=np.maximum.reduceat(rows.day, starts),
        )

    def merged(self, other: "RfmState") -> "RfmState":
        """Both states as one. For customers on both sides the days must not overlap: see `overlap`."""
        if not len(self.customer) or not len(other.customer):
            return other if not len(self.customer) else self
        both = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS}
        order = np.lexsort((both["first_day"], both["customer"]))
        both = {name: column[order] for name, column in both.items()}
        starts = group_starts(both["customer"])
        return RfmState(**{name: _MERGES[name](column, starts) for name, column in both.items()})

    def overlap(self, other: "RfmState") -> AnyColumn:
        """Customers whose days on one side do not lie wholly before those of the other."""
        _, here, there = np.intersect1d(self.customer, other.customer, assume_unique=True, return_indices=True)
        apart = (self.seen_to[here] < other.seen_from[there]) | (other.seen_to[there] < self.seen_from[here])
        return self.customer[here[~apart]]

    def without(self, customers: AnyColumn) -> "RfmState":
        """The state of everybody else."""
        return self.where(~np.isin(self.customer, customers))

    def where(self, kept: BoolColumn) -> "RfmState":
        """The rows that are kept."""
        if kept.all():
            return self
        return RfmState(**{name: getattr(self, name)[kept] for name in _COLUMNS})


class Refresh(NamedTuple):
    """A state after a batch: whose row changed, and who had to be computed anew."""

    state: RfmState
    changed: AnyColumn
    recomputed: AnyColumn


def refreshed(state: RfmState, batch: DayRows, history: Callable[[AnyColumn], DayRows]) -> Refresh:
    """Take a batch in; `history` gives all days, the batch among them, of the customers asked for: the late ones."""
    arriving = RfmState.of(batch)
    late = state.overlap(arriving)
    grown = state.without(late).merged(arriving.without(late))
    if len(late):
        grown = grown.merged(RfmState.of(history(late)))
    return Refresh(grown, arriving.customer, late)


_COLUMNS = tuple(field.name for field in fields(RfmState))


def _taken_first(column: AnyColumn, starts: IntColumn) -> AnyColumn:
    return column[starts]


_MERGES: dict[str, Callable[[AnyColumn, IntColumn], AnyColumn]] = {
    "customer": _taken_first,
    "first_day": np.minimum.reduceat,
    "last_day": np.maximum.reduceat,
    "n_days": np.add.reduceat,
    "sum_value": np.add.reduceat,
    "first_day_value": _taken_first,  # rows lie sorted by first day
    "gross_value": np.add.reduceat,
    "returned_value": np.add.reduceat,
    "seen_from": np.minimum.reduceat,
    "seen_to": np.maximum.reduceat,
}
