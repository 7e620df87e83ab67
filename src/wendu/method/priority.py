"""Whom to follow first: class, heat, value and the pressure of the window in one score (method: 3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p
from statistics import median
from typing import NamedTuple

from wendu.method.codes import Quadrant
from wendu.method.quadrant import PERCENT
from wendu.method.reading import Reading, because, exact
from wendu.method.scales import PlanScale


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Largest and middle value of all customers in pursuit of one user, in whole units of the currency."""

    largest: float
    middle: float | None


class Worth(NamedTuple):
    """What speaks for following one customer today; None is unknown."""

    quadrant: Quadrant
    heat: float
    value: float | None
    elapsed_share: float | None


def value_scale(values: Iterable[float | None]) -> ValueScale:
    """Largest and median of the known values, waiting customers included."""
    known = sorted(value for value in values if value is not None)
    return ValueScale(known[-1], median(known)) if known else ValueScale(0.0, None)


def value_of(open_amount: float | None, potential: float | None) -> float | None:
    """The larger of the open amount and what the customer may be worth over its life."""
    return max((value for value in (open_amount, potential) if value is not None), default=None)


class Score(NamedTuple):
    """A priority as far as ranking needs it; `priority` tells the same with its parts."""

    value: float
    provisional: bool


def score(worth: Worth, among: ValueScale, scale: PlanScale, top_heat: float = PERCENT) -> Score:
    """The bare score, for ranking a whole book of customers of which only a few are shown."""
    parts, missing = _parts(worth, among, scale, top_heat)
    return Score(sum(parts), bool(missing))


def priority(worth: Worth, among: ValueScale, scale: PlanScale, top_heat: float = PERCENT) -> Reading:
    """The score from 0 to 100; an unknown part takes its neutral prior and is named."""
    parts, missing = _parts(worth, among, scale, top_heat)
    return Reading(
        value=sum(parts),
        band="provisional" if missing else "known",
        reasons=tuple(
            because(name, points=points, prior=name in missing) for name, points in zip(_NAMES, parts, strict=True)
        ),
        missing=missing,
        provisional=bool(missing),
    )


_NAMES = ("quadrant", "heat", "value", "pressure")


def _parts(
    worth: Worth, among: ValueScale, scale: PlanScale, top_heat: float
) -> tuple[tuple[float, float, float, float], tuple[str, ...]]:
    """The points of each part, and what had to take a prior."""
    weights, missing = scale.weights, []
    quadrant: str = worth.quadrant
    if quadrant not in scale.class_share:
        quadrant = scale.unknown_class
        missing.append("quadrant")
    value = worth.value
    if value is None:
        value = among.middle or 0.0
        missing.append("value")
    pressure = worth.elapsed_share
    if pressure is None:
        pressure = scale.unknown_pressure
        missing.append("pressure")
    parts = (
        weights.quadrant * scale.class_share[quadrant],
        weights.heat * worth.heat / top_heat,
        weights.value * _norm(value, among.largest),
        weights.pressure * min(1.0, pressure),
    )
    return parts, tuple(missing)


def rank(scored: Iterable[tuple[int, Reading | Score]]) -> tuple[int, ...]:
    """Customers by score; at an equal score a known row stands before a provisional one."""
    return tuple(customer for customer, _ in sorted(scored, key=_by_rank))


def _by_rank(row: tuple[int, Reading | Score]) -> tuple[float, bool, int]:
    customer, reading = row
    return -exact(float(reading.value or 0.0)), reading.provisional, customer


def _norm(value: float, largest: float) -> float:
    if largest <= 0:
        return 0.0
    return min(1.0, log1p(max(0.0, value)) / log1p(largest))
