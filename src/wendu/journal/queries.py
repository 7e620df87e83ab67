"""Reads of the journal: a thing's history, and who did what."""

from typing import Any

from django.db.models import Model

from wendu.access.masking import shown_values
from wendu.access.scope import scope_of
from wendu.journal.models import Entry, EntryQuerySet
from wendu.kernel.entity import kind_of

PRIVATE = frozenset({"phone", "mobile", "email", "value", "written", "contact_points", "fax", "wechat"})


def history_of(user: Any, root: Model | tuple[str, int]) -> EntryQuerySet:
    """Give all that happened around a root (a customer) the caller has already found visible, latest first."""
    if scope_of(user).sees_nothing:
        return Entry.objects.none()
    kind, pk = root if isinstance(root, tuple) else (kind_of(root), root.pk)
    return Entry.objects.rooted_in(kind, pk).select_related("actor").newest()


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
