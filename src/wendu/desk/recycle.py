"""The recycle bin: what was deleted or taken back, by whom and when, of all that this person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import pgettext

from wendu.agreements.models import Contract, Order, Subscription
from wendu.customers.models import Contact, Customer
from wendu.desk.wording import kind_words
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Touch

AT_MOST = 100
RESTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Binned:
    """One thing that waits in the bin."""

    kind: str
    uuid: UUID
    name: str
    about: str
    by: str
    at: datetime
    is_old: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of thing: where its rows lie, since when, under which entry it was put there, and how it is called."""

    rows: Callable[[Any], QuerySet[Any]]
    since: str
    verb: str
    named: Callable[[Any], tuple[str, str]]


def recycled(user: User, *, at: datetime, only: str = "") -> list[Binned]:
    """What lies in the bin, latest first (two queries a kind)."""
    found = [each for kind in SHELVES if only in ("", kind) for each in _of_kind(user, kind, at)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:AT_MOST]


def in_the_bin(user: User, kind: str, uuid: UUID) -> Any:
    """The thing itself, or nothing if it is not there to be seen."""
    shelf = SHELVES.get(kind)
    return shelf.rows(user).filter(uuid=uuid).first() if shelf else None


def name_in_bin(kind: str, thing: Any) -> tuple[str, str]:
    """How a thing in the bin is called, and of which customer it is."""
    return SHELVES[kind].named(thing)


def _of_kind(user: User, kind: str, at: datetime) -> list[Binned]:
    shelf = SHELVES[kind]
    rows = list(shelf.rows(user).order_by(f"-{shelf.since}", "-pk")[:AT_MOST])
    entries = Entry.objects.filter(subject_kind=kind, subject_id__in=[row.pk for row in rows], verb=shelf.verb)
    by = {entry.subject_id: entry.actor for entry in entries.select_related("actor").order_by("pk")}
    return [_binned(shelf, kind, row, by.get(row.pk), at) for row in rows]


def _binned(shelf: Shelf, kind: str, row: Any, by: User | None, at: datetime) -> Binned:
    name, about = shelf.named(row)
    since: datetime = getattr(row, shelf.since)
    return Binned(kind, row.uuid, name, about, by.display_name if by else "", since, at - since > RESTS)


def _customers(user: Any) -> QuerySet[Any]:
    return Customer.objects.deleted_to(user).select_related("owner", "team")


def _contacts(user: Any) -> QuerySet[Any]:
    gone = Contact.objects.visible_to(user).filter(deleted_at__isnull=False, merged_into__isnull=True)
    return gone.select_related("customer")


def _deals(user: Any) -> QuerySet[Any]:
    return Opportunity.objects.visible_to(user).filter(deleted_at__isnull=False).select_related("customer")


def _touches(user: Any) -> QuerySet[Any]:
    return Touch.objects.visible_to(user).filter(undone_at__isnull=False).select_related("customer")


def _agreed(model: Any) -> Callable[[Any], QuerySet[Any]]:
    """What was deleted of customers who are there; what belongs to a deleted one waits for the customer."""

    def rows(user: Any) -> QuerySet[Any]:
        gone = model.objects.visible_to(user).filter(deleted_at__isnull=False, customer__deleted_at__isnull=True)
        found: QuerySet[Any] = gone.select_related("customer")
        return found

    return rows


def _order_name(order: Order) -> tuple[str, str]:
    return f"{pgettext('purchase', 'Order')} {order}", order.customer.name


def _touch_name(touch: Touch) -> tuple[str, str]:
    return f"{kind_words(touch.kind)} {touch.touched_on:%Y-%m-%d}", touch.customer.name


SHELVES: dict[str, Shelf] = {
    "customer": Shelf(_customers, "deleted_at", "customer.deleted", lambda row: (row.name, "")),
    "contact": Shelf(_contacts, "deleted_at", "contact.deleted", lambda row: (row.name, row.customer.name)),
    "opportunity": Shelf(_deals, "deleted_at", "opportunity.deleted", lambda row: (row.title, row.customer.name)),
    "order": Shelf(_agreed(Order), "deleted_at", "order.deleted", _order_name),
    "contract": Shelf(_agreed(Contract), "deleted_at", "contract.deleted", lambda row: (row.title, row.customer.name)),
    "subscription": Shelf(
        _agreed(Subscription), "deleted_at", "subscription.deleted", lambda row: (row.item, row.customer.name)
    ),
    "touch": Shelf(_touches, "undone_at", "touch.undone", _touch_name),
}
