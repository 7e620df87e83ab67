"""Reading a person's own agenda; about customers, callers have already decided that the user may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wendu.access.scope import scope_of
from wendu.agenda.models import Due, DueQuerySet, Notification, NotificationQuerySet, Snooze, Step, StepQuerySet


def open_steps(user: Any, *, until: date | None = None) -> StepQuerySet:
    """What a person still has to do, planned until a day (or ever), earliest first."""
    if scope_of(user).sees_nothing:
        return Step.objects.none()
    steps = Step.objects.of(user).open()
    return (steps.planned_by(until) if until is not None else steps).order_by("planned_on", "pk")


def open_steps_about(customer_ids: Sequence[int]) -> StepQuerySet:
    """What anybody still has to do about these customers, earliest first."""
    return Step.objects.open().filter(customer_id__in=customer_ids).select_related("user").order_by("planned_on", "pk")


def snoozed_customer_ids(user: Any, on: date) -> dict[int, date]:
    """The customers a person put off, each with the day it comes back."""
    if scope_of(user).sees_nothing:
        return {}
    return dict(Snooze.objects.filter(user=user).standing(on).values_list("customer_id", "until_on"))


def notifications_of(user: Any) -> NotificationQuerySet:
    """What a person was told, latest first."""
    if scope_of(user).sees_nothing:
        return Notification.objects.none()
    return Notification.objects.of(user).in_app().order_by("-at", "-pk")


def unread_count(user: Any) -> int:
    """How much a person was told and has not read."""
    return notifications_of(user).unread().count()


def failing_dues() -> DueQuerySet:
    """What fell due and could not be carried out, worst first (for the doctor)."""
    return Due.objects.filter(failures__gt=0).order_by("-failures", "pk")
