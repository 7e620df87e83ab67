"""The people and numbers of some customers as the database has them, and as a batch of rows leaves them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from wendu.customers.actions import ContactIdTaken, NewPerson, contact_place, contact_words, load_people, load_points
from wendu.customers.choices import FieldAbout
from wendu.customers.models import Contact, ContactPoint
from wendu.customers.queries import own_texts
from wendu.exchange.loaders.fields import differing
from wendu.exchange.loaders.own_reader import own_news
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, SKIP, Run
from wendu.journal.actions import entry_for, record_many
from wendu.kernel.entity import carrying
from wendu.search.findable import Words

Point = tuple[str, str, str]


@dataclass(slots=True)
class PersonDraft:
    """A person as a row tells of them; without a name the numbers are the customer's own."""

    given: dict[str, Any] = field(default_factory=dict)
    points: Sequence[Point] = ()
    words: Words | None = None
    uuid: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether the row said nothing of anybody."""
        return not self.given and not self.points

    @property
    def own_points(self) -> Sequence[Point]:
        """The numbers that are the customer's own."""
        return () if "name" in self.given else self.points


class KnownPerson(NamedTuple):
    """A person who is there."""

    pk: int
    customer_id: int
    name: str
    job_title: str
    department: str
    note: str
    external_id: str
    left_on: date | None
    do_not_contact: bool
    custom: dict[str, Any]
    is_main: bool
    deleted_at: Any
    merged_into_id: int | None


@dataclass(slots=True)
class _Fresh:
    """A person the batch adds; a later row of it may say more."""

    customer_id: int
    customer_name: str
    values: dict[str, Any]
    points: list[Point] = field(default_factory=list)
    words: Words | None = None

    def told(self) -> NewPerson:
        """The person as it is written; words prepared for one row do not fit what a later row added."""
        own = own_texts(FieldAbout.CONTACT, self.values.get("custom", {}))
        words = self.words or contact_words(self.values["name"], [value for _, value, _ in self.points], own)
        place = contact_place(self.customer_name, self.values.get("job_title", ""))
        return NewPerson(self.customer_id, self.values, words._replace(subtitle=place[:300]), self.points)


class Book:
    """Takes rows one by one, then writes all of them."""

    def __init__(self, customer_ids: set[int], numbers: set[str], run: Run, uuids: set[UUID] | None = None) -> None:
        self.run = run
        self._fresh: list[_Fresh] = []
        self._edits: dict[int, dict[str, Any]] = {}
        self._new_points: list[tuple[int | None, int, Point]] = []
        self._by_name: dict[tuple[int, str], list[KnownPerson | _Fresh]] = {}  # who came first stands first
        self._by_number: dict[str, KnownPerson | _Fresh] = {}
        self._former: set[tuple[int, str]] = set()
        self._with_main: set[int] = set()
        self._points: set[tuple[int, int, str, str]] = set()
        self._kinds: set[tuple[int, int, str]] = set()
        self._by_uuid: dict[UUID, KnownPerson] = {}
        self.former: tuple[str, str] | None = None  # what the latest one was called, if it is called otherwise now
        self._read(customer_ids, numbers)
        if uuids:
            rows = Contact.objects.filter(uuid__in=uuids).values_list("uuid", *KnownPerson._fields)
            self._by_uuid = {uuid: KnownPerson(*values) for uuid, *values in rows}

    def bring(self, customer_id: int, customer_name: str, draft: PersonDraft) -> str:
        """Take one person and the numbers; tell whether this is new, a change or nothing new."""
        given, points, self.former = draft.given, draft.points, None
        if "name" not in given:
            return self._note_points(None, customer_id, points)
        person = self._meant(customer_id, draft) or self._find(customer_id, given)
        if person is None:
            self._add(customer_id, customer_name, draft)
            return CREATED
        if self.run.on_match == SKIP:
            return UNCHANGED
        fills = self.run.only_fills or self._is_former(customer_id, given)
        what = UPDATED if self._edit(person, draft, fills=fills) else UNCHANGED
        return UPDATED if self._note_points(person, customer_id, points) == UPDATED else what

    def write(self) -> set[int]:
        """Write what was taken, journaled; gives the customers whose people are to be indexed anew."""
        load_people([fresh.told() for fresh in self._fresh], actor=self.run.actor, at=self.run.at)
        load_points(self._new_points, actor=self.run.actor, at=self.run.at)
        return self._write_edits() | {customer for _, customer, _ in self._new_points}

    def _read(self, customer_ids: set[int], numbers: set[str]) -> None:
        there = Q(deleted_at__isnull=True) | Q(merged_into__isnull=False)
        found = _people(Contact.objects.filter(there, customer_id__in=customer_ids).order_by("-pk"))
        rows = [row for row in found if row.deleted_at is None]
        people = {row.pk: row for row in rows}
        for row in reversed(rows):
            self._by_name.setdefault((row.customer_id, row.name.casefold()), []).append(row)
            if row.is_main:
                self._with_main.add(row.customer_id)
        for row in found:  # who was merged is known by its name and number as well
            if row.merged_into_id in people:
                self._note_former(row, people[row.merged_into_id])
        if numbers:
            carriers = _people(Contact.objects.filter(carrying(numbers)))
            self._by_number |= {row.external_id: people.get(row.merged_into_id or row.pk, row) for row in carriers}
        points = ContactPoint.objects.filter(customer_id__in=customer_ids)
        for customer_id, contact_id, kind, value in points.values_list("customer_id", "contact_id", "kind", "value"):
            if contact_id is None or contact_id in people:
                self._points.add((customer_id, contact_id or 0, kind, value))
                self._kinds.add((customer_id, contact_id or 0, kind))

    def _note_former(self, row: KnownPerson, now: KnownPerson) -> None:
        self._by_name.setdefault((row.customer_id, row.name.casefold()), [now])
        self._former |= {(row.customer_id, row.name.casefold()), (row.customer_id, row.external_id)}

    def _is_former(self, customer_id: int, given: dict[str, Any]) -> bool:
        """Whether a row names a person as it was called before it was merged: what was chosen then stays."""
        words = given["name"].casefold(), given.get("external_id") or given["name"].casefold()
        return any((customer_id, word) in self._former for word in words)

    def _meant(self, customer_id: int, draft: PersonDraft) -> KnownPerson | None:
        """The person whose id the row bears; one who is elsewhere or deleted is not brought back by a file."""
        person = self._by_uuid.get(draft.uuid) if draft.uuid else None
        if person is None:
            return None
        number = draft.given.get("external_id", "")
        other = self._by_number.get(number) if number else None
        is_other = other is not None and not (isinstance(other, KnownPerson) and other.pk == person.pk)
        if is_other or person.customer_id != customer_id or person.deleted_at is not None:
            raise ContactIdTaken(external_id=number or str(draft.uuid))
        return person

    def _find(self, customer_id: int, given: dict[str, Any]) -> KnownPerson | _Fresh | None:
        number = given.get("external_id", "")
        if number in self._by_number:
            found = self._by_number[number]
            is_gone = isinstance(found, KnownPerson) and found.deleted_at is not None
            if found.customer_id != customer_id or is_gone:
                raise ContactIdTaken(external_id=number)
            return found
        alike = next(iter(self._by_name.get((customer_id, given["name"].casefold()), ())), None)
        return None if alike and number and self._held(alike, "external_id") else alike

    def _add(self, customer_id: int, customer_name: str, draft: PersonDraft) -> None:
        given = draft.given
        is_main = given.get("left_on") is None and customer_id not in self._with_main
        if is_main:
            self._with_main.add(customer_id)
        values = {**given, "is_main": is_main, **({"custom": draft.custom} if draft.custom else {})}
        fresh = _Fresh(customer_id, customer_name, values, list(draft.points), draft.words)
        self._by_name.setdefault((customer_id, given["name"].casefold()), []).append(fresh)
        if number := given.get("external_id"):
            self._by_number[number] = fresh
        self._fresh.append(fresh)

    def _edit(self, person: KnownPerson | _Fresh, draft: PersonDraft, *, fills: bool) -> bool:
        given, held = draft.given, self._held(person, "custom") or {}
        if fills:
            given = {name: value for name, value in given.items() if self._held(person, name) in BLANK}
        news = {name: value for name, value in given.items() if self._held(person, name) != value}
        if own := own_news(held, draft.custom, fills=fills):
            news["custom"] = {**held, **own}
        if not news:
            return False
        self._rename(person, news)
        if isinstance(person, _Fresh):
            person.values |= news
            person.words = None
        else:
            self._edits[person.pk] = {**self._edits.get(person.pk, {}), **news}
        return True

    def _rename(self, person: KnownPerson | _Fresh, news: dict[str, Any]) -> None:
        """Whoever gets another name or number is not meant by the old one any more, in this batch as in the next."""
        name, number = self._held(person, "name"), self._held(person, "external_id") or ""
        if "name" in news:
            alike = self._by_name.get((person.customer_id, name.casefold()), [])
            self._by_name[person.customer_id, name.casefold()] = [each for each in alike if each is not person]
            self._by_name.setdefault((person.customer_id, news["name"].casefold()), []).append(person)
        if "external_id" in news:
            self._by_number.pop(number, None)
            self._by_number[news["external_id"]] = person
        if news.keys() & {"name", "external_id"}:
            self.former = (name, number)

    def _held(self, person: KnownPerson | _Fresh, name: str) -> Any:
        """What is known of a person, the rows before this one counted in."""
        if isinstance(person, _Fresh):
            return person.values.get(name)
        return self._edits.get(person.pk, {}).get(name, getattr(person, name))

    def _note_points(self, person: KnownPerson | _Fresh | None, customer_id: int, points: Sequence[Point]) -> str:
        if self.run.only_fills:
            points = [point for point in points if not self._has_kind(person, customer_id, point[0])]
        if isinstance(person, _Fresh):
            held = {point[:2] for point in person.points}
            news = [point for point in points if point[:2] not in held]
            person.points += news
            person.words = None if news else person.words
        else:
            pk = person.pk if person else 0
            news = [point for point in points if (customer_id, pk, *point[:2]) not in self._points]
            self._points |= {(customer_id, pk, *point[:2]) for point in news}
            self._kinds |= {(customer_id, pk, point[0]) for point in news}
            self._new_points += [(pk or None, customer_id, point) for point in news]
        return UPDATED if news else UNCHANGED

    def _has_kind(self, person: KnownPerson | _Fresh | None, customer_id: int, kind: str) -> bool:
        """Whether there is a number of this kind already."""
        if isinstance(person, _Fresh):
            return any(point[0] == kind for point in person.points)
        return (customer_id, person.pk if person else 0, kind) in self._kinds

    def _write_edits(self) -> set[int]:
        rows = Contact.objects.in_bulk(list(self._edits))
        entries, columns = [], set[str]()
        for pk, news in self._edits.items():
            was = rows[pk].custom
            before, after = differing(rows[pk], news)
            columns |= set(after)
            own = own_news(was, after.pop("custom", {}), fills=False)
            before.pop("custom", None)
            if after:
                entries.append(self._entry("contact.edited", rows[pk], before, after))
            if own:
                old = {code: was.get(code) for code in own}
                entries.append(self._entry("contact.custom_changed", rows[pk], old, own))
        if columns:
            Contact.objects.bulk_update(rows.values(), sorted(columns))
            Contact.objects.filter(pk__in=rows).update(revision=F("revision") + 1)
        record_many(entries)
        return {row.customer_id for row in rows.values()}

    def _entry(self, verb: str, person: Contact, before: dict[str, Any], after: dict[str, Any]) -> Any:
        return entry_for(verb, subject=person, actor=self.run.actor, at=self.run.at, before=before, after=after)


def _people(rows: Any) -> list[KnownPerson]:
    return [KnownPerson(*row) for row in rows.values_list(*KnownPerson._fields)]
