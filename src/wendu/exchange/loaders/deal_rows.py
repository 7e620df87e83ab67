"""Rows of a table of opportunities, read and checked without the database."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wendu.exchange.errors import DayOrder, DayToCome, OwnerMissing, ValueMissing
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather, remembered, whole_code
from wendu.exchange.loaders.own_reader import OwnReader
from wendu.exchange.run import Run
from wendu.exchange.shaping import Row
from wendu.exchange.values import uuid_from
from wendu.identity.models import User
from wendu.kernel.currencies import is_currency
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import normalise_name, tidy_line
from wendu.opportunities.actions import BadCurrency, NegativeAmount, deal_words
from wendu.opportunities.choices import Outcome, Stage
from wendu.opportunities.models import Opportunity
from wendu.search.findable import Words as SearchWords

TEXTS = ("external_id", "title", "product", "note", "currency")
DAYS = ("opened_on", "expected_on", "closed_on")


@dataclass(slots=True)
class DealDraft:
    """An opportunity as a row tells of it."""

    given: dict[str, Any]
    customer: str = ""
    owner: User | None = None
    stage: str = ""
    outcome: str = ""
    closed_on: Any = None
    reason: str = ""
    is_titled: bool = True
    words: SearchWords | None = None
    uuid: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The number another system knows this opportunity by."""
        number: str = self.given.get("external_id", "")
        return number


def home_key(draft: DealDraft) -> str | int | None:
    """How rows of one file name the customer a deal is with: by name, or by whose bucket it is in."""
    if draft.customer:
        return normalise_name(draft.customer)
    return draft.owner.pk if draft.owner else None


class DealReader:
    """Reads rows that are opportunities."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words, day = run, Opportunity(), Words(), day_reader(run)
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers |= dict.fromkeys(DAYS, day)
        self._readers["external_id"] = whole_code(self._readers["external_id"])
        self._readers["product"] = remembered(self._readers["product"])
        self._readers["stage"] = remembered(lambda text: _stage(text, words))
        self._readers["outcome"] = remembered(lambda text: words.read(text, "deal_outcome"))
        self._readers["reason"] = remembered(lambda text: words.read(text, "loss_reason"))
        self._readers["amount_is_estimated"] = remembered(lambda text: words.read(text, "flag") == "1")
        self._owner = remembered(lambda name: run.people.one(name, "owner"))
        self.own = OwnReader(run)

    def read(self, row: Row) -> tuple[DealDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        given = gather(row.values, self._readers, refusals)
        draft = DealDraft(given, customer=tidy_line(row.values.get("customer", "")))
        draft.uuid = uuid_from(row.values.get("uuid", ""))
        try:
            if name := row.values.get("owner"):
                draft.owner = self._owner(name)
            elif not draft.customer:
                raise OwnerMissing
        except ActionError as refusal:
            refusal.field = "owner"
            refusals.append(refusal)
        self._worth(row, draft, refusals)
        self._course(draft, refusals)
        draft.is_titled = "title" in given
        title = given.setdefault("title", given.get("product") or draft.customer[:200])
        if not title and not any(refusal.field == "title" for refusal in refusals):
            refusals.append(ValueMissing().at("title"))
        draft.custom = self.own.read(row.values, refusals)
        if not refusals:
            draft.words = deal_words(given, self.own.texts(draft.custom))
        return draft, refusals

    def _worth(self, row: Row, draft: DealDraft, refusals: list[ActionError]) -> None:
        """Read the amount; where there is none, the list price stands for it, marked as an estimate."""
        currency = draft.given.get("currency", self.run.currency).upper()
        if "currency" in draft.given:
            draft.given["currency"] = currency
        amount, price = row.values.get("amount"), row.values.get("list_price")
        try:
            if not is_currency(currency):
                raise BadCurrency(currency=currency)
            if amount or price:
                draft.given["amount_minor"] = parse_amount(amount or price or "", currency)
                draft.given.setdefault("amount_is_estimated", not amount)
            if draft.given.get("amount_minor", 0) < 0:
                raise NegativeAmount
        except ActionError as refusal:
            refusals.append(refusal)

    def _course(self, draft: DealDraft, refusals: list[ActionError]) -> None:
        """Settle how the deal stands: an outcome in the stage column counts as one, an end needs its day."""
        given = draft.given
        stage = given.pop("stage", "")
        draft.outcome = given.pop("outcome", "") or (stage if stage not in Stage.values else "")
        draft.stage = stage if stage in Stage.values else ""
        draft.closed_on, draft.reason = given.pop("closed_on", None), given.pop("reason", "")
        opened = given.get("opened_on")
        for day, name in ((opened, "opened_on"), (draft.closed_on, "closed_on")):
            if day is not None and day > self.run.today:
                refusals.append(DayToCome(day=day.isoformat()).at(name))
        if draft.outcome not in Outcome.values:
            if draft.closed_on is not None:
                refusals.append(ValueMissing().at("outcome"))
        elif draft.closed_on is None and not any(refusal.field == "closed_on" for refusal in refusals):
            refusals.append(ValueMissing().at("closed_on"))
        if draft.closed_on is not None and opened is not None and draft.closed_on < opened:
            days = {"later": draft.closed_on.isoformat(), "earlier": opened.isoformat()}
            refusals.append(DayOrder(**days).at("closed_on"))


def _stage(text: str, words: Words) -> str:
    """Read a stage, or an outcome that other systems keep in the same column."""
    try:
        return words.read(text, "stage")
    except ActionError as unknown:
        try:
            return words.read(text, "deal_outcome")
        except ActionError:
            raise unknown from None
