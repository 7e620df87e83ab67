"""Finding what an address names; what is not visible does not exist, and what was merged leads to what it became."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.customers.models import Contact, Customer
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import person


def visible_customer(request: HttpRequest, uuid: UUID) -> Customer:
    """A customer one sees."""
    found = next(iter(_seen(person(request), uuid)), None)
    if found is not None and found.merged_into_id is None:
        return found
    became: Customer = found_or_forwarded(request, Customer.objects.visible_to(person(request)), uuid)
    return became


@prepared_records
def _seen(me: Scope, uuid: UUID) -> QuerySet[Customer]:
    return Customer.objects.visible_to(me).filter(uuid=uuid).select_related("owner", "team", "parent")


def visible_contact(request: HttpRequest, uuid: UUID) -> Contact:
    """A person of a customer one sees."""
    rows = Contact.objects.visible_to(person(request)).select_related("customer__owner", "customer__team")
    found: Contact = found_or_forwarded(request, rows, uuid)
    return found
