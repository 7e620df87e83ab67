"""Contracts, orders with their lines and their money, and subscriptions."""

from wendu.agreements.models.contracts import (
    CLOSED,
    IN_FORCE,
    SIGNED_STATES,
    Contract,
    ContractMove,
    ContractQuerySet,
)
from wendu.agreements.models.orders import (
    REVENUE,
    RUNNING,
    Instalment,
    Order,
    OrderLine,
    OrderMove,
    OrderQuerySet,
    PartQuerySet,
    ProductSheet,
    Receipt,
    Return,
    Subscription,
    SubscriptionChange,
    SubscriptionQuerySet,
)

__all__ = [
    "CLOSED",
    "IN_FORCE",
    "REVENUE",
    "RUNNING",
    "SIGNED_STATES",
    "Contract",
    "ContractMove",
    "ContractQuerySet",
    "Instalment",
    "Order",
    "OrderLine",
    "OrderMove",
    "OrderQuerySet",
    "PartQuerySet",
    "ProductSheet",
    "Receipt",
    "Return",
    "Subscription",
    "SubscriptionChange",
    "SubscriptionQuerySet",
]
