"""How far a customer may buy from what is expected of them: quantiles of the number of purchases to come.

Drawn once per distinct (frequency, age), given the customer is alive; whether they are comes in afterwards, because

    P(Y <= y) = 1 - P(alive) + P(alive) P(Y <= y | alive)
"""

from typing import Self

import numpy as np

from wendu.analytics.columns import FloatColumn, distinct_pairs, slices
from wendu.analytics.histories import Histories
from wendu.analytics.transaction_model import TransactionModel

ROWS_AT_ONCE = 512
LEVELS = 201


class PurchaseQuantiles:
    """Quantiles of purchases in the next `within`, under a fitted model; the parameters are taken for certain."""

    def __init__(self, model: TransactionModel, *, within: float, draws: int = 1000, seed: int = 1) -> None:
        self.model, self.within, self.draws, self.seed = model, within, draws, seed

    def fit(self, histories: Histories) -> Self:
        """Draw for every distinct (frequency, age) among these customers."""
        self._frequency, self._age, self._index = distinct_pairs(histories.frequency, histories.age)
        self._alive = self.model.probability_alive(histories)
        generator = np.random.default_rng(self.seed)
        table = np.empty((len(self._frequency), LEVELS))
        levels = (np.arange(LEVELS) + 0.5) / LEVELS
        for rows in slices(len(table), ROWS_AT_ONCE):
            drawn = self.model.simulate_if_alive(
                self._frequency[rows], self._age[rows], within=self.within, draws=self.draws, generator=generator
            )
            table[rows] = np.quantile(drawn, levels, axis=0, method="inverted_cdf").T
        self.table_ = table
        return self

    def quantile(self, quantile: float) -> FloatColumn:
        """The number of purchases each customer stays below or at with this chance."""
        alive = np.maximum(self._alive, 1e-300)
        position = np.clip((quantile - 1 + alive) / alive, 0.0, 1.0)
        level = np.minimum((position * LEVELS).astype(np.int64), LEVELS - 1)
        return np.where(quantile <= 1 - self._alive, 0.0, self.table_[self._index, level])

    def interval(self, level: float = 0.8) -> tuple[FloatColumn, FloatColumn]:
        """Lower and upper end; as counts are whole, at least `level` lies between them."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def rank(self, happened: FloatColumn, *, seed: int = 1) -> FloatColumn:
        """Where in its own distribution each outcome fell, 0 to 1, evenly spread if the model is right.

        Ties are broken at random (randomised probability integral transform: Czado, Gneiting & Held 2009, Biometrics
        65(4):1254-1261), so that whole counts can be held against an 80 % interval exactly.
        """
        below, upto = np.empty(len(happened)), np.empty(len(happened))
        for rows in slices(len(happened), ROWS_AT_ONCE):
            table, came = self.table_[self._index[rows]], happened[rows, None]
            below[rows], upto[rows] = (table < came).mean(axis=1), (table <= came).mean(axis=1)
        below = below * self._alive + (1 - self._alive) * (happened > 0)
        upto = upto * self._alive + (1 - self._alive)
        return np.asarray(below + np.random.default_rng(seed).uniform(size=len(below)) * (upto - below))
