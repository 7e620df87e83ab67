"""Customers of the demo who order again do so by a rhythm of their own, after their first order and never tomorrow."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from tests.cast import MONDAY
from tests.factories import make_customer
from tests.insights.world import bought
from wendu.agreements.models import Order, OrderLine
from wendu.coach.models import Standing
from wendu.ops.simulator.habits import write_habits

TODAY = MONDAY.date()
MOST = 1.4 * 1.15  # the longest rhythm, and how late one order of it may be


def days_by_thing() -> dict[tuple[int, str], list]:
    found = defaultdict(list)
    lines = OrderLine.objects.order_by("order__ordered_on").values_list(
        "order__customer_id", "item", "order__ordered_on"
    )
    for customer, item, on in lines:
        found[customer, item].append(on)
    return found


def test_they_order_by_a_rhythm_after_the_first_order_and_some_have_stopped(cast):
    customers = [make_customer(cast.alice, f"老客户{number}", market="b2b") for number in range(30)]
    for customer in customers:
        bought(customer, 700)

    count = write_habits(MONDAY)

    again = Order.objects.exclude(ordered_on=TODAY - timedelta(days=700))
    assert again.count() == count > 100
    assert max(again.values_list("ordered_on", flat=True)) <= TODAY
    filters = [days for (_, item), days in days_by_thing().items() if item == "滤芯包"]
    assert all(late - early <= timedelta(days=60 * MOST + 1) for days in filters for early, late in pairwise(days))
    latest = [max(days) for days in filters]
    assert any(on < TODAY - timedelta(days=60 * MOST + 1) for on in latest)
    assert any(on > TODAY - timedelta(days=60) for on in latest)
    assert Standing.objects.filter(latest_order_on__gt=TODAY - timedelta(days=60)).exists()


def test_who_has_never_bought_has_no_habit(cast):
    make_customer(cast.alice, "还没买过")

    assert write_habits(MONDAY) == 0
