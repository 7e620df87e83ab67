"""What the classes promise: amounts times the chance of the class, by the month of the deadline (method: 3.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wendu.method.codes import Quadrant
from wendu.method.scales import ForecastScale


@dataclass(frozen=True, slots=True)
class Promise:
    """One open amount with the class and deadline of its customer."""

    customer: int
    amount: float
    quadrant: Quadrant
    deadline_on: date | None


@dataclass(frozen=True, slots=True)
class Closed:
    """How many deals of a class were closed, and how many of them were won."""

    deals: int
    won: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected amount, by month; what has no class is left out and listed."""

    expected: float
    by_month: Mapping[str, float]
    left_out: tuple[int, ...]


def chance_of(quadrant: Quadrant, history: Mapping[Quadrant, Closed], scale: ForecastScale) -> float:
    """The chance to sign: the playbook's, until the class has enough closed deals of its own."""
    closed = history.get(quadrant)
    if closed is None or closed.deals < scale.own_rate_from:
        return scale.chance[quadrant]
    return closed.won / closed.deals


def forecast(
    promises: Iterable[Promise], on: date, scale: ForecastScale, history: Mapping[Quadrant, Closed] | None = None
) -> Forecast:
    """Expected amounts by month of the deadline; a deadline in the past goes to the bucket `overdue`."""
    by_month: dict[str, float] = {}
    left_out = []
    for promise in promises:
        if promise.quadrant is Quadrant.UNCLASSIFIED:
            left_out.append(promise.customer)
            continue
        amount = promise.amount * chance_of(promise.quadrant, history or {}, scale)
        month = _bucket(promise.deadline_on, on)
        by_month[month] = by_month.get(month, 0.0) + amount
    return Forecast(sum(by_month.values()), by_month, tuple(left_out))


def _bucket(deadline_on: date | None, on: date) -> str:
    if deadline_on is None:
        return "undated"
    return "overdue" if deadline_on < on else f"{deadline_on:%Y-%m}"
