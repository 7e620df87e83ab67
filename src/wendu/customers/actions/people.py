"""The people of a customer: added, edited, made the main contact, deleted and restored."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.basics import AlreadyDeleted, NotDeleted, WasMerged, lock_standing
from wendu.customers.actions.findable import forget_contact, index_contact
from wendu.customers.actions.own_values import put_values
from wendu.customers.actions.points import write_points
from wendu.customers.choices import FieldType
from wendu.customers.models import Contact, Customer, CustomField
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import Change, apply_changes
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("contact.added", "contact.edited", "contact.deleted", "contact.restored", "contact.made_main")
declare("contact.custom_changed")

WRITABLE = ("name", "job_title", "department", "left_on", "do_not_contact", "note", "external_id")


class ContactIdTaken(ActionError):
    """Two contacts must not carry the same number of another system."""

    code = "external_id_taken"
    field = "external_id"
    message = _(
        "The number “%(external_id)s” already belongs to a contact (perhaps a deleted one). Use another number."
    )


@transaction.atomic
def add_contact(
    *,
    customer: Customer,
    name: str,
    actor: User,
    at: datetime,
    details: Mapping[str, object] | None = None,
    points: Iterable[tuple[str, str]] = (),
    own: Mapping[CustomField, object] | None = None,
) -> Contact:
    """Add a person we can reach, with (kind, number) pairs; the first one becomes the main contact.

    `own` is what is known in the company's own fields.
    """
    permit(actor, "contact.create", customer)
    lock_standing(customer)
    contact = Contact(customer=customer, created_at=at)
    change = apply_changes(contact, {"name": name, **(details or {})}, writable=WRITABLE)
    contact.is_main = contact.left_on is None and not _has_main(customer)
    _save(contact)
    written = write_points(customer=customer, contact=contact, points=points)
    index_contact(contact)
    after = {**change.after, "is_main": contact.is_main, "points": [point.kind for point in written]}
    record("contact.added", subject=contact, actor=actor, at=at, after=after)
    if own:
        set_contact_values(contact=contact, values=own, actor=actor, at=at)
    return contact


@transaction.atomic
def edit_contact(
    *,
    contact: Contact,
    changes: Mapping[str, object],
    actor: User,
    at: datetime,
    seen: int | None = None,
    own: Mapping[CustomField, object] | None = None,
) -> Contact:
    """Correct what is known about a person, with `own` also in the company's own fields; all of it or nothing.

    `seen` is the revision the editor had on screen.
    """
    permit(actor, "contact.edit", contact.customer)
    lock_contact(contact, seen=seen)
    change = apply_changes(contact, changes, writable=WRITABLE)
    if change:
        _save(contact, change)
        index_contact(contact)
        record(
            "contact.edited",
            subject=contact,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    if own:
        set_contact_values(contact=contact, values=own, actor=actor, at=at)
    return contact


@transaction.atomic
def set_contact_values(*, contact: Contact, values: Mapping[CustomField, object], actor: User, at: datetime) -> Contact:
    """Fill some of the company's own fields of a person; an empty value clears."""
    permit(actor, "contact.set_custom", contact.customer)
    lock_contact(contact)
    change = put_values(contact, values)
    if change:
        contact.save(update_fields=["custom"])
        if any(field.type == FieldType.TEXT for field in values):
            index_contact(contact)
        record(
            "contact.custom_changed",
            subject=contact,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    return contact


@transaction.atomic
def set_main_contact(*, contact: Contact, actor: User, at: datetime) -> Contact:
    """Make a person the main contact of its customer; there is one at a time."""
    permit(actor, "contact.edit", contact.customer)
    lock_standing(contact.customer)
    lock_contact(contact)
    if contact.is_main:
        return contact
    previous = contact.customer.contacts.filter(is_main=True).first()
    contact.customer.contacts.filter(is_main=True).update(is_main=False)
    contact.is_main = True
    contact.save(update_fields=["is_main"])
    before = {"main": previous.pk if previous else None}
    record("contact.made_main", subject=contact, actor=actor, at=at, before=before)
    return contact


@transaction.atomic
def delete_contact(*, contact: Contact, actor: User, at: datetime) -> Contact:
    """Take a person out of sight; what was logged with it stays."""
    permit(actor, "contact.delete", contact.customer)
    lock_contact(contact)
    before = {"name": contact.name, "is_main": contact.is_main}
    contact.deleted_at = at
    contact.is_main = False
    contact.save(update_fields=["deleted_at", "is_main"])
    forget_contact(contact)
    record("contact.deleted", subject=contact, actor=actor, at=at, before=before)
    return contact


@transaction.atomic
def restore_contact(*, contact: Contact, actor: User, at: datetime) -> Contact:
    """Bring a deleted person back; it is the main contact again if nobody took its place."""
    permit(actor, "contact.restore", contact.customer)
    lock_standing(contact.customer)
    advance(contact)
    contact.refresh_from_db()
    if contact.deleted_at is None:
        raise NotDeleted
    if contact.merged_into is not None:
        raise WasMerged(into=contact.merged_into)
    contact.deleted_at = None
    contact.is_main = contact.left_on is None and not _has_main(contact.customer)
    contact.save(update_fields=["deleted_at", "is_main"])
    index_contact(contact)
    after = {"name": contact.name, "is_main": contact.is_main}
    record("contact.restored", subject=contact, actor=actor, at=at, after=after)
    return contact


def lock_contact(contact: Contact, *, seen: int | None = None) -> None:
    """Take the next revision of a contact, which also locks the row, and refuse a deleted one."""
    advance(contact, seen=seen)
    contact.refresh_from_db()
    if contact.deleted_at is not None or contact.customer.deleted_at is not None:
        raise AlreadyDeleted


def _has_main(customer: Customer) -> bool:
    return customer.contacts.filter(is_main=True, deleted_at__isnull=True).exists()


def _save(contact: Contact, change: Change | None = None) -> None:
    taken = ContactIdTaken(external_id=contact.external_id)
    others = Contact.objects.exclude(pk=contact.pk)
    if contact.external_id and others.filter(carrying([contact.external_id])).exists():
        raise taken
    try:
        with transaction.atomic():
            contact.save(update_fields=None if change is None else list(change.after))
    except IntegrityError as clash:
        raise taken from clash
