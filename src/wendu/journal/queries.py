"""Reads of the journal: a thing's history, and who did what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from wendu.access.masking import shown_values
from wendu.access.scope import scope_of
from wendu.access.verbs import can
from wendu.journal.models import Entry, EntryQuerySet
from wendu.kernel.entity import kind_of

PRIVATE = frozenset({"phone", "mobile", "email", "value", "written", "contact_points", "fax", "wechat"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the whole journal is wanted; nothing given, all of it. `until` is the moment before which."""

    actor_id: int | None = None
    is_machine: bool = False
    kind: str = ""
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None


def audited(user: Any, wanted: Narrowing, *, after: int | None = None) -> EntryQuerySet:
    """Give the whole journal to whoever audits it, latest first; with `after`, what is older than that entry."""
    if not can(user, "journal.audit"):
        return Entry.objects.none()
    rows = Entry.objects.select_related("actor").newest()
    if wanted.actor_id is not None or wanted.is_machine:
        rows = rows.filter(actor=wanted.actor_id)
    if wanted.kind and (wanted.verb or wanted.actor_id or wanted.is_machine):
        # Said twice over, the kind tempts no database to walk its index: the others leave fewer.
        rows = rows.alias(kind=Coalesce("subject_kind", "subject_kind")).filter(kind=wanted.kind)
    elif wanted.kind:
        rows = rows.filter(subject_kind=wanted.kind)
    if wanted.verb and (wanted.actor_id or wanted.is_machine):
        rows = rows.alias(deed=Coalesce("verb", "verb")).filter(deed=wanted.verb)
    elif wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    mark = Entry.objects.filter(pk=after).values_list("at", flat=True).first() if after is not None else None
    return rows if mark is None else rows.filter(Q(at__lte=mark) & (Q(at__lt=mark) | Q(pk__lt=after)))


def history_of(user: Any, root: Model | tuple[str, int], *, among: QuerySet[Any, Any] | None = None) -> EntryQuerySet:
    """Give all that happened around a root (a customer) the caller has already found visible, latest first.

    `among` are the keys of all roots whose past is its own, itself among them.
    """
    if scope_of(user).sees_nothing:
        return Entry.objects.none()
    kind, pk = root if isinstance(root, tuple) else (kind_of(root), root.pk)
    rows = (
        Entry.objects.rooted_in(kind, pk) if among is None else Entry.objects.filter(root_id__in=among, root_kind=kind)
    )
    return rows.select_related("actor").newest()


def entries_about(user: Any, subject: Model | tuple[str, int]) -> EntryQuerySet:
    """Give all that was done to one thing the caller has already found visible, latest first."""
    if scope_of(user).sees_nothing:
        return Entry.objects.none()
    kind, pk = subject if isinstance(subject, tuple) else (kind_of(subject), subject.pk)
    return Entry.objects.about(kind, pk).select_related("actor").newest()


def shown_changes(values: dict[str, Any] | None, *, clear: bool) -> dict[str, Any]:
    """Write before/after as a reader may see them: numbers and addresses masked unless `clear`."""
    if not values or clear:
        return values or {}
    return {name: _masked(value) if name in PRIVATE else value for name, value in values.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return shown_values([value], clear=False)[0]
    if isinstance(value, list):
        return [_masked(each) for each in value]
    if isinstance(value, dict):
        return {name: _masked(each) for name, each in value.items()}
    return value
