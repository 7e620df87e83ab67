"""Transactions as one row per customer and day; rows of two batches simply add up."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import AnyColumn, IntColumn, group_starts


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
        money = np.atleast_1d(np.asarray(amount, dtype=np.int64))
        sold = money >= 0
        return cls._summed(
            np.atleast_1d(np.asarray(customer)),
            np.atleast_1d(np.asarray(day, dtype=np.int64)),
            (sold.astype(np.int64), np.where(sold, money, 0), np.where(sold, 0, -money)),
        )

    @classmethod
    def _summed(cls, customer: AnyColumn, day: IntColumn, sums: tuple[IntColumn, IntColumn, IntColumn]) -> Self:
        order = np.lexsort((day, customer))
        customer, day = customer[order], day[order]
        starts = group_starts(customer, day)
        purchases, gross, returned = (np.add.reduceat(column[order], starts) for column in sums)
        return cls(customer[starts], day[starts], purchases, gross, returned)

    def plus(self, other: "DayRows") -> "DayRows":
        """Both batches as one; associative and commutative to the last digit."""
        return DayRows._summed(
            np.concatenate([self.customer, other.customer]),
            np.concatenate([self.day, other.day]),
            (
                np.concatenate([self.purchases, other.purchases]),
                np.concatenate([self.gross, other.gross]),
                np.concatenate([self.returned, other.returned]),
            ),
        )

    def only(self, customers: AnyColumn) -> "DayRows":
        """The rows of these customers."""
        return self._where(np.isin(self.customer, customers))

    def until(self, day: int) -> "DayRows":
        """The rows up to and with this day: what was known on its evening."""
        return self._where(self.day <= day)

    def _where(self, kept: AnyColumn) -> "DayRows":
        columns = (self.customer, self.day, self.purchases, self.gross, self.returned)
        return DayRows(*(column[kept] for column in columns))
