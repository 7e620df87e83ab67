"""A house with orders: customers who order regularly, rarely, once, and never again."""

from datetime import date, timedelta
from typing import Any

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.agreements.models import Order, OrderLine
from wendu.customers.models import Customer
from wendu.identity.models import User

TODAY = MONDAY.date()
AMOUNT, MARGIN = 100_000, 30_000


def bought(
    customer: Customer, *days_ago: int, margin: int | None = MARGIN, amount: int = AMOUNT, on: date = TODAY
) -> list[Order]:
    """Orders so many days before a day, written without judging in between."""
    return [
        Order.objects.create(
            customer=customer,
            ordered_on=on - timedelta(days=days),
            currency="CNY",
            revenue_minor=amount,
            gross_minor=amount,
            margin_minor=margin,
            written_at=MONDAY,
        )
        for days in days_ago
    ]


def item(order: Order, name: str, **values: Any) -> OrderLine:
    """One line of an order."""
    return OrderLine.objects.create(order=order, item=name, unit_minor=order.revenue_minor, **values)


def four(owner: User, on: date = TODAY) -> dict[str, Customer]:
    """The four customers every rule has to make sense for."""
    found = {
        "tender": make_customer(owner, "县水务局", market="b2g", sale_kind="project"),
        "distributor": make_customer(owner, "城南五金"),
        "household": make_customer(owner, "李家", kind="person", market="b2c", industry="insurance"),
        "sleeper": make_customer(owner, "老机械厂"),
    }
    bought(found["tender"], 900, on=on)
    bought(found["distributor"], *(3 + 7 * week for week in range(60)), on=on)
    bought(found["household"], 100, 465, on=on)
    bought(found["sleeper"], *(200 + 90 * back for back in range(5)), on=on)
    return found


def crowd(owner: User, market: str, *, stay: int, leave: int, on: date = TODAY) -> None:
    """So many who were there a year ago and are there still, and so many who have gone since."""
    for number in range(stay):
        bought(make_customer(owner, f"{market}留{number}", market=market), 20, 80, 200, 420, 500, on=on)
    for number in range(leave):
        bought(make_customer(owner, f"{market}走{number}", market=market), 370, 400, 430, on=on)


def day(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)
