"""Rows of a table of subscriptions, read and checked without the database."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from wendu.agreements.actions.subscriptions import LONGEST_TERM
from wendu.agreements.choices import SubscriptionState
from wendu.agreements.models import Subscription
from wendu.exchange.errors import DayToCome, StateAndEnd, ValueMissing
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather, need, remembered, whole_code
from wendu.exchange.run import Run
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from, uuid_from
from wendu.kernel.changes import checked
from wendu.kernel.currencies import is_currency
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import normalise_name, tidy_line
from wendu.opportunities.actions import BadCurrency, NegativeAmount

TEXTS, DAYS = ("external_id", "item", "currency", "cause"), ("began_on", "renews_on", "ended_on")
HUNDREDTH = Decimal("0.01")
AMOUNTS = {"fee": "fee_minor", "one_off": "one_off_minor"}


@dataclass(slots=True)
class SubscriptionDraft:
    """A subscription as a row tells of it; `given` holds its columns, only those the row speaks of."""

    given: dict[str, Any]
    customer: str = ""
    product: str = ""
    state: str = ""
    uuid: UUID | None = None
    key: tuple[Any, ...] = ()

    @property
    def number(self) -> str:
        """The number another system knows it by."""
        number: str = self.given.get("external_id", "")
        return number

    @property
    def has_ended(self) -> bool:
        """Whether the row says that it is over."""
        return self.state == SubscriptionState.CHURNED


class SubscriptionReader:
    """Reads rows that are subscriptions; one that names the day it ended has ended."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words, days = run, Subscription(), Words(), day_reader(run)
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers["external_id"] = whole_code(self._readers["external_id"])
        self._readers |= dict.fromkeys(DAYS, days)
        self._readers["term_months"] = remembered(lambda text: number_from(text, 1, LONGEST_TERM))
        self._readers["margin"] = remembered(_margin)
        self._readers["state"] = remembered(lambda text: words.read(text, "subscription_state"))

    def read(self, row: Row) -> tuple[SubscriptionDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        for needed in ("customer", "fee", "began_on"):
            need(row.values, needed, refusals)
        if not row.values.get("product"):
            need(row.values, "item", refusals)
        draft = SubscriptionDraft(gather(row.values, self._readers, refusals))
        draft.customer, draft.product = (tidy_line(row.values.get(name, "")) for name in ("customer", "product"))
        draft.uuid, draft.state = uuid_from(row.values.get("uuid", "")), draft.given.pop("state", "")
        began = draft.given.get("began_on")
        if began is not None and began > self.run.today:
            refusals.append(DayToCome(day=began.isoformat()).at("began_on"))
        _end(draft, refusals)
        self._worth(row, draft, refusals)
        said = (normalise_name(draft.customer), draft.given.get("item") or draft.product, began)
        draft.key = ("#", draft.number) if draft.number else said
        return draft, refusals

    def _worth(self, row: Row, draft: SubscriptionDraft, refusals: list[ActionError]) -> None:
        """Read its amounts in its currency; whose currency cannot be told has no amounts."""
        said = draft.given.get("currency", "")
        currency = said.upper() if said else self.run.currency
        if said:
            draft.given["currency"] = currency
        if not is_currency(currency):
            refusals.append(BadCurrency(currency=currency))
            return
        for name, column in AMOUNTS.items():
            if text := row.values.get(name):
                try:
                    draft.given[column] = _not_negative(parse_amount(text, currency))
                except ActionError as refusal:
                    refusal.field = name
                    refusals.append(refusal)


def _margin(text: str) -> Decimal:
    """Per cent, with the two places the journal will read it back by."""
    found: Decimal = checked(Subscription(), "margin", text.rstrip(" %％") or text)
    return found.quantize(HUNDREDTH)


def _end(draft: SubscriptionDraft, refusals: list[ActionError]) -> None:
    """What ended did so on a day; what names such a day is not in force."""
    ended_on = draft.given.get("ended_on")
    if ended_on is None and draft.has_ended:
        refusals.append(ValueMissing().at("ended_on"))
    elif ended_on is not None and draft.state not in ("", SubscriptionState.CHURNED):
        refusals.append(StateAndEnd(state=SubscriptionState(draft.state).label, day=ended_on.isoformat()).at("state"))
    elif ended_on is not None:
        draft.state = SubscriptionState.CHURNED.value


def _not_negative(minor: int) -> int:
    if minor < 0:
        raise NegativeAmount
    return minor
