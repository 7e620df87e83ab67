"""How far totals come out from what was forecast, learnt from forecasts of the past: the error that matters most.

The error of parameters is small beside that of a level that moves: new goods, a season, a rival. So past origins are
forecast again, the ratio of what happened to what was forecast is kept, and the next total is shifted by its median
and widened by its spread (Student's t in logarithms: it asks only that the future be as surprising as the past).

Origins count only where their outcomes do not overlap: two forecasts of almost the same weeks err almost alike, and
would make the past look steadier than it was.
"""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from wendu.analytics.columns import FloatColumn, floats
from wendu.analytics.status import Status

FEWEST_ORIGINS, MOST_ORIGINS = 3, 6
HALF = 0.5  # keeps a total of nothing finite


class Range(NamedTuple):
    """A total with the interval it should fall into."""

    low: float
    middle: float
    high: float


class Drift:
    """The ratio of actual to predicted totals over a horizon."""

    def __init__(self, *, horizon: float) -> None:
        self.horizon = horizon

    def fit(self, origin: ArrayLike, actual: ArrayLike, predicted: ArrayLike) -> Self:
        """Learn from past origins, each with what was predicted for the horizon after it and what happened."""
        ratios = np.log((floats(actual) + HALF) / (floats(predicted) + HALF))
        ratios = ratios[self._apart(np.asarray(origin, dtype=np.float64))]
        self.origins_ = len(ratios)
        self.factor_ = float(np.exp(np.median(ratios))) if len(ratios) else 1.0
        self.spread_ = float(ratios.std(ddof=1)) if len(ratios) > 1 else 0.0
        self.status_ = Status.OK if len(ratios) >= FEWEST_ORIGINS else Status.TOO_LITTLE_DATA
        return self

    def total(self, predicted: float, *, level: float = 0.8) -> Range:
        """The next total; from nothing to infinity where the past is too short to say."""
        middle = predicted * self.factor_
        if self.status_ is not Status.OK:
            return Range(0.0, middle, float("inf"))
        quantile = float(special.stdtrit(self.origins_ - 1, (1 + level) / 2))
        width = float(np.exp(min(quantile * self.spread_ * np.sqrt(1 + 1 / self.origins_), 700.0)))
        return Range(middle / width, middle, middle * width)

    def _apart(self, origin: FloatColumn) -> list[int]:
        """The latest origin, the latest one a whole horizon before it, and so on."""
        kept: list[int] = []
        for place in np.argsort(-origin, kind="stable").tolist():
            if len(kept) < MOST_ORIGINS and (not kept or origin[kept[-1]] - origin[place] >= self.horizon):
                kept.append(place)
        return kept
