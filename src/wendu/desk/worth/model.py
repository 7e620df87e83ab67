"""The card of the model in plain words: what it learnt, how it did on the past, and whether it may speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wendu.customers.choices import Market
from wendu.insights.choices import Speaker
from wendu.insights.models import Study
from wendu.insights.queries import latest_study

PERCENT, FEWEST = 100, 3
STATUSES: Mapping[str, Promise] = {
    "ok": pgettext_lazy("fit", "It found a pattern and can be believed as far as the back-test says"),
    "no_data": pgettext_lazy("fit", "There is nobody to learn from yet"),
    "too_little_data": pgettext_lazy("fit", "Fewer than 30 customers came back: too few to learn from"),
    "no_dropout_identifiable": pgettext_lazy("fit", "Nobody seems to leave, so who is still there cannot be told"),
    "no_finite_mean": pgettext_lazy("fit", "Amounts are too far apart for a mean"),
    "no_variation": pgettext_lazy("fit", "All do the same: nothing tells them apart"),
    "rank_only": pgettext_lazy("fit", "Good for an order, not for a chance"),
    "not_converged": pgettext_lazy("fit", "The search did not come to an end: not used"),
}
MEANINGS: Mapping[str, Promise] = {
    "r": pgettext_lazy("fit", "how alike customers are in how often they order: small is very unlike"),
    "alpha": pgettext_lazy("fit", "with the one above: so many days make one order of a usual customer"),
    "a": pgettext_lazy("fit", "with the one below: how many leave for good after an order"),
    "b": pgettext_lazy("fit", "with the one above: how many stay after an order"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """One day of the past: what came after it, what each expected, and whose miss per customer was smaller."""

    on: date
    customers: int
    came: float
    by_model: float
    by_rule: float
    missed_by_model: float
    missed_by_rule: float

    @property
    def model_won(self) -> bool:
        """Whether the model missed by less."""
        return self.missed_by_model < self.missed_by_rule


@dataclass(frozen=True, slots=True)
class Bin:
    """Customers who were said to have about the same chance: what was said, what came of it, in per cent."""

    customers: int
    said: float
    came: float


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Of so many customers of a market there a year ago, how many are there still."""

    name: str
    stayed: int
    of: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything the page shows."""

    study: Study
    model_speaks: bool
    verdict: str
    status: str
    origins: tuple[Origin, ...]
    bins: tuple[Bin, ...]
    calibration: float | None
    drift_words: str
    parameters: tuple[tuple[str, float, float | None, str], ...]
    kept: tuple[KeptRow, ...]


def model_card() -> ModelCard | None:
    """The card of the latest study; None before the first night. It holds nothing of a single customer (one query)."""
    study = latest_study()
    if study is None:
        return None
    origins, latest = _origins(study.backtest), (study.backtest.get("model") or [None])[-1]
    return ModelCard(
        study=study,
        model_speaks=study.speaker == Speaker.MODEL,
        verdict=_verdict(study),
        status=str(STATUSES.get(study.status, study.status)),
        origins=origins,
        bins=tuple(Bin(n, PERCENT * said, PERCENT * came) for n, said, came in (latest["bins"] if latest else ())),
        calibration=PERCENT * latest["calibration"] if latest else None,
        drift_words=_drift(study.drift, study.horizon_days),
        parameters=_parameters(study.parameters),
        kept=_kept(study.kept),
    )


def _origins(past: Mapping[str, Any]) -> tuple[Origin, ...]:
    rules = {each["on"]: each for each in past.get("rule", ())}
    return tuple(
        Origin(
            on=date.fromisoformat(each["on"]),
            customers=each["customers"],
            came=each["actual"],
            by_model=each["predicted"],
            by_rule=rules[each["on"]]["predicted"],
            missed_by_model=each["error"],
            missed_by_rule=rules[each["on"]]["error"],
        )
        for each in past.get("model", ())
        if each["on"] in rules
    )


def _verdict(study: Study) -> str:
    """Who speaks, and by how much it won or why not."""
    past = study.backtest
    counts = {"won": past.get("won", 0), "origins": past.get("origins", 0)}
    gain = abs(round(PERCENT * float(past.get("gain") or 0.0)))
    if study.speaker == Speaker.MODEL:
        shape = _("The model speaks: on %(won)s of %(origins)s days of your past it missed by less, %(gain)s%% in all.")
        return shape % {**counts, "gain": gain}
    if study.status != "ok":
        return _("The rule of the method speaks: the model could not learn enough from your orders.")
    if counts["origins"] < FEWEST:
        return _("The rule of the method speaks: your past is too short to compare the two.")
    return _("The rule of the method speaks: the model missed by less on only %(won)s of %(origins)s days.") % counts


def _drift(told: Mapping[str, Any], days: int) -> str:
    """What the totals of the past say of the next one."""
    if not told or told.get("status") != "ok" or told.get("high") is None:
        return _("How far totals come out from what was forecast is not known: the past is too short.")
    shape = _(
        "In the next %(days)s days %(middle)s orders are expected, eight times in ten between %(low)s and %(high)s: "
        "in the past %(times)s times as many came as was forecast."
    )
    return shape % {
        "days": days,
        "middle": _number(told["middle"]),
        "low": _number(told["low"]),
        "high": _number(told["high"]),
        "times": f"{float(told['factor']):.2f}",
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= PERCENT else f"{value:.1f}"


def _parameters(told: Mapping[str, Any]) -> tuple[tuple[str, float, float | None, str], ...]:
    errors = told.get("errors", {})
    return tuple(
        (name, value, errors.get(name), str(MEANINGS.get(name, ""))) for name, value in told.get("values", {}).items()
    )


def _kept(shares: Mapping[str, Sequence[int]]) -> tuple[KeptRow, ...]:
    """Each market, then all."""
    labels = dict(Market.choices)
    rows = [
        KeptRow(
            str(labels.get(code, code)) if code else pgettext("market", "All"),
            stayed,
            of,
            PERCENT * stayed / of if of else None,
        )
        for code, (stayed, of) in sorted(shares.items(), key=lambda each: (not each[0], each[0]))
    ]
    return tuple(rows)
