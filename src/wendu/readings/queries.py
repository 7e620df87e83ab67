"""Reading what the method thought; callers have already decided that the user may see the thing."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from wendu.kernel.entity import kind_of
from wendu.kernel.prepared import prepared_records_of
from wendu.readings.models import Override, OverrideQuerySet, Reading

LATEST = 20


def readings_of(subject: Model) -> dict[str, Reading]:
    """The readings of one thing by code."""
    return {row.code: row for row in Reading.objects.about(subject)}


def standing_override(subject: Model, code: str, on: date) -> Override | None:
    """The human judgement that counts on a day instead of the method's, if there is one."""
    return Override.objects.about(subject).filter(code=code).standing(on).order_by("-pk").first()


def override_history(subject: Model) -> OverrideQuerySet:
    """Every override of a thing, latest first."""
    return Override.objects.about(subject).select_related("actor", "ended_by").order_by("-pk")


def latest_overrides(subject: Model, code: str) -> list[Override]:
    """The latest twenty overrides of one judgement about a thing, latest first."""
    return _latest_overrides(kind_of(subject), subject.pk, code)


@prepared_records_of
def _latest_overrides(kind: str, subject_id: int, code: str) -> OverrideQuerySet:
    rows = Override.objects.filter(subject_kind=kind, subject_id=subject_id, code=code)
    return rows.select_related("actor", "ended_by").order_by("-pk")[:LATEST]
