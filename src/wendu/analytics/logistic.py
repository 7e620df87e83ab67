"""Ridge logistic regression by Newton steps, and Platt's scale, which turns a score into a chance.

Sources: le Cessie & van Houwelingen 1992, Applied Statistics 41(1):191-201; Platt 1999, Advances in Large Margin
Classifiers, 61-74. The ridge keeps coefficients finite where the data separate perfectly.
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from wendu.analytics.columns import FloatColumn
from wendu.analytics.status import Status

MOST_STEPS = 50
SETTLED = 1e-8


class RidgeLogistic:
    """The chance of a yes as a logistic function of columns, which are brought to one scale first."""

    def __init__(self, *, ridge: float = 1.0) -> None:
        self.ridge = ridge

    def fit(self, columns: ArrayLike, happened: ArrayLike) -> Self:
        """Learn from rows of columns and whether it happened, 0 to 1."""
        table, target = _table(columns), np.atleast_1d(np.asarray(happened, dtype=np.float64))
        self.count_, self.happened_ = len(target), float(target.sum())
        self.centre_ = table.mean(axis=0) if len(table) else np.zeros(table.shape[1])
        spread = table.std(axis=0) if len(table) else np.zeros(table.shape[1])
        self.spread_ = np.where(spread > 0, spread, 1.0)
        even = np.column_stack([np.ones(len(table)), (table - self.centre_) / self.spread_])
        start = np.zeros(even.shape[1])
        start[0] = special.logit((self.happened_ + 0.5) / (self.count_ + 1))
        self.status_ = self._judge()
        solved, settled = _solved(even, target, self.ridge, start) if self.status_ is Status.OK else (start, True)
        self.intercept_, self.coefficients_ = float(solved[0]), solved[1:]
        if not settled:
            self.status_ = Status.NOT_CONVERGED
        return self

    def score(self, columns: ArrayLike) -> FloatColumn:
        """Log odds."""
        return np.asarray(self.intercept_ + (_table(columns) - self.centre_) / self.spread_ @ self.coefficients_)

    def probability(self, columns: ArrayLike) -> FloatColumn:
        """Chance of a yes."""
        return np.asarray(special.expit(self.score(columns)))

    def _judge(self) -> Status:
        if not self.count_:
            return Status.NO_DATA
        return Status.OK if 0 < self.happened_ < self.count_ else Status.NO_VARIATION


class PlattScale:
    """A chance from a score, by two numbers; a score that runs the wrong way is not turned round but refused."""

    def fit(self, score: ArrayLike, happened: ArrayLike) -> Self:
        """Learn from scores and whether it happened; targets are drawn in as if one more had and one had not."""
        came = np.atleast_1d(np.asarray(happened, dtype=np.float64)) > 0
        yes, no = int(came.sum()), int((~came).sum())
        self._line = RidgeLogistic(ridge=1e-6).fit(score, np.where(came, (yes + 1) / (yes + 2), 1 / (no + 2)))
        self.status_ = self._line.status_ if yes and no else Status.NO_VARIATION
        if not yes + no:
            self.status_ = Status.NO_DATA
        if self.status_ is Status.OK and self._line.coefficients_[0] <= 0:
            self.status_ = Status.RANK_ONLY
        return self

    def probability(self, score: ArrayLike) -> FloatColumn:
        """The chance that goes with a score."""
        return self._line.probability(score)


def _table(columns: ArrayLike) -> FloatColumn:
    table = np.nan_to_num(np.asarray(columns, dtype=np.float64), posinf=1e15, neginf=-1e15)
    return table[:, None] if table.ndim == 1 else table


def _solved(table: FloatColumn, target: FloatColumn, ridge: float, start: FloatColumn) -> tuple[FloatColumn, bool]:
    penalty = np.full(table.shape[1], ridge)
    penalty[0] = 0.0

    def lost(point: FloatColumn) -> float:
        odds = table @ point
        return float((np.logaddexp(0.0, odds) - target * odds).sum() + (penalty * point**2).sum() / 2)

    point, value = start, lost(start)
    for _ in range(MOST_STEPS):
        chance = special.expit(table @ point)
        gradient = table.T @ (chance - target) + penalty * point
        hessian = (table.T * (chance * (1 - chance))) @ table + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        if gradient @ step < SETTLED:
            return point, True
        size = 1.0
        while size > SETTLED and lost(point - size * step) > value:
            size /= 2
        point = point - size * step
        value = lost(point)
    return point, False
