"""How regular purchases are: 1 is pure chance, more is a rhythm, less comes in bursts.

Source: Wheat & Morrison 1990, Journal of Marketing Research 27(1):87-93. Of two successive gaps of one customer the
first takes a share M of both; if gaps are Erlang with shape k, M is Beta(k, k) whatever the customer's own rate, so

    k = (1 - 4 Var M) / (8 Var M),   Var M = E[(M - 1/2)^2]
"""

from typing import Self

import numpy as np

from wendu.analytics.columns import group_starts
from wendu.analytics.days import DayRows
from wendu.analytics.status import Status

REGULAR_FROM = 1.5  # from here on a model of chance gaps misses a rhythm that would help it
MOST = 1e6
PURCHASES_FOR_TWO_GAPS = 3


class Regularity:
    """Wheat & Morrison's k over all customers with three purchase days or more."""

    def __init__(self, *, fewest_customers: int = 30) -> None:
        self.fewest_customers = fewest_customers

    def fit(self, rows: DayRows) -> Self:
        """Learn from the latest two gaps of each customer."""
        bought = rows.purchases > 0
        customer, day = rows.customer[bought], rows.day[bought].astype(np.float64)
        ends = np.append(group_starts(customer), len(customer))
        last = ends[1:][np.diff(ends) >= PURCHASES_FOR_TWO_GAPS] - 1
        earlier, later = day[last - 1] - day[last - 2], day[last] - day[last - 1]
        share = earlier / (earlier + later)
        spread = float(((share - 0.5) ** 2).mean()) if len(share) else 1 / 12  # that of pure chance
        self.customers_ = len(share)
        self.k_ = min(MOST, max(0.0, (1 - 4 * spread) / max(8 * spread, 1e-12)))
        self.status_ = Status.OK if len(share) >= self.fewest_customers else Status.TOO_LITTLE_DATA
        if not len(share):
            self.status_ = Status.NO_DATA
        return self

    @property
    def regular_(self) -> bool:
        """Whether these buyers keep a rhythm."""
        return self.status_ is Status.OK and self.k_ > REGULAR_FROM
