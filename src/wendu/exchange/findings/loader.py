"""Tables of findings: each row finds its deal and the person it is about, and is written by the action of its room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from wendu.exchange.errors import SaidTwice, ValueMissing
from wendu.exchange.findings.cells import LOOKED_UP, is_amount, readers_of
from wendu.exchange.findings.finding import Finder
from wendu.exchange.findings.quote_lines import QuoteLines
from wendu.exchange.findings.sorts import FINDINGS, Sort
from wendu.exchange.loaders.fields import gather
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.values import uuid_from
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import normalise_name, tidy_line
from wendu.opportunities.actions import LINKS, NUMBER
from wendu.opportunities.models import Opportunity

SORTS: dict[str, Sort] = {**FINDINGS, "quote_lines": QuoteLines()}
NOTHING_SAID: tuple[Any, ...] = (*BLANK, {})


@dataclass(slots=True)
class FindingDraft:
    """A finding as a row tells of it; whom and what it names is looked up later."""

    given: dict[str, Any]
    uuid: UUID | None = None
    customer: str = ""
    deal: str = ""
    named: dict[str, str] = field(default_factory=dict)  # people and needs it names, by column
    amounts: dict[str, str] = field(default_factory=dict)
    key: tuple[Any, ...] = ()


class FindingsLoader:
    """Rows that are findings of one kind."""

    def __init__(self, run: Run) -> None:
        self.run, self.sort = run, SORTS[run.shape.kind]
        self._readers = readers_of(self.sort, run)
        self._amounts = {self.sort.head(name): name for name in self.sort.columns if is_amount(name)}
        self._lookups = [self.sort.head(name) for name in LOOKED_UP if name in self.sort.columns]
        self._columns = {self.sort.head(name): name for name in self.sort.columns}
        self._first: dict[tuple[Any, ...], int] = {}  # the row that first told of a thing
        self._finder = Finder(run)
        self.former: Former = {}

    def prepare(self, row: Row) -> tuple[FindingDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        values = row.values
        draft = FindingDraft(gather(values, self._readers, refusals), uuid_from(values.get("uuid", "")))
        draft.customer, draft.deal = tidy_line(values.get("customer", "")), tidy_line(values.get("opportunity", ""))
        draft.named = {name: tidy_line(values[name]) for name in self._lookups if values.get(name)}
        draft.amounts = {name: values[name] for name in self._amounts if values.get(name)}
        if not draft.deal and draft.uuid is None:
            refusals.append(ValueMissing().at("opportunity"))
        number = tidy_line(values.get(NUMBER, "")) if NUMBER in self.sort.columns else ""
        told = [NUMBER, number] if number else [values.get(self.sort.head(name), "") for name in self.sort.by]
        draft.key = (normalise_name(draft.customer), draft.deal, *map(tidy_line, told), values.get("version", ""))
        return draft, refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[FindingDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: it is asked about and journaled like one written by hand."""
        verdicts = []
        for row, draft in zip(rows, drafts, strict=True):
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(row.number, draft)
            except ActionError as refusal:
                if refusal.field:
                    refusal.field = self.sort.head(refusal.field)
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, number: int, draft: FindingDraft) -> str:
        meant = self.sort.ours(draft.uuid) if draft.uuid else None
        if meant is not None and not self._finder.sees(self.sort.deal_of(meant)):
            meant = None
        deal = self.sort.deal_of(meant) if meant is not None else self._finder.deal(draft.customer, draft.deal)
        values = self._values(draft, deal)
        row = meant if meant is not None else self.sort.find(deal, values)
        key = ("#", draft.uuid) if meant is not None else (deal.pk, *draft.key[2:])
        if self._first.get(key, number) != number:
            raise SaidTwice(row=self._first[key])
        what = self._keep(row, deal, values)
        self._first[key] = number
        return what

    def _keep(self, row: Any, deal: Opportunity, values: dict[str, Any]) -> str:
        if row is None:
            self.sort.write(deal, values, self.run)
            return CREATED
        if self.run.on_match == SKIP or self.sort.is_gone(row):
            return UNCHANGED
        news = {name: value for name, value in values.items() if getattr(row, name, value) != value}
        if self.run.only_fills:
            news = {name: value for name, value in news.items() if getattr(row, name) in NOTHING_SAID}
        if not news:
            return UNCHANGED
        self.sort.correct(row, news, self.run)
        return UPDATED

    def _values(self, draft: FindingDraft, deal: Opportunity) -> dict[str, Any]:
        """What the columns of the row would hold: people, needs and money are read in the light of its deal."""
        values = {self._columns.get(name, name): value for name, value in draft.given.items()}
        if "contact" in draft.named:
            values["contact_id"] = self._finder.person(deal, draft.named["contact"])
        for name in LINKS:
            if (head := self.sort.head(name)) in draft.named:
                values[name] = self._finder.person(deal, draft.named[head], head)
        if "demand" in draft.named:
            values["demand_id"] = self._finder.need(deal, draft.named["demand"], values.get("contact_id"))
        for head, text in draft.amounts.items():
            try:
                values[self._amounts[head]] = parse_amount(text, deal.currency)
            except ActionError as refusal:
                refusal.field = head
                raise
        return values
