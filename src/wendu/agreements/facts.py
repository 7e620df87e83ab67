"""What was bought, as the method and the estimators want it: flat, in bulk, a fixed number of queries."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value

from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, Return
from wendu.kernel.prepared import Among, prepared

Rows = QuerySet[Any, Any]


class Purchase(NamedTuple):
    """What one order brought, or what one return took back (below zero), in minor units of the house's currency."""

    customer_id: int
    ordered_on: date
    revenue_minor: int
    margin_minor: int | None
    is_order: bool = True


def all_purchases(*, currency: str, upto: date | None = None, at_once: int = 20_000) -> Iterator[Purchase]:
    """Every purchase and every return of customers who are there, one flat row each (two queries, streamed).

    Cancelled and deleted orders are none, and neither are those in another currency. Revenue is without tax; a margin
    of None is unknown. The rows come in no order.
    """
    there = {"customer__deleted_at__isnull": True, "customer__bucket_of__isnull": True, "currency": currency}
    orders = Order.objects.counted().filter(**there)
    returns = Return.objects.standing().filter(
        **{f"order__{name}": value for name, value in there.items()}, order__deleted_at__isnull=True
    )
    returns = returns.exclude(order__state=OrderState.CANCELLED)
    if upto is not None:
        orders, returns = orders.filter(ordered_on__lte=upto), returns.filter(returned_on__lte=upto)
    bought = orders.order_by().annotate(is_order=Value(True))
    flat = ("customer_id", "ordered_on", "revenue_minor", "margin_minor", "is_order")
    for row in bought.values_list(*flat).iterator(at_once):
        yield Purchase(*row)
    back = returns.order_by().annotate(lost=-F("revenue_minor"), less=-F("margin_minor"), is_order=Value(False))
    columns = ("order__customer_id", "returned_on", "lost", "less", "is_order")
    for row in back.values_list(*columns).iterator(at_once):
        yield Purchase(*row)


class OrderDay(NamedTuple):
    """An order as the thermometer sees it: of which deal, if of one, and on which day."""

    opportunity_id: int | None
    ordered_on: date


def order_days(customer_ids: Collection[int], *, as_of: date) -> dict[int, list[OrderDay]]:
    """Per customer the orders that stand, up to a day (one query)."""
    found: dict[int, list[OrderDay]] = {}
    for customer_id, opportunity_id, ordered_on in _order_days(customer_ids, as_of):
        found.setdefault(customer_id, []).append(OrderDay(opportunity_id, ordered_on))
    return found


@prepared
def _order_days(customer_ids: Collection[int], as_of: date) -> Rows:
    rows = Order.objects.filter(Among("customer_id", customer_ids), deleted_at__isnull=True, ordered_on__lte=as_of)
    rows = rows.exclude(state=OrderState.CANCELLED).order_by("customer_id", "ordered_on", "pk")
    return rows.values_list("customer_id", "opportunity_id", "ordered_on")
