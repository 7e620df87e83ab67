"""Finding what an address names; what is not visible does not exist, and what was merged leads to what it became."""

from uuid import UUID

from django.http import HttpRequest

from wendu.customers.models import Contact, Customer
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import person


def visible_customer(request: HttpRequest, uuid: UUID) -> Customer:
    """A customer one sees."""
    rows = Customer.objects.visible_to(person(request)).select_related("owner", "team", "parent")
    found: Customer = found_or_forwarded(request, rows, uuid)
    return found


def visible_contact(request: HttpRequest, uuid: UUID) -> Contact:
    """A person of a customer one sees."""
    rows = Contact.objects.visible_to(person(request)).select_related("customer__owner", "customer__team")
    found: Contact = found_or_forwarded(request, rows, uuid)
    return found
