"""Entries of the journal as an auditor reads them: what, to which thing, from what to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import pgettext

from wendu.customers.models import Contact, Customer
from wendu.desk.audit_values import Book, Names, field_words, is_silent, names_in, value_words
from wendu.desk.audit_words import verb_words
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.journal.queries import shown_changes


@dataclass(frozen=True, slots=True)
class Change:
    """One value of an entry: what it is called, what stood there, what stands."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    at: datetime
    actor: str
    words: str
    verb: str
    door: str
    name: str
    customer_uuid: UUID | None
    changes: tuple[Change, ...]
    note: str


def lines(entries: Sequence[Entry], *, book: Book | None = None, reader: User | None = None) -> list[Line]:
    """Entries in words (a fixed number of queries); contact data stays masked even here.

    `book` words places of the playbook, as its own pages call them. To a `reader` who sees these entries for the sake
    of one customer, other customers they name are named only if the reader sees those as well.
    """
    names = names_in(entries, book=book)
    if reader is not None:
        _hide(names, reader)
    return [_line(entry, names) for entry in entries]


def _hide(names: Names, reader: User) -> None:
    """Take the names out that this person does not see: customers, and the people of others (two queries)."""
    unseen = pgettext("journal value", "one you do not see")
    customers = set(Customer.objects.visible_to(reader).filter(pk__in=names.customers).values_list("pk", flat=True))
    contacts = set(Contact.objects.visible_to(reader).filter(pk__in=names.contacts).values_list("pk", flat=True))
    names.customers.update({pk: (unseen, None) for pk in names.customers if pk not in customers})
    names.contacts.update({pk: unseen for pk in names.contacts if pk not in contacts})


def _line(entry: Entry, names: Names) -> Line:
    of_customer = entry.root_kind == "customer"
    name, uuid = names.customers.get(entry.root_id or 0, ("", None)) if of_customer else (_subject(entry, names), None)
    return Line(
        at=entry.at,
        actor=entry.actor.display_name if entry.actor else pgettext("journal", "Wendu itself"),
        words=verb_words(entry.verb),
        verb=entry.verb,
        door=str(entry.get_door_display()),
        name=name,
        customer_uuid=uuid,
        changes=tuple(_changes(entry, names)),
        note=entry.note,
    )


def _subject(entry: Entry, names: Names) -> str:
    """What it happened to, by name; what has none is said by the words of the deed alone."""
    if entry.subject_kind in ("user", "team"):
        return names.of(entry.subject_kind, entry.subject_id)
    told = (entry.after or {}) | (entry.before or {})
    return str(next((told[each] for each in ("name", "title", "tag") if told.get(each)), ""))


def _changes(entry: Entry, names: Names) -> Iterable[Change]:
    is_code = entry.verb.startswith("override.")  # a class or the points of a gate, not somebody's number
    before, after = (shown_changes(side, clear=is_code) for side in (entry.before, entry.after))
    for name in dict.fromkeys((*before, *after)):
        is_same = name in before and name in after and before[name] == after[name]
        if not (is_silent(name) or is_same):
            was, stands = (value_words(entry, name, side.get(name), names) for side in (before, after))
            yield Change(field_words(entry, name, names), was, stands)
