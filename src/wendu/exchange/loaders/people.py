"""The people of customers and how they are reached: brought in with customers, or as a table of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wendu.customers.actions import NewPerson, contact_place, contact_words, index_many, normalised
from wendu.customers.choices import PointKind
from wendu.customers.models import Contact
from wendu.exchange.errors import BrokenPhone, CustomerNotFound
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather, need, remembered, whole_code
from wendu.exchange.loaders.own_reader import OwnReader
from wendu.exchange.loaders.people_book import Book, PersonDraft, Point
from wendu.exchange.report import UNCHANGED
from wendu.exchange.run import Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.values import uuid_from
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name, tidy_line

POINTS = (PointKind.MOBILE, PointKind.PHONE, PointKind.EMAIL, PointKind.WECHAT)
REPEATED = ("job_title", "department")
SEVERAL = re.compile(r"[;；、,，|\n]+")
_CUT_SHORT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")


class PersonReader:
    """Reads what rows tell of people."""

    def __init__(self, run: Run, extra: Sequence[str] = (), own: OwnReader | None = None) -> None:
        self._own = own
        blank, words = Contact(), Words()
        self._readers = {"contact": column_reader(blank, "name")} | {
            name: column_reader(blank, name) for name in (*REPEATED, *extra)
        }
        self._readers |= {name: remembered(self._readers[name]) for name in REPEATED}
        if "external_id" in extra:
            self._readers["external_id"] = whole_code(self._readers["external_id"])
        if "left_on" in extra:
            self._readers["left_on"] = day_reader(run)
            self._readers["do_not_contact"] = remembered(lambda text: words.read(text, "flag") == "1")
        self._is_told = bool(run.shape.fields & {*self._readers, *POINTS})

    def read(self, row: Row, refusals: list[ActionError]) -> PersonDraft:
        """Read the person of a row."""
        if not self._is_told:
            return PersonDraft()
        given = gather(row.values, self._readers, refusals)
        points: dict[tuple[str, str], Point] = {}
        for kind in POINTS:
            if text := row.values.get(kind.value):
                points |= {point[:2]: point for point in _points(kind, text, refusals)}
        draft = PersonDraft(given, tuple(points.values()))
        if "contact" in given:
            given["name"] = given.pop("contact")
            texts: list[str] = []
            if self._own is not None and self._own.fields:
                draft.custom = self._own.read(row.values, refusals)
                texts = self._own.texts(draft.custom)
            draft.words = contact_words(given["name"], [point[1] for point in draft.points], texts)
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
    """What a batch of people changed: per position created, updated or unchanged; whose index entries are stale.

    `former` is the name and number of whoever is called otherwise from this row on.
    """

    what: list[str]
    refusals: dict[int, ActionError] = field(default_factory=dict)
    former: dict[int, tuple[str, str]] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)


def new_person(customer_id: int, customer_name: str, draft: PersonDraft, *, is_main: bool) -> NewPerson:
    """A person nobody knew, with the words prepared when the row was read."""
    words = draft.words or contact_words(draft.given["name"], [point[1] for point in draft.points])
    place = contact_place(customer_name, draft.given.get("job_title", ""))
    values = {**draft.given, "is_main": is_main} if is_main else draft.given
    return NewPerson(customer_id, values, words._replace(subtitle=place[:300]), draft.points)


def bring_people(items: Sequence[tuple[int, str, PersonDraft]], run: Run) -> Brought:
    """Write the people of a batch: new ones in bulk, known ones where they differ, numbers that are new.

    An item is a customer's key and name, and the person.
    """
    numbers = {number for *_, draft in items if (number := draft.given.get("external_id"))}
    uuids = {draft.uuid for *_, draft in items if draft.uuid}
    book = Book({pk for pk, *_ in items}, numbers, run, uuids)
    brought = Brought([UNCHANGED] * len(items))
    for position, (pk, name, draft) in enumerate(items):
        try:
            brought.what[position] = book.bring(pk, name, draft)
            if book.former is not None:
                brought.former[position] = book.former
        except ActionError as refusal:
            brought.refusals[position] = refusal
    brought.changed = book.write()
    return brought


class ContactsLoader:
    """A table of contacts, each with the customer it belongs to."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._reader = PersonReader(run, ("note", "external_id", "left_on"), OwnReader(run))
        self.former: Former = {}

    def prepare(self, row: Row) -> tuple[PersonDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        need(row.values, "contact", refusals)
        need(row.values, "customer", refusals)
        draft = self._reader.read(row, refusals)
        draft.uuid = uuid_from(row.values.get("uuid", ""))
        return draft, refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[PersonDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers whose search entries are stale."""
        self.former = {}
        found = self.run.find_customers(row.values["customer"] for row in rows)
        verdicts = [Verdict() for _ in rows]
        items, places = [], []
        for place, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
            try:
                customer = found.one(row.values["customer"], CustomerNotFound, "customer")
                self.run.may_about("contact.create", customer.pk)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
                continue
            items.append((customer.pk, customer.name, draft))
            places.append(place)
        brought = bring_people(items, self.run)
        for position, place in enumerate(places):
            if position in brought.refusals:
                verdicts[place].refusals.append(brought.refusals[position])
            else:
                verdicts[place].what = brought.what[position]
            if position in brought.former:
                name, number = brought.former[position]
                home = normalise_name(rows[place].values["customer"])
                self.former[place] = ((home, name.casefold()), *((("#", number),) if number else ()))
        return verdicts, brought.changed

    def index(self, customer_ids: set[int]) -> None:
        """Make the people of these customers findable by what is now known."""
        index_many(customer_ids)
