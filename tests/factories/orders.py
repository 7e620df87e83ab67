"""Orders as tests want them."""

from typing import Any

from wendu.agreements.actions import write_order
from wendu.agreements.models import Order
from wendu.customers.models import Customer
from wendu.identity.models import Organisation
from wendu.kernel.clock import now


def make_order(customer: Customer, **values: Any) -> Order:
    """Two filters at 800 each, ordered today by its owner, unless told otherwise."""
    head = {"ordered_on": Organisation.objects.current().today(now()), **values}
    lines = [{"item": "滤芯", "quantity": "2", "unit_minor": 80_000}]
    return write_order(customer=customer, values=head, lines=lines, actor=customer.owner, at=now())
