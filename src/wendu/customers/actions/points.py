"""Numbers and addresses: phones are kept in international form, so that any way of writing one finds it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.findable import index_contact, index_customer
from wendu.customers.choices import PointKind
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel import phones
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare("contact_point.added", "contact_point.edited", "contact_point.removed")

PHONES = (PointKind.MOBILE, PointKind.PHONE)
LONGEST = 200


class BadPhone(ActionError):
    """A number nobody can dial."""

    code = "bad_phone"
    field = "value"
    message = _("“%(value)s” is not a phone number. Write it with area code, or with + and country code.")


class BadEmail(ActionError):
    """An address nobody can write to."""

    code = "bad_email"
    field = "value"
    message = _("“%(value)s” is not an e-mail address. Write it like name@example.com.")


class BadPoint(ActionError):
    """An empty or endless way to reach somebody."""

    code = "bad_point"
    field = "value"
    message = _("A number or address has 1 to 200 characters. Check what you entered.")


class UnknownPointKind(ActionError):
    """A way to reach somebody that we do not know."""

    code = "unknown_point_kind"
    field = "kind"
    message = _("“%(kind)s” is not a known way to reach somebody. Use one of: %(allowed)s.")


class ForeignContact(ActionError):
    """The person belongs to another customer."""

    code = "foreign_contact"
    field = "contact"
    message = _("This contact belongs to another customer. Choose a contact of this customer.")


class PointTaken(ActionError):
    """The same number stands there already."""

    code = "point_taken"
    field = "value"
    message = _("This number or address is already there. Remove one of the two instead.")


@transaction.atomic
def add_contact_point(
    *, customer: Customer, kind: str, value: str, actor: User, at: datetime, contact: Contact | None = None
) -> ContactPoint:
    """Add a way to reach a customer or one of its people; one that is there already is simply given back."""
    permit(actor, "contact_point.create", customer)
    if contact is not None and contact.customer_id != customer.pk:
        raise ForeignContact
    before = customer.contact_points.count()
    point = write_points(customer=customer, contact=contact, points=[(kind, value)])[0]
    if customer.contact_points.count() > before:
        _index(point)
        record("contact_point.added", subject=point, actor=actor, at=at, after=_plain(point))
    return point


@transaction.atomic
def edit_contact_point(*, point: ContactPoint, value: str, actor: User, at: datetime) -> ContactPoint:
    """Correct a number or address."""
    permit(actor, "contact_point.edit", point.customer)
    point.refresh_from_db(from_queryset=ContactPoint.objects.select_for_update())
    before = _plain(point)
    point.value, point.written = normalised(point.kind, value), tidy_line(value)[:LONGEST]
    twin = ContactPoint.objects.filter(
        customer=point.customer_id, contact=point.contact_id, kind=point.kind, value=point.value
    )
    if twin.exclude(pk=point.pk).exists():
        raise PointTaken
    point.save(update_fields=["value", "written"])
    _index(point)
    record(
        "contact_point.edited",
        subject=point,
        actor=actor,
        at=at,
        before=before,
        after=_plain(point),
    )
    return point


@transaction.atomic
def remove_contact_point(*, point: ContactPoint, actor: User, at: datetime) -> None:
    """Remove a number or address that no longer reaches anybody."""
    permit(actor, "contact_point.delete", point.customer)
    record("contact_point.removed", subject=point, actor=actor, at=at, before=_plain(point))
    ContactPoint.objects.filter(pk=point.pk).delete()
    _index(point)


def write_points(
    *, customer: Customer, contact: Contact | None, points: Iterable[tuple[str, str]]
) -> list[ContactPoint]:
    """Write (kind, number) pairs, each once, as part of an action that already asked for permission."""
    return [
        ContactPoint.objects.get_or_create(
            customer=customer,
            contact=contact,
            kind=kind,
            value=normalised(kind, value),
            defaults={"written": tidy_line(value)[:LONGEST]},
        )[0]
        for kind, value in points
    ]


def normalised(kind: str, value: str) -> str:
    """Give the one form under which a number or address is kept."""
    if kind not in PointKind.values:
        raise UnknownPointKind(kind=kind, allowed=", ".join(PointKind.values))
    text = tidy_line(value)
    if not 0 < len(text) <= LONGEST:
        raise BadPoint
    if kind in PHONES:
        return _phone(text)
    return _email(text) if kind == PointKind.EMAIL else text


def _phone(text: str) -> str:
    number = phones.normalise(text)
    if number is None:
        raise BadPhone(value=text)
    return number


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise BadEmail(value=text) from wrong
    return text.lower()


def _index(point: ContactPoint) -> None:
    if point.contact is not None:
        index_contact(point.contact)
    else:
        index_customer(point.customer)


def _plain(point: ContactPoint) -> dict[str, object]:
    return {"contact": point.contact_id, "kind": point.kind, "value": point.value}
