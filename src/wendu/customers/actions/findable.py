"""What of a customer and its people can be searched for; numbers and addresses only by those who may read them."""

from collections.abc import Collection, Iterable

from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.kernel.entity import kind_of
from wendu.search import actions as search
from wendu.search.findable import Findable

Points = dict[int, list[ContactPoint]]


def index_customer(customer: Customer) -> None:
    """Make a customer findable by what is now known of it."""
    points = customer.contact_points.filter(contact__isnull=True)
    search.index_many([_customer(customer, points)])


def index_contact(contact: Contact) -> None:
    """Make a person findable by what is now known of it."""
    search.index_many([_contact(contact, contact.contact_points.all())])


def forget_contact(contact: Contact) -> None:
    """Make a deleted person unfindable."""
    search.forget(contact)


def index_new(customers: Iterable[Customer]) -> int:
    """Make customers findable that were just written: no person and no number of theirs is known yet; says how many."""
    return search.index_many(_customer(customer, ()) for customer in customers)


def index_many(customer_ids: Collection[int]) -> int:
    """Make the customers of a bulk load and their people findable, three queries and the writing; says how many."""
    if not customer_ids:
        return 0
    by_customer: Points = {}
    by_contact: Points = {}
    points = ContactPoint.objects.filter(customer_id__in=customer_ids).order_by("customer_id", "pk")
    for point in points:
        if point.contact_id is None:
            by_customer.setdefault(point.customer_id, []).append(point)
        else:
            by_contact.setdefault(point.contact_id, []).append(point)
    customers = Customer.objects.filter(pk__in=customer_ids, bucket_of__isnull=True)
    contacts = Contact.objects.standing().filter(customer_id__in=customer_ids).select_related("customer")
    written = search.index_many(_customer(customer, by_customer.get(customer.pk, ())) for customer in customers)
    return written + search.index_many(_contact(contact, by_contact.get(contact.pk, ())) for contact in contacts)


def _customer(customer: Customer, points: Iterable[ContactPoint]) -> Findable:
    return Findable(
        kind=kind_of(customer),
        object_id=customer.pk,
        object_uuid=customer.uuid,
        customer_id=customer.pk,
        title=customer.name,
        subtitle=" ".join(part for part in (customer.province, customer.city, customer.industry) if part),
        text=" ".join(part for part in (customer.external_id, customer.city) if part),
        secrets=tuple(point.value for point in points),
    )


def _contact(contact: Contact, points: Iterable[ContactPoint]) -> Findable:
    return Findable(
        kind=kind_of(contact),
        object_id=contact.pk,
        object_uuid=contact.uuid,
        customer_id=contact.customer_id,
        title=contact.name,
        subtitle=" · ".join(part for part in (contact.customer.name, contact.job_title) if part),
        secrets=tuple(point.value for point in points),
    )
