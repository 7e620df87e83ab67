"""Customers of the demo who order again: filters and oil by their own rhythm, some of whom have stopped."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Min

from wendu.agreements.actions import NewOrder, load_orders
from wendu.agreements.models import Order
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.ops.simulator.words import table

SEED = 2026
BESIDE, NOT_BESIDE = 0.9, 0.15
"""How likely somebody orders what goes with another thing, who has that one and who has not."""


def write_habits(at: datetime) -> int:
    """Write what those who won deals made customers ordered since; tells how many orders."""
    today = Frame.at(at).today
    begun = Order.objects.counted().values("customer_id", "customer__market", "currency")
    known = begun.annotate(first_on=Min("ordered_on")).order_by("customer_id")
    rows = [order for customer in known for order in _orders(customer, today)]
    with transaction.atomic():
        load_orders(rows, actor=None, at=at)
        judge_many(sorted({row.values["customer_id"] for row in rows}), frame=Frame.at(at), at=at)
    return len(rows)


def _orders(customer: Mapping[str, Any], today: date) -> Iterator[NewOrder]:
    """What one customer orders again and again, from its first order on."""
    rng, has = Random(f"{SEED}:habit:{customer['customer_id']}"), set[str]()  # noqa: S311  repeatable, not secret
    until = today - timedelta(days=rng.randint(60, 300)) if rng.random() < 0.2 else today
    for habit in table("habits"):
        beside = habit.get("beside")
        chance = habit["chance"] if beside is None else BESIDE if beside in has else NOT_BESIDE
        if habit["market"] == customer["customer__market"] and rng.random() < chance:
            has.add(habit["item"])
            for on in _days(rng, habit["every"], customer["first_on"], until):
                yield _order(rng, habit, customer, on)


def _days(rng: Random, every: int, first_on: date, until: date) -> Iterator[date]:
    own = every * rng.uniform(0.7, 1.4)
    on = first_on + timedelta(days=rng.randint(10, every))
    while on <= until:
        yield on
        on += timedelta(days=round(own * rng.uniform(0.85, 1.15)))


def _order(rng: Random, habit: dict[str, Any], customer: Mapping[str, Any], on: date) -> NewOrder:
    pieces = rng.randint(1, 4)
    values = {"customer_id": customer["customer_id"], "currency": customer["currency"]}
    values |= {"state": "accepted", "accepted_on": on}  # handed over the counter
    told = {"reason": rng.choice(habit["reasons"])} if rng.random() < 0.6 else {}
    return NewOrder({**values, "ordered_on": on, **told}, habit["item"], Decimal(pieces), pieces * habit["minor"])
