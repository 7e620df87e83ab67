"""A table of customers: matched by number or name, placed under their parents, with their people and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from wendu.customers.actions import (
    AlreadyDeleted,
    ExternalIdTaken,
    NewCustomer,
    customer_words,
    index_many,
    load_customers,
    load_people,
    require_hand_over,
)
from wendu.customers.facts import Newcomer
from wendu.customers.models import BEST_NOTE, Customer
from wendu.exchange.errors import BroughtInCircle, OwnParent, ParentNotFound, ReferrerNotFound, RowRefused
from wendu.exchange.loaders.customer_edits import Edit, apply_edits, differs, filling
from wendu.exchange.loaders.fields import Words, column_reader, gather, need, remembered, whole_code
from wendu.exchange.loaders.own_reader import OwnReader
from wendu.exchange.loaders.people import PersonReader, bring_people, new_person
from wendu.exchange.loaders.people_book import PersonDraft
from wendu.exchange.matching import Found, Known, only
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from, uuid_from
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.kernel.bulk import blank_columns
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name
from wendu.search.findable import Words as SearchWords

TEXTS = ("external_id", "name", "province", "city", "address", "source_text", "note")
REPEATED = ("province", "city", "source_text")
LISTS = {
    "kind": "customer_kind",
    "market": "market",
    "tier": "tier",
    "sale_kind": "sale_kind",
    "product_kind": "product_kind",
}
LARGEST_FIRM = 10_000_000
ABOVE: dict[str, tuple[type[RowRefused], type[RowRefused]]] = {
    "parent": (ParentNotFound, OwnParent),
    "referrer": (ReferrerNotFound, BroughtInCircle),
}
"""Columns that name another customer, none of which may lead back: what is said if there is none, or if one does."""


@dataclass(slots=True)
class CustomerDraft:
    """A customer as a row tells of it; what needs no database is prepared before one is asked."""

    given: dict[str, Any]
    uuid: UUID | None = None
    key: str = ""
    owner: User | None = None
    above: dict[str, str] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    person: PersonDraft = field(default_factory=PersonDraft)
    words: SearchWords | None = None

    @property
    def number(self) -> str:
        """The number another system knows this customer by."""
        number: str = self.given.get("external_id", "")
        return number


@dataclass(slots=True)
class _Batch:
    """What becomes of the rows of a batch, by their places."""

    fresh: dict[int, NewCustomer] = field(default_factory=dict)
    edits: dict[int, Edit] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    keys: dict[str, bool] = field(default_factory=dict)  # names of new ones, and whether all of that name have numbers
    renamed: set[str] = field(default_factory=set)  # the names and numbers that known ones get in this batch
    changing: set[int] = field(default_factory=set)  # and who gets them

    def take_up(self, place: int, draft: CustomerDraft, new: NewCustomer) -> None:
        """Note a new customer, whom later rows of the batch may mean, too."""
        self.fresh[place] = new
        self.numbers.add(draft.number)
        self.keys[draft.key] = bool(draft.number) and self.keys.get(draft.key, True)

    def may_hold(self, draft: CustomerDraft, known: Known | None) -> bool:
        """Tell whether a row may mean one that is written or changed in this batch."""
        if known is not None:
            return any(edit.pk == known.pk for edit in self.edits.values())
        if draft.number in self.numbers - {""} or {draft.number, draft.key} & self.renamed:
            return True
        return draft.key in self.keys and not (draft.number and self.keys[draft.key])

    def above(self, column: str, pk: int) -> int | None:
        """Who is above a customer in a column, once this batch is written."""
        planned = next(
            (edit.above[column] for edit in self.edits.values() if edit.pk == pk and column in edit.above), 0
        )
        if planned:
            return planned
        found: int | None = Customer.objects.values_list(f"{column}_id", flat=True).get(pk=pk)
        return found


class CustomersLoader:
    """Rows that are customers."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, Customer(), Words()
        self._blank = blank_columns(Customer)
        self._person = PersonReader(run)
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers |= {name: remembered(self._readers[name]) for name in REPEATED}
        self._readers["external_id"] = whole_code(self._readers["external_id"])
        for name, listed in LISTS.items():
            self._readers[name] = remembered(partial(words.read, name=listed))
        self._readers["industry"] = remembered(lambda text: _industry(text, words))
        self._readers["headcount"] = remembered(lambda text: number_from(text, 0, LARGEST_FIRM))
        self._readers["brand_note"] = remembered(lambda text: number_from(text, 0, BEST_NOTE))
        self._own = OwnReader(run)
        self._owner = remembered(self._owner_named)
        self.fresh: list[Newcomer] = []  # the customers the latest batch created
        self.former: Former = {}

    def prepare(self, row: Row) -> tuple[CustomerDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        values = row.values
        need(values, "name", refusals)
        draft = CustomerDraft(gather(values, self._readers, refusals))
        draft.uuid = uuid_from(values.get("uuid", ""))
        draft.above = {column: values[column] for column in ABOVE if values.get(column)}
        draft.person = self._person.read(row, refusals)
        try:
            if name := values.get("owner"):
                draft.owner = self._owner(name)
        except ActionError as refusal:
            refusal.field = "owner"
            refusals.append(refusal)
        if self._own.fields:
            draft.custom = self._own.read(values, refusals)
        if not refusals:
            draft.key = normalise_name(draft.given["name"])
            numbers = [point[1] for point in draft.person.own_points]
            draft.words = customer_words(draft.given, numbers, self._own.texts(draft.custom))
        return draft, refusals

    def write(self, _rows: Sequence[Row], drafts: Sequence[CustomerDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers whose standing or whose place in the index is stale."""
        self.fresh, self.former = [], {}
        verdicts, stale = [Verdict() for _ in drafts], set[int]()
        places = list(range(len(drafts)))
        while places:  # a row that means one of this very batch is looked at again once that one is written
            places = self._write(places, drafts, verdicts, stale)
        return verdicts, stale

    def _write(
        self, places: Sequence[int], drafts: Sequence[CustomerDraft], verdicts: Sequence[Verdict], stale: set[int]
    ) -> list[int]:
        some = [drafts[place] for place in places]
        found = self.run.find_customers(
            [name for draft in some for name in (draft.given["name"], *draft.above.values())],
            numbers=[draft.number for draft in some if draft.number],
            uuids=[draft.uuid for draft in some if draft.uuid],
        )
        batch = _Batch()
        for place in places:
            try:
                self._decide(place, drafts[place], found, batch, verdicts[place])
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        self._create(batch, drafts)
        changed = apply_edits(batch.edits, self.run, verdicts)
        changed |= self._bring_people(batch.known, drafts, verdicts)
        index_many(changed)
        stale |= changed
        return batch.again

    def _decide(self, place: int, draft: CustomerDraft, found: Found, batch: _Batch, verdict: Verdict) -> None:
        if draft.number in found.hidden or str(draft.uuid) in found.hidden:
            raise AlreadyDeleted
        known = self._match(draft, found)
        if batch.may_hold(draft, known):
            batch.again.append(place)
            return
        above = {column: self._above(column, draft, known, found, batch) for column in draft.above}
        if batch.changing.intersection(above.values()):
            batch.again.append(place)
        elif None in above.values():
            verdict.waits = True
        elif known is None:
            self.run.may("customer.create")
            batch.take_up(place, draft, self._new(draft, _there(above)))
            verdict.what = CREATED
        elif self.run.on_match == SKIP:
            verdict.what = UNCHANGED
        else:
            batch.known[place] = known
            is_meant = draft.uuid in found.by_uuid
            edit = Edit(known.pk, draft.given, draft.custom, draft.owner, _there(above), is_meant)
            # What was chosen when two were merged is not undone by the file one of them once came from.
            is_former = bool({draft.number, draft.key, str(draft.uuid)} & found.former)
            edit = filling(known, edit) if self.run.only_fills or is_former else edit
            verdict.what = UPDATED if differs(known, edit) else UNCHANGED
            if verdict.what == UPDATED:
                batch.edits[place] = edit
                if former := _former(known, edit):
                    self.former[place] = former
                    batch.changing.add(known.pk)
                    batch.renamed |= {draft.key, *({draft.number} if draft.number else ())}

    def _match(self, draft: CustomerDraft, found: Found) -> Known | None:
        number = draft.number
        numbered = found.by_number.get(number) if number else None
        if draft.uuid in found.by_uuid:
            meant = found.by_uuid[draft.uuid]
            if numbered is not None and numbered.pk != meant.pk:
                raise ExternalIdTaken(external_id=number)
            return meant
        if numbered is not None:
            return numbered
        alike = found.by_key.get(draft.key, ())
        return only([row for row in alike if not (number and row.external_id)], draft.given["name"], "name")

    def _above(self, column: str, draft: CustomerDraft, known: Known | None, found: Found, batch: _Batch) -> int | None:
        """The customer a row names in this column; None while it may still come further down in the file."""
        missing, circle = ABOVE[column]
        try:
            named = found.one(draft.above[column], missing, column)
        except missing:
            if self.run.is_last_pass:
                raise
            return None
        above: int | None = named.pk
        while known is not None and above is not None:
            if above == known.pk:
                raise circle(value=draft.above[column][:60]).at(column)
            above = batch.above(column, above)
        return named.pk

    def _new(self, draft: CustomerDraft, above: Mapping[str, int]) -> NewCustomer:
        owner = draft.owner or (self.run.actor if _keeps(self.run.actor) else None)
        values = {**draft.given, "name_key": draft.key}
        if owner is not None:
            values |= {"owner_id": owner.pk, "team_id": owner.team_id}
        values |= {f"{column}_id": pk for column, pk in above.items()}
        if draft.custom:
            values["custom"] = draft.custom
        assert draft.words is not None  # noqa: S101  prepared for every row that reads well
        return NewCustomer(values, draft.words, draft.person.own_points)

    def _create(self, batch: _Batch, drafts: Sequence[CustomerDraft]) -> None:
        """Write what is new, each with the person named beside it."""
        keys = load_customers(list(batch.fresh.values()), actor=self.run.actor, at=self.run.at)
        people = []
        for (place, new), key in zip(batch.fresh.items(), keys, strict=True):
            self.fresh.append(Newcomer.of(key, {**self._blank, **new.values}))
            if drafts[place].person.words is not None:
                people.append(new_person(key, new.values["name"], drafts[place].person, is_main=True))
        load_people(people, actor=self.run.actor, at=self.run.at)

    def _bring_people(
        self, known: Mapping[int, Known], drafts: Sequence[CustomerDraft], verdicts: Sequence[Verdict]
    ) -> set[int]:
        """Bring the people named beside customers that were there; a number nobody can have refuses only itself."""
        wanted = [
            (place, customer)
            for place, customer in known.items()
            if not drafts[place].person.is_empty and not verdicts[place].refusals
        ]
        if not wanted:
            return set()
        brought = bring_people([(one.pk, one.name, drafts[place].person) for place, one in wanted], self.run)
        for position, (place, _) in enumerate(wanted):
            if brought.what[position] != UNCHANGED and verdicts[place].what == UNCHANGED:
                verdicts[place].what = UPDATED
        return brought.changed

    def _owner_named(self, name: str) -> User:
        owner = self.run.people.one(name, "owner")
        if not self.run.has_all_rights:
            require_hand_over(self.run.actor, owner)
        return owner


def _former(known: Known, edit: Edit) -> tuple[tuple[Any, ...], ...]:
    """What a customer was called until this row, where the row calls it otherwise."""
    news = edit.news(known.external_id)
    is_renamed = normalise_name(news.get("name", known.name)) != known.name_key
    is_renumbered = known.external_id not in ("", news.get("external_id", known.external_id))
    return (
        *((("n", known.name_key),) if is_renamed else ()),
        *((("#", known.external_id),) if is_renumbered else ()),
    )


def _there(above: Mapping[str, int | None]) -> dict[str, int]:
    """Those that were found; nobody asks before all are."""
    return {column: pk for column, pk in above.items() if pk is not None}


def _keeps(actor: User | None) -> bool:
    """Tell whether customers brought by this person are theirs unless the file says otherwise."""
    return actor is not None and actor.role == Role.REP


def _industry(text: str, words: Words) -> str:
    """Give the playbook's own name of an industry; one it does not know stays as it is written."""
    try:
        return words.read(text, "industry")
    except ActionError:
        return text[:60]
