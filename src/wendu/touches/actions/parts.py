"""What hangs on a touch, written in bulk: participants, agreement, promises, open problems, answers, quiet days."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models

from wendu.kernel.bulk import write_rows
from wendu.touches.actions.draft import TouchDraft
from wendu.touches.models import (
    Commitment,
    IndicatorAnswer,
    Promise,
    QuietPeriod,
    Tail,
    Touch,
    TouchContact,
)

R = TypeVar("R", bound=models.Model)
Fields = dict[str, Any]
Pairs = Sequence[tuple[Any, TouchDraft]]  # a touch, or its columns by name


def create_parts(pairs: Pairs) -> None:
    """Write all parts of new touches: one query a table, and one for each touch that closes problems."""
    pairs = [(touch, draft) for touch, draft in pairs if has_parts(draft)]
    _create(TouchContact, pairs, _participants)
    for model, wanted in _WANTED.items():
        _create(model, pairs, wanted)
    for touch, draft in pairs:
        close_tails(touch, draft.closed_tail_ids)


def has_parts(draft: TouchDraft) -> bool:
    """Tell whether a draft says more than its own row holds."""
    return bool(
        draft.contact_ids
        or draft.commitment
        or draft.promises
        or draft.tails
        or draft.closed_tail_ids
        or draft.answers
        or draft.quiet
    )


def replace_parts(touch: Touch, draft: TouchDraft) -> None:
    """Make the parts of an edited touch say what the draft says; what stays the same keeps its state."""
    wanted_contacts = set(draft.contact_ids)
    touch.participants.exclude(contact_id__in=wanted_contacts).delete()
    present = set(touch.participants.values_list("contact_id", flat=True))
    TouchContact.objects.bulk_create(
        TouchContact(touch=touch, contact_id=pk) for pk in dict.fromkeys(draft.contact_ids) if pk not in present
    )
    for model, wanted in _WANTED.items():
        _replace(model, touch, wanted(touch, draft))
    Tail.objects.filter(closed_in=touch).exclude(pk__in=draft.closed_tail_ids).update(closed_on=None, closed_in=None)
    close_tails(touch, draft.closed_tail_ids)


def close_tails(touch: Touch, tail_ids: Iterable[int]) -> None:
    """Close problems that were solved in this touch."""
    ids = tuple(tail_ids)
    if ids:
        Tail.objects.filter(pk__in=ids, customer_id=touch.customer_id).update(
            closed_on=touch.touched_on, closed_in_id=touch.pk
        )


def _participants(_touch: Touch, draft: TouchDraft) -> list[Fields]:
    return [{"contact_id": pk} for pk in dict.fromkeys(draft.contact_ids)]


def _commitments(touch: Touch, draft: TouchDraft) -> list[Fields]:
    agreed = draft.commitment
    if agreed is None or agreed.due_on is None or not agreed.what.strip():
        return []
    return [
        {
            "customer_id": touch.customer_id,
            "contact_id": agreed.contact_id,
            "what": agreed.what,
            "due_on": agreed.due_on,
            "author_id": touch.author_id,
        }
    ]


def _promises(touch: Touch, draft: TouchDraft) -> list[Fields]:
    return [
        {
            "customer_id": touch.customer_id,
            "contact_id": row.contact_id,
            "what": row.what,
            "due_on": row.due_on,
            "author_id": touch.author_id,
        }
        for row in draft.promises
    ]


def _tails(touch: Touch, draft: TouchDraft) -> list[Fields]:
    return [
        {
            "customer_id": touch.customer_id,
            "contact_id": row.contact_id,
            "what": row.what,
            "opened_on": touch.touched_on,
        }
        for row in draft.tails
    ]


def _answers(touch: Touch, draft: TouchDraft) -> list[Fields]:
    return [
        {
            "customer_id": touch.customer_id,
            "axis": row.axis,
            "indicator": row.indicator,
            "value": row.value,
            "evidence": row.evidence,
            "answered_on": touch.touched_on,
            "author_id": touch.author_id,
        }
        for row in draft.answers
    ]


def _quiet_periods(touch: Touch, draft: TouchDraft) -> list[Fields]:
    quiet = draft.quiet
    if quiet is None:
        return []
    return [
        {
            "customer_id": touch.customer_id,
            "starts_on": quiet.starts_on,
            "ends_on": quiet.ends_on,
            "reason": quiet.reason,
            "note": quiet.note,
            "set_on": touch.touched_on,
        }
    ]


_WANTED: dict[type[models.Model], Callable[[Touch, TouchDraft], list[Fields]]] = {
    Commitment: _commitments,
    Promise: _promises,
    Tail: _tails,
    IndicatorAnswer: _answers,
    QuietPeriod: _quiet_periods,
}


def _create(model: type[R], pairs: Pairs, wanted: Callable[[Touch, TouchDraft], list[Fields]]) -> None:
    write_rows([model(touch_id=touch.pk, **fields) for touch, draft in pairs for fields in wanted(touch, draft)])


def _replace(model: type[models.Model], touch: Touch, wanted: list[Fields]) -> None:
    """Keep rows that say the same, rewrite the others in their order, then add or remove what is left over."""
    present = list(model._default_manager.filter(touch=touch).order_by("pk"))
    if model is Promise:
        present = [row for row in present if row.pk not in _renewals(touch)]
    missing = []
    for fields in wanted:
        same = next((row for row in present if _says(row, fields)), None)
        if same is None:
            missing.append(fields)
        else:
            present.remove(same)
    for fields in missing:
        if present:
            row = present.pop(0)
            for name, value in fields.items():
                setattr(row, name, value)
            row.save(update_fields=list(fields))
        else:
            model._default_manager.create(touch=touch, **fields)
    model._default_manager.filter(pk__in=[row.pk for row in present]).delete()


def _renewals(touch: Touch) -> set[int]:
    """Promises agreed anew later on: they follow their first row and are not part of the draft."""
    renewed = Promise.objects.filter(touch=touch, renewed_as__isnull=False)
    return set(renewed.values_list("renewed_as_id", flat=True))


def _says(row: models.Model, fields: Fields) -> bool:
    return all(getattr(row, name) == value for name, value in fields.items())
