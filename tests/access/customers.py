"""A few customers, made without the actions of their room: access is tested below it."""

from tests.cast import MONDAY
from wendu.customers.models import Collaborator, Contact, Customer
from wendu.identity.models import User


def customer_of(
    owner: User | None, name: str = "客户", *, deleted: bool = False, shared_with: User | None = None
) -> Customer:
    made = Customer.objects.create(
        name=name,
        name_key=name,
        owner=owner,
        team=owner.team if owner else None,
        created_at=MONDAY,
        deleted_at=MONDAY if deleted else None,
    )
    if shared_with is not None:
        Collaborator.objects.create(customer=made, user=shared_with, since=MONDAY)
    return made


def contact_of(customer: Customer) -> Contact:
    return Contact.objects.create(customer=customer, name="王姐", created_at=MONDAY)
