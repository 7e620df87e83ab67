"""What every model of repeat purchases can say once fitted: is the customer alive, how much more, when next.

The models of this family share one story (Schmittlein, Morrison & Colombo 1987, Management Science 33(1):1-24): while
alive a customer buys at random at a rate of their own; at some unseen moment they leave for good. Rates and leaving
differ between customers by a gamma and a beta (or second gamma) distribution.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import LARGEST, FloatColumn, IntColumn, distinct_pairs, floats, slices
from wendu.analytics.histories import Histories
from wendu.analytics.likelihood import LikelihoodModel, judged
from wendu.analytics.newton import Derivatives, Optimum, maximise
from wendu.analytics.status import Status

CELLS_TO_BEGIN_WITH = 20_000  # of more than twice as many, an even sample is fitted first, to save full passes
ROWS_AT_ONCE = 4096  # keeps the tables of a quadrature inside the cache
BISECTIONS = 80


class Scores(NamedTuple):
    """Columns of answers, a row per customer."""

    alive: FloatColumn
    purchases: FloatColumn
    discounted: FloatColumn


class TransactionModel(LikelihoodModel, ABC):
    """Fitted on `Histories`; every time it is given or gives is in the unit of those histories."""

    def __init__(self, *, fewest_repeaters: int = 30) -> None:
        self.fewest_repeaters = fewest_repeaters

    def fit(self, histories: Histories) -> Self:
        """Maximum likelihood with a weak prior counted once; never raises, see `status_`."""
        cells = histories.cells()
        centre = self._start(cells)
        every = max(1, len(cells) // CELLS_TO_BEGIN_WITH)
        begin = self._optimum(cells.where(slice(None, None, every)), centre).parameters if every > 1 else None
        optimum = self._optimum(cells, centre, begin)
        self._learn(optimum)
        self.customers_, self.repeaters_ = cells.customers, cells.repeaters
        self.status_ = judged(
            seen=self.customers_, told=self.repeaters_, fewest=self.fewest_repeaters, converged=optimum.converged
        )
        if self.status_ is Status.OK and not self._dropout_shows():
            self.status_ = Status.NO_DROPOUT_IDENTIFIABLE
        return self

    def with_parameters(self, *parameters: float) -> Self:
        """A model that takes these parameters for granted, as when they come from a publication or from a store."""
        self._remember(np.asarray(parameters, dtype=np.float64))
        self.status_ = Status.OK
        return self

    def log_likelihood(self, histories: Histories) -> float:
        """How likely these histories are under the model as it stands."""
        return self._log_likelihood(self._vector, histories.cells())[0]

    def probability_alive(self, histories: Histories) -> FloatColumn:
        """The chance that the customer has not left for good."""
        return np.clip(self._alive(histories), 0.0, 1.0)

    def expected_purchases(self, histories: Histories, *, within: float) -> FloatColumn:
        """Repeat purchases to expect in the next `within` units of time."""
        table, index = self._by_pair(histories, [within], lambda until: until)
        return np.asarray(table[index, 0] * self.probability_alive(histories))

    def discounted_purchases(self, histories: Histories, *, ends: ArrayLike, rate: float) -> FloatColumn:
        """Purchases of the coming periods, which end at `ends`; one of period k counts `1/(1+rate)**k`."""
        return self.discounted_by_period(histories, ends=ends, rate=rate, periods=[floats(ends).size])[:, 0]

    def discounted_by_period(
        self, histories: Histories, *, ends: ArrayLike, rate: float, periods: Sequence[int]
    ) -> FloatColumn:
        """The same within each of several numbers of periods: a column for each."""
        picked = np.asarray(periods, dtype=np.int64) - 1
        table, index = self._by_pair(
            histories, floats(ends).tolist(), lambda until: _discounted(until, rate)[:, picked]
        )
        return np.asarray(table[index] * self.probability_alive(histories)[:, None])

    def scores(self, histories: Histories, *, within: float, ends: ArrayLike, rate: float) -> Scores:
        """The three answers most often asked for together, from one table: for many customers at once."""
        alive = self.probability_alive(histories)
        told = self.if_alive(histories, within=within, ends=ends, rate=rate)
        return Scores(alive, told[:, 0] * alive, told[:, 1] * alive)

    def if_alive(self, histories: Histories, *, within: float, ends: ArrayLike, rate: float) -> FloatColumn:
        """Purchases within the time, and discounted ones, given the customer is alive: recency plays no part in them.

        So one row per distinct (frequency, age) is enough for any number of customers: see `scores_sql`.
        """
        table, index = self._by_pair(
            histories,
            [within, *floats(ends).tolist()],
            lambda until: np.column_stack([until[:, 0], _discounted(until[:, 1:], rate)[:, -1]]),
        )
        return np.asarray(table[index])

    def probability_purchase(self, histories: Histories, *, within: float) -> FloatColumn:
        """The chance of at least one purchase in the next `within` units of time."""
        time = np.full(len(histories), within)
        return np.clip(self._next_within(histories, time) * self.probability_alive(histories), 0.0, 1.0)

    def next_purchase(self, histories: Histories, *, quantile: float) -> FloatColumn:
        """Time from now by which the next purchase has come with chance `quantile`, given the customer is alive.

        Infinite where the chance is never reached, or later than anything that is measured.
        """
        low, high = np.zeros(len(histories)), np.full(len(histories), LARGEST)
        reached = self._next_within(histories, high) >= quantile
        for _ in range(BISECTIONS):
            middle = np.sqrt((low + 1e-9) * high)  # times spread over many orders of magnitude
            enough = self._next_within(histories, middle) >= quantile
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return np.where(reached, high, np.inf)

    def _optimum(self, cells: Histories, centre: FloatColumn, begin: FloatColumn | None = None) -> Optimum:
        return maximise(lambda parameters: self._log_likelihood(parameters, cells), centre, begin=begin)

    def _by_pair(
        self, histories: Histories, times: list[float], shown: Callable[[FloatColumn], FloatColumn]
    ) -> tuple[FloatColumn, IntColumn]:
        """What is `shown` of purchases up to each time if alive, per distinct (frequency, age); who has which."""
        frequency, age, index = distinct_pairs(histories.frequency, histories.age)
        parts = [
            shown(self._purchases_if_alive(frequency[rows], age[rows], times))
            for rows in slices(len(frequency), ROWS_AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(times))), index

    @abstractmethod
    def _start(self, cells: Histories) -> FloatColumn: ...

    @abstractmethod
    def _log_likelihood(self, parameters: FloatColumn, cells: Histories) -> Derivatives: ...

    @abstractmethod
    def _dropout_shows(self) -> bool: ...

    @abstractmethod
    def _alive(self, histories: Histories) -> FloatColumn: ...

    @abstractmethod
    def _purchases_if_alive(self, frequency: FloatColumn, age: FloatColumn, times: list[float]) -> FloatColumn: ...

    @abstractmethod
    def _next_within(self, histories: Histories, time: FloatColumn) -> FloatColumn: ...

    @abstractmethod
    def simulate_if_alive(
        self, frequency: FloatColumn, age: FloatColumn, *, within: float, draws: int, generator: np.random.Generator
    ) -> FloatColumn:
        """Purchases in the next `within`, drawn `draws` times for each row, given the customer is alive."""


def _discounted(until: FloatColumn, rate: float) -> FloatColumn:
    """Purchases up to the end of each period, those of period k divided by (1+rate)^k."""
    worth = (1 + rate) ** -np.arange(1.0, until.shape[1] + 1)
    return np.cumsum(np.diff(until, axis=1, prepend=0.0) * worth, axis=1)


def mean_age(cells: Histories) -> float:
    """Mean age of the customers: the scale of time a search begins with."""
    total = float(cells.weight @ cells.age)
    return total / cells.customers if total > 0 else 1.0
