"""Rows of a table of contracts, read and checked without the database."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wendu.agreements.choices import ContractState
from wendu.agreements.models import CLOSED, MOST_NOTICE, SIGNED_STATES, Contract
from wendu.exchange.errors import DayToCome, OtherCurrency, StateAndEnd, ValueMissing
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather, need, remembered, whole_code
from wendu.exchange.run import Run
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from, uuid_from
from wendu.identity.models import User
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import normalise_name, tidy_line
from wendu.opportunities.actions import NegativeAmount

TEXTS, DAYS = ("title", "paper", "terms"), ("signed_on", "starts_on", "ends_on", "ended_on")
WITH_REASON = (ContractState.TERMINATED, ContractState.CANCELLED)
LONGEST_REASON = 300


@dataclass(slots=True)
class ContractDraft:
    """A contract as a row tells of it; `given` holds its columns, only those the row speaks of."""

    given: dict[str, Any]
    customer: str = ""
    state: str = ""
    reason: str = ""
    follows: str = ""
    ended_on: Any = None
    owner: User | None = None
    uuid: UUID | None = None
    key: tuple[Any, ...] = ()

    @property
    def number(self) -> str:
        """The number that stands on the paper."""
        number: str = self.given.get("number", "")
        return number


class ContractReader:
    """Reads rows that are contracts; one that names the day it ended has ended."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, Contract(), Words()
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers["external_id"] = whole_code(column_reader(blank, "number"))
        self._readers |= dict.fromkeys(DAYS, day_reader(run))
        self._readers["notice_days"] = remembered(lambda text: number_from(text, 0, MOST_NOTICE))
        self._readers["renews"] = remembered(lambda text: words.read(text, "flag") == "1")
        self._readers["kind"] = remembered(lambda text: words.read(text, "contract_kind"))
        self._readers["state"] = remembered(lambda text: words.read(text, "contract_state"))
        self._readers["owner"] = remembered(lambda text: run.people.one(text, "owner"))

    def read(self, row: Row) -> tuple[ContractDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        for needed in ("customer", "title"):
            need(row.values, needed, refusals)
        given = gather(row.values, self._readers, refusals)
        if "external_id" in given:
            given["number"] = given.pop("external_id")
        draft = ContractDraft(given, state=given.pop("state", ""), ended_on=given.pop("ended_on", None))
        draft.customer, draft.follows, draft.reason = (
            tidy_line(row.values.get(name, "")) for name in ("customer", "follows", "reason")
        )
        draft.uuid, draft.owner = uuid_from(row.values.get("uuid", "")), given.pop("owner", None)
        _settle(draft, refusals)
        for name in ("signed_on", "ended_on"):
            day = draft.ended_on if name == "ended_on" else given.get(name)
            if day is not None and day > self.run.today:
                refusals.append(DayToCome(day=day.isoformat()).at(name))
        self._amount(row, draft, refusals)
        said = (normalise_name(draft.customer), given.get("title", ""), given.get("starts_on"))
        draft.key = ("#", draft.number) if draft.number else said
        return draft, refusals

    def _amount(self, row: Row, draft: ContractDraft, refusals: list[ActionError]) -> None:
        """Contracts are written in the currency of the house; no rate is known for another."""
        said, text = row.values.get("currency", "").strip().upper(), row.values.get("amount", "")
        if said and said != self.run.currency:
            refusals.append(OtherCurrency(house=self.run.currency, said=said[:40]).at("currency"))
        elif text:
            try:
                draft.given["amount_minor"] = parse_amount(text, self.run.currency)
                if draft.given["amount_minor"] < 0:
                    raise NegativeAmount
            except ActionError as refusal:
                refusals.append(_at(refusal, "amount"))


def _settle(draft: ContractDraft, refusals: list[ActionError]) -> None:
    """How far it is, as far as the row says: a day it ended on says so, and so does a day it was signed on."""
    if draft.ended_on is not None and draft.state not in ("", *CLOSED):
        label = ContractState(draft.state).label
        refusals.append(StateAndEnd(state=label, day=draft.ended_on.isoformat()).at("state"))
    elif draft.ended_on is not None and not draft.state:
        draft.state = (ContractState.TERMINATED if draft.reason else ContractState.ENDED).value
    elif draft.state in CLOSED and draft.ended_on is None:
        refusals.append(ValueMissing().at("ended_on"))
    if draft.state in WITH_REASON and not 0 < len(draft.reason) <= LONGEST_REASON:
        refusals.append(ValueMissing().at("reason"))
    if draft.state in SIGNED_STATES and not draft.given.get("signed_on"):
        refusals.append(ValueMissing().at("signed_on"))


def _at(refusal: ActionError, name: str) -> ActionError:
    refusal.field = name
    return refusal
