"""A table of contracts: what was signed, each with a customer who is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from wendu.agreements.models import Contract
from wendu.customers.models import Customer
from wendu.exchange.errors import ContractNotFound, ContractStands, CustomerNotFound, SaidTwice
from wendu.exchange.loaders.contract_edits import edit_contract, write_row
from wendu.exchange.loaders.contract_rows import ContractDraft, ContractReader
from wendu.exchange.matching import Found, Known
from wendu.exchange.report import CREATED, UNCHANGED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.sight import seen
from wendu.exchange.values import uuid_from
from wendu.kernel.errors import ActionError

HEADS = {"amount_minor": "amount", "number": "external_id", "to_state": "state"}
Said = tuple[Any, ...]


@dataclass(slots=True)
class _There:
    """The contracts that rows of a batch may mean: by our ids, their numbers, else by customer, title and first day."""

    by_uuid: dict[UUID, Contract] = field(default_factory=dict)
    by_number: dict[str, Contract] = field(default_factory=dict)
    by_said: dict[Said, Contract] = field(default_factory=dict)

    def add(self, row: Contract) -> None:
        """Take one in; by its number the one that stands is meant, else the latest that was deleted."""
        self.by_uuid[row.uuid] = row
        stands = row.deleted_at is None
        if row.number and (stands or row.number not in self.by_number):
            self.by_number[row.number] = row
        if stands:
            self.by_said.setdefault((row.customer_id, row.title, row.starts_on), row)


class ContractsLoader:
    """Rows that are contracts; without a number, customer, title and first day say which one is meant."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.prepare = ContractReader(run).read
        self.former: Former = {}
        self._first: dict[Said, int] = {}  # the row that first told of a contract

    def write(self, rows: Sequence[Row], drafts: Sequence[ContractDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: it is asked about and journaled like one written by hand."""
        verdicts, found = [], self.run.find_customers(draft.customer for draft in drafts)
        there = self._there(drafts, found)
        for row, draft in zip(rows, drafts, strict=True):
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(row.number, draft, found, there)
            except ActionError as refusal:
                refusal.field = HEADS.get(refusal.field or "", refusal.field)
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, number: int, draft: ContractDraft, found: Found, there: _There) -> str:
        home = found.one(draft.customer, CustomerNotFound, "customer")
        row = _meant(draft, home, there)
        key = ("#", draft.uuid) if row is not None and row.uuid == draft.uuid else draft.key
        if self._first.setdefault(key, number) != number:
            raise SaidTwice(row=self._first[key])
        links: dict[str, Any] = {"owner": draft.owner} if draft.owner is not None else {}
        if draft.follows:
            links["follows"] = _earlier(draft, there)
        if row is None:
            customer = Customer.objects.get(pk=home.pk)
            there.add(write_row(customer, draft, links, self.run))
            return CREATED
        if row.customer_id != home.pk:
            raise ContractStands(here=row.customer.name[:60]).at("customer")
        if self.run.on_match == SKIP or row.deleted_at is not None:
            return UNCHANGED
        return edit_contract(row, draft, links, self.run)

    def _there(self, drafts: Sequence[ContractDraft], found: Found) -> _There:
        """What is there already and may be seen (three queries)."""
        rows = seen(Contract.objects, self.run.actor).select_related("customer", "owner", "follows").order_by("pk")
        homes = {home.pk for draft in drafts if (home := _home(draft, found)) is not None}
        numbers = {name for draft in drafts for name in (draft.number, draft.follows) if name}
        uuids = {name for draft in drafts for name in (draft.uuid, uuid_from(draft.follows)) if name is not None}
        there, known = _There(), dict[int, Contract]()
        for some in _parts(rows, homes, numbers, uuids):
            for row in some:
                there.add(known.setdefault(row.pk, row))
        return there


def _meant(draft: ContractDraft, home: Known, there: _There) -> Contract | None:
    if draft.uuid in there.by_uuid:
        return there.by_uuid[draft.uuid]
    if draft.number in there.by_number:
        return there.by_number[draft.number]
    alike = there.by_said.get((home.pk, draft.given["title"], draft.given.get("starts_on")))
    # one that bears another number is another one; one without a number is given that of the row
    return alike if alike is None or not draft.number or not alike.number else None


def _earlier(draft: ContractDraft, there: _There) -> Contract:
    """The contract whose place it takes, by our id or its number."""
    uuid = uuid_from(draft.follows)
    row = there.by_uuid.get(uuid) if uuid is not None else there.by_number.get(draft.follows)
    if row is None or row.deleted_at is not None:
        raise ContractNotFound(value=draft.follows[:60]).at("follows")
    return row


def _parts(rows: Any, homes: set[int], numbers: set[str], uuids: set[UUID]) -> Iterable[Any]:
    if homes:
        yield rows.filter(customer_id__in=homes)
    if numbers:
        yield rows.filter(number__in=numbers)
    if uuids:
        yield rows.filter(uuid__in=uuids)


def _home(draft: ContractDraft, found: Found) -> Known | None:
    try:
        return found.one(draft.customer, CustomerNotFound, "customer")
    except ActionError:
        return None
