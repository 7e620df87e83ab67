"""Transactions as one row per customer and day; rows of two batches simply add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import AnyColumn, IntColumn, group_starts, row_order


@dataclass(frozen=True, slots=True, eq=False)
class DayRows:
    """What each customer bought and sent back on each day, sorted by customer and day.

    Money is in whole minor units, so sums are exact and do not depend on the order in which rows arrived.
    """

    customer: AnyColumn
    day: IntColumn
    purchases: IntColumn  # rows of the day that are no returns; a gift at price 0 is a purchase
    gross: IntColumn
    returned: IntColumn

    @classmethod
    def of(cls, customer: ArrayLike, day: ArrayLike, amount: ArrayLike) -> Self:
        """Collapse transactions; an amount below zero is a return."""
        customers, days = np.atleast_1d(np.asarray(customer)), np.atleast_1d(np.asarray(day, dtype=np.int64))
        order = row_order(customers, days)
        money = np.atleast_1d(np.asarray(amount, dtype=np.int64))[order]
        customers, days = customers[order], days[order]
        starts = group_starts(customers, days)
        sent_back = np.flatnonzero(money < 0)  # few, so that nothing of the length of all rows is made for them
        group = np.searchsorted(starts, sent_back, side="right") - 1
        returned = np.zeros(len(starts), dtype=np.int64)
        np.subtract.at(returned, group, money[sent_back])
        purchases = np.diff(starts, append=len(money)) - np.bincount(group, minlength=len(starts))
        return cls(customers[starts], days[starts], purchases, np.add.reduceat(money, starts) + returned, returned)

    @classmethod
    def _summed(cls, customer: AnyColumn, day: IntColumn, sums: Sequence[IntColumn]) -> Self:
        """One row where sorted rows are of the same customer and day."""
        starts = group_starts(customer, day)
        purchases, gross, returned = (np.add.reduceat(column, starts) for column in sums)
        return cls(customer[starts], day[starts], purchases, gross, returned)

    def plus(self, other: "DayRows") -> "DayRows":
        """Both batches as one; associative and commutative to the last digit."""
        if not self.day.size:  # no rows have no kind of name either, and must not change that of others
            return other
        if not other.day.size:
            return self
        names = ("customer", "day", "purchases", "gross", "returned")
        both = [np.concatenate([getattr(self, name), getattr(other, name)]) for name in names]
        order = row_order(both[0], both[1])
        customer, day, *sums = (column[order] for column in both)
        return DayRows._summed(customer, day, sums)

    def only(self, customers: AnyColumn) -> "DayRows":
        """The rows of these customers."""
        return self._where(np.isin(self.customer, customers))

    def until(self, day: int) -> "DayRows":
        """The rows up to and with this day: what was known on its evening."""
        return self._where(self.day <= day)

    def _where(self, kept: AnyColumn) -> "DayRows":
        columns = (self.customer, self.day, self.purchases, self.gross, self.returned)
        return DayRows(*(column[kept] for column in columns))
