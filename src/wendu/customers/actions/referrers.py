"""Who brought a customer: another customer, perhaps one of its people; written down and taken back (method: 3.29)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.basics import AlreadyDeleted, is_above, lock_standing
from wendu.customers.models import Contact, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.kernel.changes import plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("customer.referrer_changed")


class OwnReferrer(ActionError):
    """Nobody brings itself."""

    code = "own_referrer"
    field = "referrer"
    message = _("“%(customer)s” cannot have brought itself. Name the customer that did.")


class ReferrerLoop(ActionError):
    """Whoever brought a customer was there before it."""

    code = "referrer_loop"
    field = "referrer"
    message = _(
        "“%(referrer)s” came through “%(customer)s” itself, directly or by others. "
        "Name another one, or correct first who brought “%(referrer)s”."
    )


class ForeignReferrer(ActionError):
    """The person who brought a customer is one of the customer that did."""

    code = "foreign_referrer"
    field = "person"
    message = _("“%(name)s” is none of the people of “%(referrer)s”. Name one of them, or leave it empty.")


class ReferrerStands(ActionError):
    """Only one's own latest word goes back, while nobody wrote otherwise."""

    code = "referrer_stands"
    message = _("Somebody wrote something else since. Look at the page, and correct it there.")


@transaction.atomic
def set_referrer(
    *, customer: Customer, referrer: Customer | None, actor: User, at: datetime, contact: Contact | None = None
) -> Customer:
    """Write down which customer brought this one, and who of its people; without one, that nobody is known to have."""
    permit(actor, "customer.edit", customer)
    lock_standing(customer)
    _write(customer, referrer, contact, actor, at)
    return customer


@transaction.atomic
def take_back_referrer(*, customer: Customer, actor: User, at: datetime) -> Customer:
    """Undo one's own latest word of who brought a customer."""
    permit(actor, "customer.edit", customer)
    lock_standing(customer)
    said = Entry.objects.filter(verb="customer.referrer_changed", subject_kind="customer", subject_id=customer.pk)
    latest = said.order_by("-pk").first()
    if latest is None or latest.actor_id != actor.pk or latest.after != _said(customer):
        raise ReferrerStands
    was: dict[str, Any] = latest.before or {}
    referrer = Customer.objects.standing().filter(pk=was.get("referrer") or 0).first()
    contact = Contact.objects.standing().filter(pk=was.get("referrer_contact") or 0).first()
    if was.get("referrer") and referrer is None:
        raise ReferrerStands
    _write(customer, referrer, contact, actor, at)
    return customer


def _write(customer: Customer, referrer: Customer | None, contact: Contact | None, actor: User, at: datetime) -> None:
    before = _said(customer)
    if before == {"referrer": plain(referrer), "referrer_contact": plain(contact)}:
        return
    if referrer is not None:
        _refuse(customer, referrer, contact)
    customer.referrer, customer.referrer_contact = referrer, contact if referrer else None
    customer.save(update_fields=["referrer", "referrer_contact"])
    record("customer.referrer_changed", subject=customer, actor=actor, at=at, before=before, after=_said(customer))


def _refuse(customer: Customer, referrer: Customer, contact: Contact | None) -> None:
    if referrer.pk == customer.pk:
        raise OwnReferrer(customer=customer)
    if referrer.deleted_at is not None:
        raise AlreadyDeleted
    if contact is not None and contact.customer_id != referrer.pk:
        raise ForeignReferrer(name=contact.name, referrer=referrer)
    if is_above(customer, referrer, "referrer"):
        raise ReferrerLoop(referrer=referrer, customer=customer)


def _said(customer: Customer) -> dict[str, Any]:
    return {"referrer": customer.referrer_id, "referrer_contact": customer.referrer_contact_id}
