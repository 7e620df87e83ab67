"""Reads of agreements; every one starts with who is looking."""

from datetime import date
from typing import Any

from django.db.models import F

from wendu.agreements.models import (
    IN_FORCE,
    Contract,
    ContractQuerySet,
    Order,
    OrderMove,
    OrderQuerySet,
    Receipt,
    Return,
    Subscription,
    SubscriptionQuerySet,
)
from wendu.customers.models import Customer
from wendu.opportunities.models import Opportunity
from wendu.quotes.models import Quote


def orders_of(user: Any, customer: Customer) -> OrderQuerySet:
    """The orders of a customer, latest first."""
    rows = Order.objects.visible_to(user).standing().filter(customer=customer)
    return rows.select_related("opportunity", "decided_by", "quote", "contract").order_by("-ordered_on", "-pk")


def orders_from(user: Any, quote: Quote) -> OrderQuerySet:
    """The orders written down from a quote, earliest first."""
    return Order.objects.visible_to(user).standing().filter(quote=quote).order_by("ordered_on", "pk")


def orders_due(user: Any, *, until: date) -> OrderQuerySet:
    """Orders with something to pay up to a day and not all of it paid, the earliest due first."""
    rows = Order.objects.visible_to(user).owing_by(until).filter(customer__deleted_at__isnull=True)
    return rows.select_related("customer", "customer__owner")


def orders_without_need(user: Any) -> OrderQuerySet:
    """Orders that stand and say nothing of the need behind them, latest first (method: 3.21)."""
    rows = Order.objects.visible_to(user).counted().filter(need="", customer__deleted_at__isnull=True)
    return rows.select_related("customer__owner", "customer__team").order_by("-ordered_on", "-pk")


def parts_of(order: Order) -> tuple[list[Receipt], list[Return], list[OrderMove]]:
    """What came in, what went back, and how an order one sees went on, latest first (three queries)."""
    receipts = order.receipts.standing().select_related("author").order_by("-received_on", "-pk")
    returns = order.returns.standing().select_related("author", "line").order_by("-returned_on", "-pk")
    moves = order.moves.select_related("moved_by").order_by("-pk")
    return list(receipts), list(returns), list(moves)


def contracts_of(user: Any, customer: Customer) -> ContractQuerySet:
    """The contracts of a customer, those that end next first, then those without an end."""
    rows = Contract.objects.visible_to(user).standing().with_followers().filter(customer=customer)
    return rows.select_related("opportunity", "owner").order_by(F("ends_on").asc(nulls_last=True), "pk")


def contracts_in_force(user: Any) -> ContractQuerySet:
    """All that both sides are bound by, the next to end first, then those without an end."""
    rows = Contract.objects.visible_to(user).standing().with_followers()
    rows = rows.filter(state__in=IN_FORCE, customer__deleted_at__isnull=True)
    rows = rows.select_related("customer", "customer__owner", "owner")
    return rows.order_by(F("ends_on").asc(nulls_last=True), "pk")


def contracts_about(user: Any, deal: Opportunity) -> ContractQuerySet:
    """The contracts of a deal, the latest first."""
    rows = Contract.objects.visible_to(user).standing().with_followers().filter(opportunity=deal)
    return rows.select_related("owner").order_by("-pk")


def orders_about(user: Any, deal: Opportunity) -> OrderQuerySet:
    """The orders of a deal, the latest first."""
    return Order.objects.visible_to(user).standing().filter(opportunity=deal).order_by("-ordered_on", "-pk")


def subscriptions_of(user: Any, customer: Customer) -> SubscriptionQuerySet:
    """The subscriptions of a customer, those in force first, then by the day they renew on."""
    rows = Subscription.objects.visible_to(user).standing().filter(customer=customer)
    return rows.order_by(F("ended_on").desc(nulls_first=True), "renews_on", "pk")


def subscriptions_renewing(user: Any) -> SubscriptionQuerySet:
    """All that nobody ended, the next renewal first."""
    rows = Subscription.objects.visible_to(user).standing().filter(ended_on__isnull=True)
    rows = rows.filter(customer__deleted_at__isnull=True).select_related("customer", "customer__owner")
    return rows.order_by("renews_on", "pk")


def is_ordered(user: Any, deal: Opportunity) -> bool:
    """Whether an order of this deal is written down and counts."""
    return Order.objects.visible_to(user).counted().filter(opportunity=deal).exists()
