"""The people of customers and how they are reached: brought in with customers, or as a table of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from wendu.customers.actions import ContactIdTaken, index_many, normalised
from wendu.customers.choices import PointKind
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.exchange.errors import BrokenPhone, CustomerNotFound
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, differing, gather, need
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.journal.actions import entry_for, record_many
from wendu.journal.models import Entry
from wendu.kernel.bulk import create_rows
from wendu.kernel.changes import plain
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line

POINTS = (PointKind.MOBILE, PointKind.PHONE, PointKind.EMAIL, PointKind.WECHAT)
SEVERAL = re.compile(r"[;；、,，|\n]+")
_CUT_SHORT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")
Point = tuple[str, str, str]
JOURNALED = ("name", "job_title", "department", "note", "external_id", "left_on", "is_main")


@dataclass(slots=True)
class PersonDraft:
    """A person as a row tells of them; without a name the numbers are the customer's own."""

    given: dict[str, Any] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether the row said nothing of anybody."""
        return not self.given and not self.points


class PersonReader:
    """Reads what rows tell of people."""

    def __init__(self, run: Run, extra: Sequence[str] = ()) -> None:
        blank, words = Contact(), Words()
        self._readers = {"contact": column_reader(blank, "name")} | {
            name: column_reader(blank, name) for name in ("job_title", "department", *extra)
        }
        self._readers["left_on"] = day_reader(run)
        self._readers["do_not_contact"] = lambda text: words.read(text, "flag") == "1"
        if "left_on" not in extra:
            del self._readers["left_on"], self._readers["do_not_contact"]

    def read(self, row: Row, refusals: list[ActionError]) -> PersonDraft:
        """Read the person of a row."""
        given = gather(row.values, self._readers, refusals)
        if "contact" in given:
            given["name"] = given.pop("contact")
        draft = PersonDraft(given)
        for kind in POINTS:
            if text := row.values.get(kind.value):
                draft.points += _points(kind, text, refusals)
        return draft


def _points(kind: PointKind, text: str, refusals: list[ActionError]) -> list[Point]:
    found: list[Point] = []
    try:
        if kind in (PointKind.MOBILE, PointKind.PHONE) and _CUT_SHORT.fullmatch(text):
            raise BrokenPhone(value=text[:40])
        pieces = [piece for piece in SEVERAL.split(text) if piece.strip()]
        found = [(kind.value, normalised(kind, piece), tidy_line(piece)) for piece in pieces]
    except ActionError as refusal:
        refusal.field = kind.value
        refusals.append(refusal)
    return found


@dataclass(slots=True)
class Brought:
    """What a batch of people changed: per position created, updated or unchanged; whom to index anew."""

    what: list[str]
    refusals: dict[int, ActionError] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)


class _Book:
    """The people and numbers of some customers as the database has them, and as the batch leaves them."""

    def __init__(self, customer_ids: set[int], numbers: set[str], run: Run) -> None:
        self.run = run
        self.fresh: list[Contact] = []
        self.edits: list[tuple[Contact, dict[str, Any], dict[str, Any]]] = []
        self.new_points: list[tuple[Contact | None, ContactPoint]] = []
        self._by_name: dict[tuple[int, str], Contact] = {}
        self._with_main: set[int] = set()
        rows = Contact.objects.filter(deleted_at__isnull=True, customer_id__in=customer_ids)
        people = {row.pk: row for row in rows.order_by("-pk")}
        for row in people.values():
            self._by_name[row.customer_id, row.name.casefold()] = row
            if row.is_main:
                self._with_main.add(row.customer_id)
        named = Contact.objects.filter(external_id__in=numbers) if numbers else ()
        self._by_number = {row.external_id: people.get(row.pk, row) for row in named}
        self._points: set[tuple[int, int, str, str]] = set()
        for customer_id, contact_id, kind, value in ContactPoint.objects.filter(
            customer_id__in=customer_ids
        ).values_list("customer_id", "contact_id", "kind", "value"):
            if contact_id is None or contact_id in people:
                self._points.add((customer_id, id(people[contact_id]) if contact_id else 0, kind, value))

    def bring(self, customer: Customer, draft: PersonDraft) -> str:
        """Take one person and the numbers; tell whether this is new, a change or nothing new."""
        name, contact, what = draft.given.get("name"), None, UNCHANGED
        if name:
            contact = self._find(customer, draft)
            if contact is None:
                contact, what = self._add(customer, draft), CREATED
            elif self.run.on_match == SKIP:
                return UNCHANGED
            elif self._edit(contact, draft):
                what = UPDATED
        is_new = [self._point(customer, contact, point) for point in draft.points]
        return UPDATED if what == UNCHANGED and any(is_new) else what

    def write(self) -> None:
        """Write what was taken, journaled."""
        if self.fresh:
            create_rows(self.fresh)
        for contact, _, after in self.edits:
            contact.save(update_fields=list(after))
            Contact.objects.filter(pk=contact.pk).update(revision=F("revision") + 1)
        for owner, point in self.new_points:
            point.contact = owner
        ContactPoint.objects.bulk_create([point for _, point in self.new_points])
        record_many(self._entries())

    def _find(self, customer: Customer, draft: PersonDraft) -> Contact | None:
        number = draft.given.get("external_id", "")
        if number in self._by_number:
            found = self._by_number[number]
            if found.customer_id != customer.pk or found.deleted_at is not None:
                raise ContactIdTaken(external_id=number)
            return found
        alike = self._by_name.get((customer.pk, draft.given["name"].casefold()))
        return None if alike and number and alike.external_id else alike

    def _add(self, customer: Customer, draft: PersonDraft) -> Contact:
        contact = Contact(customer=customer, created_at=self.run.at, **draft.given)
        contact.is_main = contact.left_on is None and customer.pk not in self._with_main
        if contact.is_main:
            self._with_main.add(customer.pk)
        self._by_name[customer.pk, contact.name.casefold()] = contact
        if contact.external_id:
            self._by_number[contact.external_id] = contact
        self.fresh.append(contact)
        return contact

    def _edit(self, contact: Contact, draft: PersonDraft) -> bool:
        before, after = differing(contact, draft.given)
        if after:
            self.edits.append((contact, before, after))
        return bool(after)

    def _point(self, customer: Customer, contact: Contact | None, point: Point) -> bool:
        kind, value, written = point
        key = (customer.pk, id(contact) if contact else 0, kind, value)
        if key in self._points:
            return False
        self._points.add(key)
        row = ContactPoint(customer=customer, kind=kind, value=value, written=written[:200])
        self.new_points.append((contact, row))
        return True

    def _entries(self) -> Iterator[Entry]:
        actor, at = self.run.actor, self.run.at
        for contact in self.fresh:
            after = {name: plain(getattr(contact, name)) for name in JOURNALED}
            yield entry_for("contact.added", subject=contact, actor=actor, at=at, after=after)
        for contact, before, after in self.edits:
            yield entry_for("contact.edited", subject=contact, actor=actor, at=at, before=before, after=after)
        for _, point in self.new_points:
            after = {"contact": point.contact_id, "kind": point.kind, "value": point.value}
            yield entry_for("contact_point.added", subject=point, actor=actor, at=at, after=after)


def bring_people(items: Sequence[tuple[Customer, PersonDraft]], run: Run) -> Brought:
    """Write the people of a batch: new ones in bulk, known ones where they differ, numbers that are new."""
    numbers = {number for _, draft in items if (number := draft.given.get("external_id"))}
    book = _Book({customer.pk for customer, _ in items}, numbers, run)
    brought = Brought([UNCHANGED] * len(items))
    for position, (customer, draft) in enumerate(items):
        try:
            brought.what[position] = book.bring(customer, draft)
        except ActionError as refusal:
            brought.refusals[position] = refusal
            continue
        if brought.what[position] != UNCHANGED:
            brought.changed.add(customer.pk)
    book.write()
    return brought


class ContactsLoader:
    """A table of contacts, each with the customer it belongs to."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._reader = PersonReader(run, ("note", "external_id", "left_on"))

    def prepare(self, row: Row) -> tuple[PersonDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        need(row.values, "contact", refusals)
        need(row.values, "customer", refusals)
        return self._reader.read(row, refusals), refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[PersonDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers whose search entries are stale."""
        found = self.run.find_customers(row.values["customer"] for row in rows)
        verdicts = [Verdict() for _ in rows]
        items, places = [], []
        rights: dict[int, Customer] = {}
        for place, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
            try:
                customer = found.one(row.values["customer"], CustomerNotFound, "customer")
                if customer.pk not in rights:
                    self.run.may("contact.create", customer)
                    rights[customer.pk] = customer
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
                continue
            items.append((customer, draft))
            places.append(place)
        brought = bring_people(items, self.run)
        for position, place in enumerate(places):
            if position in brought.refusals:
                verdicts[place].refusals.append(brought.refusals[position])
            else:
                verdicts[place].what = brought.what[position]
        return verdicts, brought.changed

    def index(self, customer_ids: set[int]) -> None:
        """Make the people of these customers findable by what is now known."""
        index_many(customer_ids)
