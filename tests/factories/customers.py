"""Customers and their people."""

from datetime import datetime
from itertools import count

from tests.cast import MONDAY
from wendu.customers.actions import add_contact, create_customer, index_many
from wendu.customers.models import Contact, Customer
from wendu.identity.models import User
from wendu.kernel.names import normalise_name

_numbers = count(1)


def make_customer(owner: User | None, name: str = "", *, at: datetime = MONDAY, actor: User | None = None, **details):
    """A customer created by its owner (or by `actor`); `details` are its own fields."""
    return create_customer(
        name=name or f"客户{next(_numbers)}有限公司",
        owner=owner,
        actor=actor if owner is None or actor is not None else owner,
        at=at,
        details=details,
    )


def make_contact(customer: Customer, name: str = "", *, at: datetime = MONDAY, points=(), **details) -> Contact:
    """A person of a customer, added by the customer's owner."""
    return add_contact(
        customer=customer,
        name=name or f"联系人{next(_numbers)}",
        actor=customer.owner,
        at=at,
        details=details,
        points=points,
    )


def make_customers(owner: User, number: int, *, at: datetime = MONDAY, searchable: bool = False) -> list[Customer]:
    """Many customers at once, as rows: no journal, and found by search only if asked for."""
    names = [f"批量客户{next(_numbers)}" for _ in range(number)]
    rows = Customer.objects.bulk_create(
        Customer(name=name, name_key=normalise_name(name), owner=owner, team=owner.team, created_at=at)
        for name in names
    )
    if searchable:
        index_many([row.pk for row in rows])
    return rows
