"""Entries of the journal as an auditor reads them: what, to which thing, from what to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.customers.models import Customer
from wendu.desk.audit_words import kind_words, verb_words
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.journal.queries import shown_changes

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One value of an entry: its name in the table, what stood there, what stands."""

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


def lines(entries: Sequence[Entry]) -> list[Line]:
    """Entries in words (two queries, however many); contact data stays masked even here."""
    customers = _customers(entry.root_id for entry in entries if entry.root_kind == "customer")
    users = _people(entry.subject_id for entry in entries if entry.subject_kind == "user")
    return [_line(entry, customers, users) for entry in entries]


def _line(entry: Entry, customers: dict[int, tuple[str, UUID | None]], users: dict[int, str]) -> Line:
    name, uuid = customers.get(entry.root_id or 0, ("", None)) if entry.root_kind == "customer" else ("", None)
    if entry.subject_kind == "user":
        name = users.get(entry.subject_id, "")
    return Line(
        at=entry.at,
        actor=entry.actor.display_name if entry.actor else pgettext("journal", "Wendu itself"),
        words=verb_words(entry.verb),
        verb=entry.verb,
        door=str(entry.get_door_display()),
        name=name or f"{kind_words(entry.subject_kind)} {entry.subject_id}",
        customer_uuid=uuid,
        changes=tuple(_changes(entry)),
        note=entry.note,
    )


def _changes(entry: Entry) -> Iterable[Change]:
    before, after = shown_changes(entry.before, clear=False), shown_changes(entry.after, clear=False)
    for name in dict.fromkeys((*before, *after)):
        yield Change(name, _text(before.get(name)), _text(after.get(name)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _customers(keys: Iterable[int | None]) -> dict[int, tuple[str, UUID | None]]:
    rows = Customer.objects.filter(pk__in={key for key in keys if key}).values_list("pk", "name", "uuid", "deleted_at")
    return {pk: (name, None if gone else uuid) for pk, name, uuid, gone in rows}


def _people(keys: Iterable[int]) -> dict[int, str]:
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=set(keys))}
