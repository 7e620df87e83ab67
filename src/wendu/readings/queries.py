"""Reading what the method thought; callers have already decided that the user may see the thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Model

from wendu.readings.models import Override, OverrideQuerySet, Reading


def readings_of(subject: Model) -> dict[str, Reading]:
    """The readings of one thing by code."""
    return {row.code: row for row in Reading.objects.about(subject)}


def readings_of_many(kind: str, ids: Sequence[int]) -> dict[int, dict[str, Reading]]:
    """The readings of many things of one kind, by id and code, in one query."""
    found: dict[int, dict[str, Reading]] = defaultdict(dict)
    for row in Reading.objects.filter(subject_kind=kind, subject_id__in=ids):
        found[row.subject_id][row.code] = row
    return dict(found)


def standing_override(subject: Model, code: str, on: date) -> Override | None:
    """The human judgement that counts on a day instead of the method's, if there is one."""
    return Override.objects.about(subject).filter(code=code).standing(on).order_by("-pk").first()


def standing_overrides(kind: str, ids: Sequence[int], on: date) -> dict[int, dict[str, Override]]:
    """The overrides that count on a day for many things of one kind, by id and code, in one query."""
    found: dict[int, dict[str, Override]] = defaultdict(dict)
    rows = Override.objects.filter(subject_kind=kind, subject_id__in=ids).standing(on)
    for row in rows.order_by("pk").select_related("actor"):
        found[row.subject_id][row.code] = row
    return dict(found)


def override_history(subject: Model) -> OverrideQuerySet:
    """Every override of a thing, latest first."""
    return Override.objects.about(subject).select_related("actor", "ended_by").order_by("-pk")
