"""Finding what an address names; what is not visible does not exist."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from wendu.customers.models import Contact, Customer
from wendu.web.fragments import person


def visible_customer(request: HttpRequest, uuid: UUID) -> Customer:
    """A customer one sees."""
    rows = Customer.objects.visible_to(person(request)).select_related("owner", "team", "parent")
    return get_object_or_404(rows, uuid=uuid)


def visible_contact(request: HttpRequest, uuid: UUID) -> Contact:
    """A person of a customer one sees."""
    rows = Contact.objects.visible_to(person(request)).select_related("customer__owner", "customer__team")
    return get_object_or_404(rows, uuid=uuid)
