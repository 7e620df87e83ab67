"""Orders of the demo: every won deal has one, with why they bought, its parts due, and what came in of them."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from wendu.agreements.actions import (
    NewOrder,
    begin_subscription,
    end_subscription,
    load_orders,
    move_order,
    renew_subscription,
    set_instalments,
    write_receipt,
)
from wendu.agreements.models import Order
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure
from wendu.ops.simulator.words import table

SEED = 2026
YEARLY = {"备件年包": 1.0, "供气托管": 0.4, "家庭设备安心年包": 1.0, "净水新风维保": 1.0}
"""Products sold by the year, and which part of the amount of the deal is the fee of one."""
SHARES = ((0.3, 0), (0.6, 45), (0.1, 365))
"""Of the price: how much is due, and how many days after the order."""


def write_orders(at: datetime) -> int:
    """Write the orders of all won deals in the currency of the house; tells how many there are."""
    today, why = Frame.at(at).today, {row["product"]: row for row in table("orders")}
    won = Closure.objects.filter(outcome=Outcome.WON, reopened_on__isnull=True, opportunity__amount_minor__gt=0)
    won = won.filter(opportunity__customer__deleted_at__isnull=True, closed_on__lte=today, opportunity__orders=None)
    closures = list(won.select_related("opportunity__customer__owner").order_by("pk"))
    rows = [_order(closure, why.get(closure.opportunity.product, {})) for closure in closures]
    with transaction.atomic():
        keys = load_orders(rows, actor=None, at=at)
        judge_many(sorted({row.values["customer_id"] for row in rows}), frame=Frame.at(at), at=at)
        for order in Order.objects.filter(pk__in=keys).select_related("customer__owner").order_by("pk"):
            _paid(order, today, at)
        _subscribed(closures, today, at)
    return len(keys)


def _order(closure: Closure, why: dict[str, Any]) -> NewOrder:
    deal, rng = closure.opportunity, Random(f"{SEED}:order:{closure.pk}")  # noqa: S311  repeatable, not secret
    said = why and rng.random() < 0.7
    told = {name: rng.choice(why[f"{name}s"]) for name in ("need", "reason", "scenario")} if said else {}
    values = {"customer_id": deal.customer_id, "opportunity_id": deal.pk, "currency": deal.currency, "state": "open"}
    values |= {"ordered_on": closure.closed_on, **told}
    return NewOrder(values, deal.product or deal.title, Decimal(1), deal.amount_minor or 0)


def _paid(order: Order, today: date, at: datetime) -> None:
    """Parts due, receipts for most of those that are over, and how far the order is."""
    rng = Random(f"{SEED}:money:{order.opportunity_id}")  # noqa: S311  repeatable, not secret
    who: dict[str, Any] = {"actor": order.customer.owner, "at": at}
    parts = list(_parts(order))
    set_instalments(order=order, dues=parts, **who)
    age = (today - order.ordered_on).days
    if age > 45:
        move_order(order=order, to_state="accepted", accepted_on=order.ordered_on + timedelta(days=40), **who)
    for part in parts:
        received_on = part["due_on"] + timedelta(days=rng.randint(0, 12))
        is_slow = age < 200 and rng.random() < 0.12
        if received_on <= today and not is_slow:
            values = {"received_on": received_on, "amount_minor": part["amount_minor"], "note": part["note"]}
            write_receipt(order=order, values=values, **who)


def _subscribed(closures: list[Closure], today: date, at: datetime) -> None:
    """What is sold by the year comes again each year; most is renewed, some at another fee, some not."""
    for closure in (each for each in closures if each.opportunity.product in YEARLY):
        deal, rng = closure.opportunity, Random(f"{SEED}:fee:{closure.pk}")  # noqa: S311  repeatable, not secret
        who: dict[str, Any] = {"actor": deal.customer.owner, "at": at}
        fee = round((deal.amount_minor or 0) * YEARLY[deal.product])
        said = {"item": deal.product, "began_on": closure.closed_on, "fee_minor": fee, "opportunity": deal}
        said |= {"one_off_minor": round(fee * 2.5), "term_months": 12}
        row = begin_subscription(customer=deal.customer, values=said, **who)
        while row.renews_on < today - timedelta(days=20):
            if rng.random() < 0.15:
                end_subscription(subscription=row, ended_on=row.renews_on, cause="自己养人管", **who)
                break
            change = rng.choice((1.0, 1.0, 1.1, 0.9))
            renew_subscription(subscription=row, fee_minor=round(row.fee_minor * change), **who)


def _parts(order: Order) -> Iterator[dict[str, Any]]:
    if order.gross_minor < 1_000_000:
        yield {"due_on": order.ordered_on, "amount_minor": order.gross_minor, "note": "全款"}
        return
    rest = order.gross_minor
    for (share, days), note in zip(SHARES, ("首款", "验收款", "质保金"), strict=True):
        amount = rest if share == SHARES[-1][0] else round(order.gross_minor * share)
        rest -= amount
        yield {"due_on": order.ordered_on + timedelta(days=days), "amount_minor": amount, "note": note}
