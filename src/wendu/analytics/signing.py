"""Will they sign within so many days? An order of customers from the first day, a chance only once it has been checked.

Weights out of a book put customers into a useful order, but as chances they are worse than always saying the average
(docs/analytics/signing.md). So: too few signings give a rank. From `fewest_for_scale` on a Platt scale is laid over the
book's score, from `fewest_for_fit` on weights are learnt. Either speaks as a chance only if, learnt on the earlier part
of this team's history, it beat the average on the later part and came true as often as it said.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple, Self

import numpy as np
from scipy import special

from wendu.analytics.calibration import Calibration, calibration
from wendu.analytics.columns import FloatColumn, IntColumn
from wendu.analytics.evidence import Evidence
from wendu.analytics.logistic import PlattScale, RidgeLogistic
from wendu.analytics.status import Status

SHARE_LEARNT = 0.7  # of the days of the past; the rest checks


class Voice(StrEnum):
    """Which of the three speaks."""

    BOOK = "book"
    SCALED = "scaled"
    FITTED = "fitted"


class Snapshot(NamedTuple):
    """Evidence of a past day, and whether each of its customers signed within the days that followed."""

    evidence: Evidence
    signed: FloatColumn


class SigningModel:
    """Decayed-evidence logistic for "signs within W days"."""

    def __init__(
        self,
        *,
        book_weights: Sequence[float],  # of each kind of event, before anything was learnt
        book_half_life: float = 14.0,
        fewest_for_scale: int = 50,
        fewest_for_fit: int = 300,
        largest_error: float = 0.05,
        ridge: float = 1.0,
    ) -> None:
        self.book_weights = np.asarray(book_weights, dtype=np.float64)
        self.book_half_life = book_half_life
        self.fewest_for_scale, self.fewest_for_fit = fewest_for_scale, fewest_for_fit
        self.largest_error, self.ridge = largest_error, ridge

    def fit(self, history: Sequence[Snapshot]) -> Self:
        """Learn from snapshots of past days whose outcome is known, a whole window apart or more from today."""
        columns, score, signed, day = _stacked(history, self._book)
        earlier = day <= (np.quantile(np.unique(day), SHARE_LEARNT) if len(day) else 0)
        self.signings_ = int(signed.sum())
        self.checks_: dict[Voice, Calibration] = {}
        for voice, seen, fewest in (
            (Voice.SCALED, score, self.fewest_for_scale),
            (Voice.FITTED, columns, self.fewest_for_fit),
        ):
            learnt = self._learner(voice).fit(seen[earlier], signed[earlier])
            if self.signings_ >= fewest and learnt.status_ is Status.OK:
                self.checks_[voice] = calibration(
                    learnt.probability(seen[~earlier]), signed[~earlier], base_rate=float(signed[earlier].mean())
                )
        self.voice_ = self._best()
        self.status_ = Status.RANK_ONLY if self.voice_ is Voice.BOOK else Status.OK
        if self.voice_ is not Voice.BOOK:
            whole = score if self.voice_ is Voice.SCALED else columns
            self._learnt = self._learner(self.voice_).fit(whole, signed)
        return self

    def rank(self, evidence: Evidence) -> FloatColumn:
        """A score to put customers in order; its height means nothing."""
        if self.voice_ is Voice.FITTED:
            return np.asarray(special.logit(np.clip(self._learnt.probability(evidence.columns()), 1e-15, 1 - 1e-15)))
        return self._book(evidence)

    def probability(self, evidence: Evidence) -> FloatColumn | None:
        """The chance to sign within the window, or nothing while there is only a rank."""
        if self.voice_ is Voice.BOOK:
            return None
        return self._learnt.probability(evidence.columns() if self.voice_ is Voice.FITTED else self._book(evidence))

    def _learner(self, voice: Voice) -> PlattScale | RidgeLogistic:
        return PlattScale() if voice is Voice.SCALED else RidgeLogistic(ridge=self.ridge)

    def _book(self, evidence: Evidence) -> FloatColumn:
        nearest = int(np.argmin(np.abs(np.asarray(evidence.half_lives) - self.book_half_life)))
        return np.asarray(np.log1p(evidence.strength[:, :, nearest] @ self.book_weights))

    def _best(self) -> Voice:
        fit = {
            voice: check.brier
            for voice, check in self.checks_.items()
            if check.status is Status.OK and check.skill > 0 and check.error <= self.largest_error
        }
        return min(fit, key=lambda voice: fit[voice]) if fit else Voice.BOOK


def _stacked(
    history: Sequence[Snapshot], book: Callable[[Evidence], FloatColumn]
) -> tuple[FloatColumn, FloatColumn, FloatColumn, IntColumn]:
    """Columns, book scores, signed or not, and day, of all snapshots below one another."""
    if not history:
        none = np.zeros(0)
        return np.zeros((0, 1)), none, none, np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([part.evidence.columns() for part in history]),
        np.concatenate([book(part.evidence) for part in history]),
        np.concatenate([(np.asarray(part.signed) > 0).astype(np.float64) for part in history]),
        np.concatenate([np.full(len(part.evidence.customer), part.evidence.on) for part in history]),
    )
