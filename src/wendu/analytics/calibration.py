"""Whether a stated chance comes true as often as it says: reliability, calibration error, Brier skill, AUC."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from wendu.analytics.columns import FloatColumn, floats
from wendu.analytics.status import Status

BINS = 10


class Bin(NamedTuple):
    """Forecasts of about the same chance: what they said, what came of them."""

    size: int
    said: float
    happened: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a set of forecast chances fared."""

    count: int
    base_rate: float
    brier: float  # mean squared error (Brier 1950, Monthly Weather Review 78(1):1-3)
    skill: float  # share of the squared error of always saying the base rate that is saved; 0 where that has none
    error: float  # expected calibration error: mean gap of said and happened over bins of equal mass
    auc: float  # chance that one who did was ranked above one who did not; 1/2 where there are not both
    table: tuple[Bin, ...]
    status: Status


def calibration(
    chance: ArrayLike, happened: ArrayLike, *, base_rate: float | None = None, bins: int = BINS
) -> Calibration:
    """Judge chances by what happened; `base_rate` is that of the past, where a forecast could have known it."""
    said, came = floats(chance), (floats(happened) > 0).astype(np.float64)
    if not len(said):
        return Calibration(0, 0.0, 0.0, 0.0, 0.0, 0.5, (), Status.NO_DATA)
    rate = float(came.mean()) if base_rate is None else base_rate
    brier, constant = float(((said - came) ** 2).mean()), float(((rate - came) ** 2).mean())
    table = reliability(said, came, bins=bins)
    return Calibration(
        count=len(said),
        base_rate=rate,
        brier=brier,
        skill=1 - brier / constant if constant > 0 else 0.0,
        error=sum(part.size * abs(part.said - part.happened) for part in table) / len(said),
        auc=area_under_curve(said, came),
        table=table,
        status=Status.OK if 0 < came.sum() < len(came) else Status.NO_VARIATION,
    )


def reliability(chance: FloatColumn, happened: FloatColumn, *, bins: int = BINS) -> tuple[Bin, ...]:
    """The reliability table: bins of equal mass by rising chance, where equal chances always share a bin."""
    place = ((stats.rankdata(chance) - 0.5) / len(chance) * bins).astype(np.int64)
    parts = [place == number for number in np.unique(place)]
    return tuple(Bin(int(part.sum()), float(chance[part].mean()), float(happened[part].mean())) for part in parts)


def area_under_curve(chance: FloatColumn, happened: FloatColumn) -> float:
    """Mann & Whitney's U as a share, ties counting half (Hanley & McNeil 1982, Radiology 143(1):29-36)."""
    did = happened > 0
    hits, misses = int(did.sum()), int((~did).sum())
    if not hits or not misses:
        return 0.5
    ranks = stats.rankdata(chance)
    return float((ranks[did].sum() - hits * (hits + 1) / 2) / (hits * misses))
