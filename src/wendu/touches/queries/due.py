"""What was agreed and is not settled yet: our promises, the customer's commitments, open problems, days of silence."""

from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wendu.access.prepared import prepared_for, prepared_records
from wendu.access.scope import Scope, scope_of
from wendu.customers.models import Collaborator
from wendu.kernel.columns import read_rows
from wendu.touches.choices import TouchKind
from wendu.touches.models import (
    Commitment,
    OfTouchQuerySet,
    Promise,
    QuietPeriod,
    QuietPeriodQuerySet,
    Tail,
    TailQuerySet,
    Touch,
    TouchQuerySet,
)

CARING, MOST_CARE = (TouchKind.SERVICE, TouchKind.CARE), 200
R = TypeVar("R", Promise, Commitment)


class Word(NamedTuple):
    """A promise or a commitment that falls due, with whom it concerns."""

    pk: int
    uuid: UUID
    due_on: date
    what: str
    customer_id: int
    customer__uuid: UUID
    customer__name: str
    contact__name: str | None


def promises_due(user: Any, on: date, *, as_of: date | None = None) -> list[Word]:
    """Give the promises this person has to keep by a day, the longest overdue first.

    A promise is kept by who made it while he works on the customer, else by the customer's owner. With `as_of` they
    are told as they stood at the end of that day: not made later, and not settled yet.
    """
    if as_of is not None:
        rows = Promise.objects.visible_to(user).exclude(renews__settled_on__gt=as_of)
        return _stood(rows, scope_of(user), on, as_of)
    return _in_order(_my_promises(user, on), _orphaned_promises(user, on))


def commitments_due(user: Any, on: date, *, as_of: date | None = None) -> list[Word]:
    """Give what customers should have done by a day and this person should ask about, the longest overdue first."""
    if as_of is not None:
        return _stood(Commitment.objects.visible_to(user), scope_of(user), on, as_of)
    return _in_order(_my_commitments(user, on), _orphaned_commitments(user, on))


@prepared_records
def open_promises(me: Scope, customer_id: int) -> OfTouchQuerySet[Promise]:
    """Give what we still owe a customer, by day."""
    rows = Promise.objects.visible_to(me).standing().filter(customer_id=customer_id, state="open")
    return rows.select_related("contact", "author").order_by("due_on", "pk")


@prepared_records
def open_commitments(me: Scope, customer_id: int) -> OfTouchQuerySet[Commitment]:
    """Give what a customer still has to do, by day."""
    rows = Commitment.objects.visible_to(me).standing().filter(customer_id=customer_id, state="open")
    return rows.select_related("contact", "author").order_by("due_on", "pk")


@prepared_records
def open_tails(me: Scope, customer_id: int) -> TailQuerySet:
    """Give the problems a customer was left with, the oldest first; class C must keep none (method: 3.5 no tails)."""
    rows = Tail.objects.visible_to(me).open().filter(customer_id=customer_id)
    return rows.select_related("contact").order_by("opened_on", "pk")


@prepared_records
def care_given(me: Scope, customer_id: int) -> TouchQuerySet:
    """Give the touches of service and care, the latest first; selling talks are none of them (method: 3.21)."""
    rows = Touch.objects.visible_to(me).standing().filter(customer_id=customer_id, kind__in=CARING)
    return rows.select_related("author").order_by("-touched_on", "-pk")[:MOST_CARE]


@prepared_records
def quiet_periods(me: Scope, customer_id: int) -> QuietPeriodQuerySet:
    """Give the days on which a customer is or was left in peace, the latest first."""
    rows = QuietPeriod.objects.visible_to(me).standing().filter(customer_id=customer_id)
    return rows.order_by("-starts_on", "-pk")


def quiet_between(user: Any, owner: Any, first: date, last: date) -> QuietPeriodQuerySet:
    """Give the quiet periods of somebody's customers that touch these days, the earliest first."""
    rows = QuietPeriod.objects.visible_to(user).standing().select_related("customer")
    return rows.filter(
        customer__owner=owner, customer__deleted_at__isnull=True, starts_on__lte=last, ends_on__gte=first
    ).order_by("starts_on", "pk")


# Two reads of each, either on its own index: what I took on myself, and what nobody else looks after at my customers.


@prepared_for(Word)
def _my_promises(me: Scope, on: date) -> OfTouchQuerySet[Promise]:
    return _mine(_due(Promise.objects.visible_to(me), on), me)


@prepared_for(Word)
def _orphaned_promises(me: Scope, on: date) -> OfTouchQuerySet[Promise]:
    return _orphaned(_due(Promise.objects.visible_to(me), on), me)


@prepared_for(Word)
def _my_commitments(me: Scope, on: date) -> OfTouchQuerySet[Commitment]:
    return _mine(_due(Commitment.objects.visible_to(me), on), me)


@prepared_for(Word)
def _orphaned_commitments(me: Scope, on: date) -> OfTouchQuerySet[Commitment]:
    return _orphaned(_due(Commitment.objects.visible_to(me), on), me)


def _mine(rows: OfTouchQuerySet[R], me: Scope) -> OfTouchQuerySet[R]:
    my_customer = Q(customer__owner_id=me.user_id) | Exists(_BESIDE.filter(user_id=me.user_id or 0))
    return rows.filter(my_customer, author_id=me.user_id)


def _orphaned(rows: OfTouchQuerySet[R], me: Scope) -> OfTouchQuerySet[R]:
    author_left = ~Q(author_id=me.user_id) & ~Exists(_BESIDE.filter(user_id=OuterRef("author_id")))
    return rows.filter(Q(author_id__isnull=True) | author_left, customer__owner_id=me.user_id)


def _due(rows: OfTouchQuerySet[R], on: date) -> OfTouchQuerySet[R]:
    return rows.standing().filter(state="open", due_on__lte=on)


def _stood(rows: OfTouchQuerySet[R], me: Scope, on: date, as_of: date) -> list[Word]:
    """The same from what was known at the end of a past day; nobody waits for this, so the ORM may word it."""
    if me.sees_nothing:
        return []
    known = Q(touch__isnull=True) | Q(touch__touched_on__lte=as_of)
    unsettled = Q(settled_on__isnull=True) | Q(settled_on__gt=as_of)
    stood = rows.standing().filter(known, unsettled, due_on__lte=on)
    return _in_order(read_rows(_mine(stood, me), Word), read_rows(_orphaned(stood, me), Word))


_BESIDE = Collaborator.objects.filter(customer_id=OuterRef("customer_id"))


def _in_order(*found: list[Word]) -> list[Word]:
    return sorted(chain(*found), key=lambda row: (row.due_on, row.pk))
