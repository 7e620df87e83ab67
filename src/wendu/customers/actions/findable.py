"""What of a customer and its people can be searched for; numbers and addresses only by those who may read them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wendu.customers.choices import FieldAbout
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.customers.queries import own_texts
from wendu.kernel.entity import kind_of
from wendu.search import actions as search
from wendu.search.findable import Findable, Words, words_of

TOLD = ("name", "external_id", "province", "city", "industry")
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


def customer_words(columns: Mapping[str, Any], secrets: Iterable[str] = (), own: Iterable[str] = ()) -> Words:
    """What a customer with these columns and texts of the company's own fields answers to; numbers to who may read."""
    return words_of(**_told(columns, own), secrets=secrets)


def contact_words(name: str, secrets: Iterable[str] = (), own: Iterable[str] = ()) -> Words:
    """What a person answers to, texts of the company's own fields too; `contact_place` is said beside it."""
    return words_of(name, text=" ".join(own), secrets=secrets)


def contact_place(customer_name: str, job_title: str) -> str:
    """Say beside a person where and as what it works."""
    return " · ".join(part for part in (customer_name, job_title) if part)


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
        secrets=tuple(point.value for point in points),
        **_told(vars(customer), own_texts(FieldAbout.CUSTOMER, customer.custom)),
    )


def _told(columns: Mapping[str, Any], own: Iterable[str]) -> dict[str, str]:
    """How a customer is called, what is shown beside it, and what else it answers to."""
    name, number, province, city, industry = (columns.get(each) or "" for each in TOLD)
    beside = " ".join(dict.fromkeys(part for part in (province, city, industry) if part))  # 上海 lies in 上海
    return {"title": name, "subtitle": beside, "text": " ".join(filter(None, (number, city, *own)))}


def _contact(contact: Contact, points: Iterable[ContactPoint]) -> Findable:
    return Findable(
        kind=kind_of(contact),
        object_id=contact.pk,
        object_uuid=contact.uuid,
        customer_id=contact.customer_id,
        title=contact.name,
        subtitle=contact_place(contact.customer.name, contact.job_title),
        text=" ".join(own_texts(FieldAbout.CONTACT, contact.custom)),
        secrets=tuple(point.value for point in points),
    )
