"""Reading what the method thought; callers have already decided that the user may see the thing."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from wendu.readings.models import Override, OverrideQuerySet, Reading


def readings_of(subject: Model) -> dict[str, Reading]:
    """The readings of one thing by code."""
    return {row.code: row for row in Reading.objects.about(subject)}


def standing_override(subject: Model, code: str, on: date) -> Override | None:
    """The human judgement that counts on a day instead of the method's, if there is one."""
    return Override.objects.about(subject).filter(code=code).standing(on).order_by("-pk").first()


def override_history(subject: Model) -> OverrideQuerySet:
    """Every override of a thing, latest first."""
    return Override.objects.about(subject).select_related("actor", "ended_by").order_by("-pk")
