"""Orders as tests want them."""

from datetime import timedelta
from typing import Any

from wendu.agreements.actions import (
    begin_subscription,
    set_instalments,
    write_contract,
    write_order,
    write_receipt,
    write_return,
)
from wendu.agreements.models import Contract, Order, Subscription
from wendu.customers.models import Customer
from wendu.identity.models import Organisation
from wendu.kernel.clock import now


def make_order(customer: Customer, **values: Any) -> Order:
    """Two filters at 800 each, ordered today by its owner, unless told otherwise."""
    head = {"ordered_on": Organisation.objects.current().today(now()), **values}
    lines = [{"item": "滤芯", "quantity": "2", "unit_minor": 80_000}]
    return write_order(customer=customer, values=head, lines=lines, actor=customer.owner, at=now())


def make_money(order: Order) -> Order:
    """Half of it due ten days ago and paid by one receipt, the rest due in twenty days; 1.00 was taken off."""
    today, half = Organisation.objects.current().today(now()), order.gross_minor // 2
    who: dict[str, Any] = {"actor": order.customer.owner, "at": now()}
    dues = [{"due_on": today - timedelta(days=10), "amount_minor": half}]
    set_instalments(order=order, dues=[*dues, {"due_on": today + timedelta(days=20), "amount_minor": None}], **who)
    write_receipt(order=order, values={"received_on": today, "amount_minor": half, "note": "首款"}, **who)
    write_return(order=order, values={"returned_on": today, "gross_minor": 100, "reason": "少了一个垫片"}, **who)
    return order


def make_contract(customer: Customer, **values: Any) -> Contract:
    """A frame contract over 100,000, signed 335 days ago for a year, so that 30 are left, unless told otherwise."""
    today = Organisation.objects.current().today(now())
    days = {"signed_on": today - timedelta(days=335), "ends_on": today + timedelta(days=30)}
    said = {"title": "年度供货框架", "kind": "frame", "amount_minor": 10_000_000, "state": "running", **days, **values}
    return write_contract(customer=customer, values=said, actor=customer.owner, at=now())


def make_subscription(customer: Customer, **values: Any) -> Subscription:
    """Care for a year at 12,000, begun 340 days ago, unless told otherwise; buying once costs 30,000."""
    began_on = Organisation.objects.current().today(now()) - timedelta(days=340)
    fees = {"fee_minor": 1_200_000, "one_off_minor": 3_000_000, "term_months": 12}
    said = {"item": "维保年包", "began_on": began_on, **fees, **values}
    return begin_subscription(customer=customer, values=said, actor=customer.owner, at=now())
