"""Reading a person's own agenda; about customers, callers have already decided that the user may see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope, scope_of
from wendu.agenda.models import Due, DueQuerySet, Notification, NotificationQuerySet, Snooze, Step, StepQuerySet
from wendu.kernel.prepared import prepared_records_of


def open_steps(user: Any, *, until: date | None = None) -> StepQuerySet:
    """What a person still has to do, planned until a day (or ever), earliest first."""
    if scope_of(user).sees_nothing:
        return Step.objects.none()
    steps = Step.objects.of(user).open()
    return (steps.planned_by(until) if until is not None else steps).order_by("planned_on", "pk")


class Plan(NamedTuple):
    """What a person means to do about a customer, and when."""

    customer_id: int
    planned_on: date
    do: str


@prepared_for(Plan)
def open_plans(me: Scope) -> StepQuerySet:
    """Everything a person still has to do, earliest first, as the plan of a day reads it."""
    return Step.objects.filter(user_id=me.user_id or 0).open().order_by("planned_on", "pk")


@prepared_records_of
def open_steps_about(customer_id: int) -> StepQuerySet:
    """What anybody still has to do about a customer, earliest first."""
    return Step.objects.open().filter(customer_id=customer_id).select_related("user").order_by("planned_on", "pk")


def snoozed_customer_ids(user: Any, on: date) -> dict[int, date]:
    """The customers a person put off, each with the day it comes back."""
    return {row.customer_id: row.until_on for row in _put_off(user, on)}


def put_off_by(user: Any, people: Collection[int], on: date) -> dict[tuple[int, int], date]:
    """What people the caller has found visible put off: by person and customer, the day it comes back."""
    if scope_of(user).sees_nothing:
        return {}
    rows = Snooze.objects.filter(user_id__in=people).standing(on)
    return {
        (person, customer): until for person, customer, until in rows.values_list("user_id", "customer_id", "until_on")
    }


class _PutOff(NamedTuple):
    customer_id: int
    until_on: date


@prepared_for(_PutOff)
def _put_off(me: Scope, on: date) -> QuerySet[Snooze]:
    return Snooze.objects.filter(user_id=me.user_id or 0).standing(on)


def notifications_of(user: Any) -> NotificationQuerySet:
    """What a person was told, latest first."""
    if scope_of(user).sees_nothing:
        return Notification.objects.none()
    return Notification.objects.of(user).in_app().order_by("-at", "-pk")


class _Unread(NamedTuple):
    many: int


@prepared_for(_Unread)
def _unread(me: Scope) -> QuerySet[Any, Any]:
    mine = Notification.objects.filter(user_id=me.user_id or 0).in_app().unread()
    return mine.order_by().values("user_id").annotate(many=Count("pk"))


def unread_count(user: Any) -> int:
    """How much a person was told and has not read."""
    return sum(row.many for row in _unread(user))


def failing_dues() -> DueQuerySet:
    """What fell due and could not be carried out, worst first (for the doctor)."""
    return Due.objects.filter(failures__gt=0).order_by("-failures", "pk")
