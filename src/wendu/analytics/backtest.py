"""Forecasts made again as of days of the past, and held against what happened: who may speak, and by how much they won.

A rolling origin (Tashman 2000, International Journal of Forecasting 16(4):437-450): at each origin only what was known
that evening is used. A model takes over from a rule where it misses by less over all origins together and at most of
them, of three or more whose outcomes do not overlap.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wendu.analytics.calibration import Calibration, calibration
from wendu.analytics.columns import FloatColumn
from wendu.analytics.days import DayRows
from wendu.analytics.drift import FEWEST_ORIGINS, Drift
from wendu.analytics.forecasts import Forecaster, Known
from wendu.analytics.rfm import RfmState


class Outcome(NamedTuple):
    """One origin: what was forecast for the days after it, and what came."""

    origin: int
    customers: int
    predicted: float
    actual: float
    error: float  # mean absolute error of the number of purchases per customer
    chance: Calibration  # of at least one purchase


class Comparison(NamedTuple):
    """A challenger against the rule that speaks now."""

    origins: int
    won: int  # origins at which the challenger missed by less
    gain: float  # share of the rule's error that it saves; below 0 it adds to it

    @property
    def takes_over(self) -> bool:
        """Whether the challenger may speak."""
        return self.origins >= FEWEST_ORIGINS and self.gain > 0 and 2 * self.won > self.origins


def origins(rows: DayRows, *, within: int, most: int = 6) -> list[int]:
    """The latest days whose outcome is known and does not overlap that of the next, oldest first."""
    if not len(rows.day):
        return []
    first, last = int(rows.day.min()), int(rows.day.max())
    return sorted(day for day in (last - within * number for number in range(1, most + 1)) if day >= first + within)


def backtest(
    rows: DayRows, days: Sequence[int], *, within: int, forecasters: dict[str, Forecaster]
) -> dict[str, tuple[Outcome, ...]]:
    """Ask each forecaster on each day, all of them the same question."""
    found: dict[str, list[Outcome]] = {name: [] for name in forecasters}
    for day in days:
        known = Known.on(rows, day)
        came = _came(known, rows, day + within)
        for name, forecaster in forecasters.items():
            told = forecaster(known, float(within))
            missed = np.abs(told.purchases - came)
            found[name].append(
                Outcome(
                    origin=day,
                    customers=len(came),
                    predicted=float(told.purchases.sum()),
                    actual=float(came.sum()),
                    error=float(missed.mean()) if len(missed) else 0.0,
                    chance=calibration(told.chance, came),
                )
            )
    return {name: tuple(outcomes) for name, outcomes in found.items()}


def compared(challenger: Sequence[Outcome], rule: Sequence[Outcome]) -> Comparison:
    """How a challenger did at the origins both were asked at."""
    theirs = {outcome.origin: outcome for outcome in rule if outcome.customers}
    pairs = [(own, theirs[own.origin]) for own in challenger if own.origin in theirs]
    missed = sum(own.error * own.customers for own, _ in pairs)
    before = sum(other.error * other.customers for _, other in pairs)
    return Comparison(
        origins=len(pairs),
        won=sum(own.error < other.error for own, other in pairs),
        gain=1 - missed / before if before > 0 else 0.0,
    )


def drift(outcomes: Sequence[Outcome], *, within: float) -> Drift:
    """How far totals came out from what was forecast."""
    columns = [(outcome.origin, outcome.actual, outcome.predicted) for outcome in outcomes]
    return Drift(horizon=within).fit(*np.asarray(columns, dtype=np.float64).reshape(-1, 3).T)


def _came(known: Known, rows: DayRows, end: int) -> FloatColumn:
    later = RfmState.of(rows.until(end).only(known.state.customer))
    return (later.n_days - known.state.n_days).astype(np.float64)
