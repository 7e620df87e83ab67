"""What the purchase models know of a customer: how often, how recently, for how long - in any one unit of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import BoolColumn, FloatColumn, floats, group_starts, row_order
from wendu.analytics.rfm import RfmState

SHORTEST = 1e-9  # less time than that is none: nobody measured it


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Customers, or cells of customers with the same history and a weight.

    In the words of the field: frequency x, the number of repeat purchases; recency t_x, the age at the last one; age T.
    """

    frequency: FloatColumn
    recency: FloatColumn
    age: FloatColumn
    weight: FloatColumn

    @classmethod
    def of(
        cls, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike, weight: ArrayLike | None = None
    ) -> "Histories":
        """Make columns fit for a model: nothing below zero, recency within the age, no recency without a repeat."""
        repeats = floats(frequency)
        age_column = np.broadcast_to(_time(age), repeats.shape)
        recency_column = np.where(repeats > 0, np.minimum(_time(recency), age_column), 0.0)
        weights = np.ones_like(repeats) if weight is None else floats(weight)
        told = [np.asarray(column, dtype=np.float64) for column in (frequency, recency, age)]
        known = ~np.isnan(told[0] + told[1] + told[2])
        weights = np.where(known, weights, 0.0)  # nobody learns from what is not known
        return cls(repeats, recency_column, age_column.copy(), weights)

    @classmethod
    def of_state(cls, state: RfmState, *, on: int, unit_days: float = 1.0) -> "Histories":
        """The histories of those who have bought, as of a day; the state should hold no later rows."""
        buyers = state.where(state.n_days > 0)
        recency = buyers.last_day - buyers.first_day
        age = np.maximum(buyers.last_day, on) - buyers.first_day
        return cls((buyers.n_days - 1).astype(np.float64), recency / unit_days, age / unit_days, np.ones(len(age)))

    def __len__(self) -> int:
        return len(self.frequency)

    @property
    def customers(self) -> float:
        """How many customers stand behind the rows."""
        return float(self.weight.sum())

    @property
    def repeaters(self) -> float:
        """How many of them came back at least once."""
        return float(self.weight[self.frequency > 0].sum())

    def cells(self) -> "Histories":
        """The same customers, those with equal histories counted together: a likelihood needs no more."""
        order = row_order(self.frequency, self.recency, self.age)
        starts = group_starts(self.frequency[order], self.recency[order], self.age[order])
        first = order[starts]
        weight = np.add.reduceat(self.weight[order], starts)
        return Histories(self.frequency[first], self.recency[first], self.age[first], weight)

    def where(self, kept: BoolColumn | slice) -> "Histories":
        """The rows that are kept."""
        return Histories(self.frequency[kept], self.recency[kept], self.age[kept], self.weight[kept])


def _time(values: ArrayLike) -> FloatColumn:
    times = floats(values)
    return np.where(times < SHORTEST, 0.0, times)
