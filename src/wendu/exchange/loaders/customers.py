"""A table of customers: matched by number or name, placed under their parents, with their people and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from wendu.customers.actions import (
    AlreadyDeleted,
    define_field,
    index_many,
    index_new,
    require_hand_over,
    typed_value,
)
from wendu.customers.choices import FieldType
from wendu.customers.models import Collaborator, Customer, CustomField
from wendu.customers.queries import standing_fields
from wendu.exchange.errors import ColumnMissing, OwnParent, ParentNotFound, SeveralFound
from wendu.exchange.loaders.fields import Words, column_reader, differing, gather, need
from wendu.exchange.loaders.people import PersonDraft, PersonReader, bring_people
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Found, Run, Verdict
from wendu.exchange.shaping import CUSTOM, Row
from wendu.exchange.values import number_from
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.journal.models import Entry
from wendu.kernel.bulk import create_rows
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name

TEXTS = ("external_id", "name", "province", "city", "address", "source_text", "note")
LISTS = {
    "kind": "customer_kind",
    "market": "market",
    "tier": "tier",
    "sale_kind": "sale_kind",
    "product_kind": "product_kind",
}
LARGEST_FIRM = 10_000_000


@dataclass(slots=True)
class CustomerDraft:
    """A customer as a row tells of it."""

    given: dict[str, Any] = field(default_factory=dict)
    owner: User | None = None
    parent: str = ""
    custom: dict[str, Any] = field(default_factory=dict)
    person: PersonDraft = field(default_factory=PersonDraft)


@dataclass(slots=True)
class _Batch:
    """What a batch will write."""

    fresh: list[Customer] = field(default_factory=list)
    changed: dict[int, Customer] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    entries: list[tuple[str, Customer, dict[str, Any] | None, dict[str, Any]]] = field(default_factory=list)
    handed: list[tuple[int, User]] = field(default_factory=list)

    def note(
        self, verb: str, customer: Customer, before: dict[str, Any], after: dict[str, Any], columns: set[str]
    ) -> None:
        """Note a change of a customer, which is perhaps itself new in this batch."""
        self.entries.append((verb, customer, before, after))
        if customer.pk is not None:
            self.columns |= columns
            self.changed[customer.pk] = customer

    def hand_over(self, customer: Customer, owner: User) -> None:
        """Give a customer to another owner, whose team comes along."""
        old = {"owner": customer.owner_id, "team": customer.team_id}
        customer.owner, customer.team = owner, owner.team
        new = {"owner": customer.owner_id, "team": customer.team_id}
        self.note("customer.owner_changed", customer, old, new, {"owner", "team"})
        if customer.pk is not None:
            self.handed.append((customer.pk, owner))


class CustomersLoader:
    """Rows that are customers."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, Customer(), Words()
        self._person = PersonReader(run)
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        for name, listed in LISTS.items():
            self._readers[name] = lambda text, listed=listed: words.read(text, listed)
        self._readers["industry"] = lambda text: _industry(text, words)
        self._readers["headcount"] = lambda text: number_from(text, 0, LARGEST_FIRM)
        self._custom = self._own_fields()
        self._owners_allowed: set[int] = set()
        self.fresh: list[Customer] = []  # the customers the latest batch created

    def prepare(self, row: Row) -> tuple[CustomerDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        need(row.values, "name", refusals)
        draft = CustomerDraft(gather(row.values, self._readers, refusals))
        draft.parent = row.values.get("parent", "")
        draft.person = self._person.read(row, refusals)
        try:
            if name := row.values.get("owner"):
                draft.owner = self.run.people.one(name, "owner")
                self._require_hand_over(draft.owner)
        except ActionError as refusal:
            refusal.field = "owner"
            refusals.append(refusal)
        for code, own in self._custom.items():
            try:
                if text := row.values.get(CUSTOM + code):
                    draft.custom[code] = typed_value(own, text)
            except ActionError as refusal:
                refusal.field = CUSTOM + code
                refusals.append(refusal)
        return draft, refusals

    def write(self, _rows: Sequence[Row], drafts: Sequence[CustomerDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers the coach has to judge."""
        found = self.run.find_customers(
            name for draft in drafts for name in (draft.given["name"], draft.given.get("external_id", ""), draft.parent)
        )
        taken = {draft.given["external_id"] for draft in drafts if draft.given.get("external_id")} - set(
            found.by_number
        )
        hidden = set(Customer.objects.filter(external_id__in=taken).values_list("external_id", flat=True))
        batch, verdicts, written = _Batch(), [], []
        for draft in drafts:
            verdict, customer = self._decide(draft, found, hidden, batch)
            verdicts.append(verdict)
            written.append(customer)
        self._store(batch)
        self.fresh = batch.fresh
        stale = {customer.pk for customer in batch.fresh} | set(batch.changed)
        peopled = self._people(drafts, verdicts, written, stale)
        bare = {customer.pk: customer for customer in batch.fresh if customer.pk not in peopled}
        index_new(bare.values())
        index_many(stale - bare.keys())
        return verdicts, stale

    def _decide(
        self, draft: CustomerDraft, found: Found, hidden: set[str], batch: _Batch
    ) -> tuple[Verdict, Customer | None]:
        verdict = Verdict()
        try:
            if draft.given.get("external_id") in hidden:
                raise AlreadyDeleted
            customer = self._match(draft, found)
            parent = self._parent(draft, customer, found)
            if draft.parent and parent is None:
                verdict.waits = True
                return verdict, None
            if customer is None:
                customer = self._new(draft, parent, found, batch)
                verdict.what = CREATED
            elif self.run.on_match == SKIP:
                verdict.what = UNCHANGED
            else:
                verdict.what = self._update(customer, draft, parent, batch)
        except ActionError as refusal:
            verdict.refusals.append(refusal)
            return verdict, None
        return verdict, customer

    def _match(self, draft: CustomerDraft, found: Found) -> Customer | None:
        number, name = draft.given.get("external_id", ""), draft.given["name"]
        if number and number in found.by_number:
            return found.by_number[number]
        alike = [row for row in found.by_key.get(normalise_name(name), []) if not (number and row.external_id)]
        exact = [row for row in alike if row.name == name]
        choice = exact if len(exact) == 1 else alike
        if len(choice) > 1:
            raise SeveralFound(value=name[:60]).at("name")
        return choice[0] if choice else None

    def _parent(self, draft: CustomerDraft, customer: Customer | None, found: Found) -> Customer | None:
        if not draft.parent:
            return None
        try:
            parent = found.one(draft.parent, ParentNotFound, "parent")
        except ParentNotFound:
            if self.run.is_last_pass:
                raise
            return None
        if parent.pk is None:
            return None
        above: Customer | None = parent
        while customer is not None and above is not None:
            if above.pk == customer.pk:
                raise OwnParent(value=draft.parent[:60]).at("parent")
            above = above.parent
        return parent

    def _new(self, draft: CustomerDraft, parent: Customer | None, found: Found, batch: _Batch) -> Customer:
        self.run.may("customer.create")
        owner = draft.owner or (self.run.actor if _keeps(self.run.actor) else None)
        customer = Customer(
            **draft.given,
            name_key=normalise_name(draft.given["name"]),
            owner=owner,
            team_id=owner.team_id if owner else None,
            parent=parent,
            custom=draft.custom,
            created_at=self.run.at,
        )
        batch.fresh.append(customer)
        after = {**draft.given, "owner": owner.pk if owner else None, "parent": parent.pk if parent else None}
        batch.entries.append(("customer.created", customer, None, after | {"custom": draft.custom or None}))
        found.by_key.setdefault(customer.name_key, []).append(customer)
        if customer.external_id:
            found.by_number[customer.external_id] = customer
        return customer

    def _update(self, customer: Customer, draft: CustomerDraft, parent: Customer | None, batch: _Batch) -> str:
        given = dict(draft.given)
        if not (given.get("external_id") and customer.external_id == given["external_id"]):
            given.pop("name")  # found by its name, a shorter spelling of it is no news
        wants_owner = draft.owner is not None and draft.owner.pk != customer.owner_id
        wants_parent = parent is not None and parent.pk != customer.parent_id
        custom = {**customer.custom, **draft.custom}
        differs = custom != customer.custom or any(getattr(customer, name) != value for name, value in given.items())
        if not (wants_owner or wants_parent or differs):
            return UNCHANGED
        self.run.may("customer.edit", customer)
        if wants_owner:
            self.run.may("customer.assign", customer)
        before, after = differing(customer, given)
        if after:
            customer.name_key = normalise_name(customer.name)
            batch.note("customer.edited", customer, before, after, {*after, "name_key"})
        if custom != customer.custom:
            old = {code: customer.custom.get(code) for code in draft.custom}
            customer.custom = custom
            batch.note("customer.custom_changed", customer, old, draft.custom, {"custom"})
        if wants_parent and parent is not None:
            batch.note(
                "customer.parent_changed", customer, {"parent": customer.parent_id}, {"parent": parent.pk}, {"parent"}
            )
            customer.parent = parent
        if wants_owner and draft.owner is not None:
            batch.hand_over(customer, draft.owner)
        return UPDATED

    def _store(self, batch: _Batch) -> None:
        if batch.fresh:
            create_rows(batch.fresh)
        if batch.changed:
            Customer.objects.bulk_update(batch.changed.values(), sorted(batch.columns))
            Customer.objects.filter(pk__in=batch.changed).update(revision=F("revision") + 1)
        for pk, owner in batch.handed:
            Collaborator.objects.filter(customer_id=pk, user=owner).delete()
        record_many(self._entry(*each) for each in batch.entries)

    def _entry(self, verb: str, customer: Customer, before: dict[str, Any] | None, after: dict[str, Any]) -> Entry:
        return entry_for(verb, subject=customer, actor=self.run.actor, at=self.run.at, before=before, after=after)

    def _people(
        self,
        drafts: Sequence[CustomerDraft],
        verdicts: Sequence[Verdict],
        written: Sequence[Customer | None],
        stale: set[int],
    ) -> set[int]:
        """Bring the people named beside the customers, and tell whose were brought.

        A number nobody can have refuses only what it would change.
        """
        items, places = [], []
        for place, (draft, customer) in enumerate(zip(drafts, written, strict=True)):
            is_wanted = verdicts[place].what == CREATED or self.run.on_match != SKIP
            if customer is not None and not draft.person.is_empty and is_wanted:
                items.append((customer, draft.person))
                places.append(place)
        if not items:
            return set()
        brought = bring_people(items, self.run)
        for position, place in enumerate(places):
            if brought.what[position] != UNCHANGED and verdicts[place].what == UNCHANGED:
                verdicts[place].what = UPDATED
        stale |= brought.changed
        return brought.changed

    def _require_hand_over(self, owner: User) -> None:
        if self.run.has_all_rights or owner.pk in self._owners_allowed:
            return
        require_hand_over(self.run.actor, owner)
        self._owners_allowed.add(owner.pk)

    def _own_fields(self) -> dict[str, CustomField]:
        """The company's own fields the file fills; those the map describes are defined if they are new."""
        known = {own.code: own for own in standing_fields()}
        wanted = [name.removeprefix(CUSTOM) for name in self.run.shape.fields if name.startswith(CUSTOM)]
        for code in wanted:
            described = self.run.shape.map.custom_fields.get(code)
            if code not in known and described is None:
                raise ColumnMissing(wanted=f"custom_fields.{code}", found=", ".join(known) or "-")
            if code not in known and described is not None:
                known[code] = define_field(
                    code=code,
                    label_zh=described.zh,
                    label_en=described.en,
                    type=FieldType(described.type),
                    actor=self.run.actor,
                    at=self.run.at,
                )
        return {code: known[code] for code in wanted}


def _keeps(actor: User | None) -> bool:
    """Tell whether customers brought by this person are theirs unless the file says otherwise."""
    return actor is not None and actor.role == Role.REP


def _industry(text: str, words: Words) -> str:
    """Give the playbook's own name of an industry; one it does not know stays as it is written."""
    try:
        return words.read(text, "industry")
    except ActionError:
        return text[:60]
