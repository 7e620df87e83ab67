"""Reads of agreements; every one starts with who is looking."""

from typing import Any

from wendu.agreements.models import Order, OrderQuerySet
from wendu.customers.models import Customer
from wendu.opportunities.models import Opportunity


def orders_of(user: Any, customer: Customer) -> OrderQuerySet:
    """The orders of a customer, latest first."""
    rows = Order.objects.visible_to(user).standing().filter(customer=customer)
    return rows.select_related("opportunity", "decided_by").order_by("-ordered_on", "-pk")


def is_ordered(user: Any, deal: Opportunity) -> bool:
    """Whether an order of this deal is written down and counts."""
    return Order.objects.visible_to(user).counted().filter(opportunity=deal).exists()
