"""Learning from all orders of the house, and asking the past whether what was learnt is better than the plain rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wendu.analytics.backtest import Comparison, Outcome, backtest, compared, drift, origins
from wendu.analytics.basket import pairs
from wendu.analytics.beta_geometric import MbgNbd
from wendu.analytics.columns import AnyColumn
from wendu.analytics.days import DayRows
from wendu.analytics.forecasts import by_model, by_rate, by_rhythm
from wendu.analytics.gamma_gamma import GammaGamma, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.rfm import RfmState
from wendu.analytics.status import Status
from wendu.insights.choices import Speaker

SHORTEST, LONGEST, PARTS = 28, 182, 8  # days ahead: an eighth of the time known, so that the past holds some horizons
MONTHS_OF_A_YEAR = 12
PAIRS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the model says of one customer within the horizon, and of the revenue still to come, discounted."""

    alive: float
    chance: float
    purchases: float
    to_come: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What one night's fit came to, ready to be kept."""

    status: str
    speaker: Speaker
    horizon_days: int
    buyers: int
    orders: int
    parameters: dict[str, Any]
    spending: dict[str, Any]
    backtest: dict[str, Any]
    drift: dict[str, Any]
    forecasts: dict[int, Forecast]


def learnt(rows: DayRows, *, on: date, years: int, discount: float) -> Learnt:
    """Fit on everything bought up to a day and ask the past; never raises for the data it gets: see the status."""
    horizon = _horizon(rows)
    past = backtest(rows, origins(rows, within=horizon), within=horizon, forecasters=_forecasters())
    state = RfmState.of(rows)
    buyers = state.where(state.n_days > 0)
    histories = Histories.of_state(buyers, on=on.toordinal())
    model, spending = MbgNbd().fit(histories), GammaGamma().fit(*repeat_spend(buyers))
    against = compared(past["model"], past["rule"])
    speaks = model.status_ is Status.OK and against.takes_over
    worth = LifetimeValue(
        months=MONTHS_OF_A_YEAR * years, rate=float((1 + discount) ** (1 / MONTHS_OF_A_YEAR) - 1), margin=1.0
    )
    return Learnt(
        status=model.status_.value,
        speaker=Speaker.MODEL if speaks else Speaker.RULE,
        horizon_days=horizon,
        buyers=len(histories),
        orders=int(rows.purchases.sum()),
        parameters=_told(model),
        spending={**_told(spending), "mean": spending.population_mean_, "correlation": spending.correlation_},
        backtest=_past(past, against),
        drift=_drift(past["model"], model, histories, horizon),
        forecasts=_forecasts(buyers, _Fitted(histories, model, spending, worth, horizon)),
    )


def going_together(holdings: Iterable[tuple[int, str]], *, buyers: int) -> list[dict[str, Any]]:
    """What goes with what, the surest first, as far as it is hardly chance; `buyers` counts those without a line too.

    An empty list: fewer than five customers have both, or nothing is more frequent together than by chance.
    """
    held = list(holdings)
    if not held:
        return []
    customers, items = zip(*held, strict=True)
    found = pairs(np.asarray(customers), np.asarray(items), customers=buyers)
    return [
        {
            "has": pair.has,
            "also": pair.also,
            "customers": pair.support,
            "share": pair.confidence,
            "lift": pair.lift,
            "at_least": pair.lift_at_least,
        }
        for pair in found
        if pair.lift_at_least > 1
    ][:PAIRS_KEPT]


def _horizon(rows: DayRows) -> int:
    known = int(rows.day.max() - rows.day.min()) if len(rows.day) else 0
    return min(max(known // PARTS, SHORTEST), LONGEST)


def _forecasters() -> dict[str, Any]:
    return {"model": by_model(MbgNbd), "rule": by_rhythm, "rate": by_rate}


def _told(model: Any) -> dict[str, Any]:
    return {
        "values": {name: float(value) for name, value in model.parameters_.items()},
        "errors": {name: _finite(value) for name, value in model.standard_errors_.items()},
        "log_likelihood": _finite(model.log_likelihood_),
        "status": model.status_.value,
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _past(past: dict[str, tuple[Outcome, ...]], against: Comparison) -> dict[str, Any]:
    return {
        "origins": against.origins,
        "won": against.won,
        "gain": against.gain,
        **{name: [_outcome(each) for each in outcomes] for name, outcomes in past.items()},
    }


def _outcome(told: Outcome) -> dict[str, Any]:
    return {
        "on": date.fromordinal(told.origin).isoformat(),
        "customers": told.customers,
        "predicted": told.predicted,
        "actual": told.actual,
        "error": told.error,
        "brier": told.chance.brier,
        "calibration": told.chance.error,
        "bins": [[each.size, each.said, each.happened] for each in told.chance.table],
    }


def _drift(outcomes: Sequence[Outcome], model: MbgNbd, histories: Histories, horizon: int) -> dict[str, Any]:
    """How far totals came out from what was forecast, and the next total by that."""
    shift = drift(outcomes, within=horizon)
    expected = float(model.expected_purchases(histories, within=horizon).sum()) if len(histories) else 0.0
    low, middle, high = shift.total(expected)
    return {
        "origins": shift.origins_,
        "factor": shift.factor_,
        "spread": shift.spread_,
        "status": shift.status_.value,
        "expected": expected,
        "low": low,
        "middle": middle,
        "high": _finite(high),
    }


@dataclass(frozen=True, slots=True)
class _Fitted:
    histories: Histories
    model: MbgNbd
    spending: GammaGamma
    worth: LifetimeValue
    horizon: int


def _forecasts(buyers: RfmState, fitted: _Fitted) -> dict[int, Forecast]:
    histories, model = fitted.histories, fitted.model
    if not len(histories):
        return {}
    count, mean = repeat_spend(buyers)
    columns = (
        buyers.customer,
        model.probability_alive(histories),
        model.probability_purchase(histories, within=fitted.horizon),
        model.expected_purchases(histories, within=fitted.horizon),
        fitted.worth.value(model, fitted.spending, histories, count=count, mean=mean),
    )
    return {int(pk): Forecast(*told) for pk, *told in _by_row(columns)}


def _by_row(columns: Sequence[AnyColumn]) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(column.tolist() for column in columns), strict=True)
