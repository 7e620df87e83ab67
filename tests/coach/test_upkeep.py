"""Late money and renewals in the day of whoever looks after the customer: on the day it is time."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_contact, make_customer
from wendu.agreements.actions import begin_subscription, set_instalments, write_order, write_receipt
from wendu.agreements.facts import money_of, overdue_with
from wendu.agreements.models import Order
from wendu.coach.plan import daily_plan
from wendu.desk.plan import plan_lines
from wendu.touches.actions import QuietDraft, set_quiet_period

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PUMP = {"item": "水泵", "quantity": "10", "unit_minor": 11_300, "tax": "13"}


def sold(customer, *dues):
    """Ten pumps for 1,130, ordered 60 days ago, with parts due so many days from today."""
    who = {"actor": customer.owner, "at": MONDAY}
    order = write_order(customer=customer, values={"ordered_on": TODAY - 60 * DAY}, lines=[PUMP], **who)
    parts = [{"due_on": TODAY + days * DAY, "amount_minor": minor, "note": ""} for days, minor in dues]
    if parts:
        set_instalments(order=order, dues=parts, **who)
    return order


def paid(order, minor, days=0):
    values = {"received_on": TODAY + days * DAY, "amount_minor": minor}
    write_receipt(order=order, values=values, actor=order.customer.owner, at=MONDAY)


def cared_for(customer, *, left, months=12, **values):
    began = TODAY + left * DAY - round(months * 365 / 12) * DAY
    values = {"item": "维保", "fee_minor": 980_000, "term_months": months, "began_on": began, **values}
    return begin_subscription(customer=customer, values=values, actor=customer.owner, at=MONDAY)


def asked(user):
    return {step.customer_id: step.situation for step in daily_plan(user, at=MONDAY).steps}


def said(user, lang="zh-hans"):
    return [line.why for line in plan_lines(daily_plan(user, at=MONDAY), lang)[0]]


@pytest.fixture
def buyer(cast):
    """A customer who bought and was visited yesterday, so that nothing else is due."""
    customer = make_customer(cast.alice, "海棠酒店")
    make_contact(customer, "魏总")
    return customer


def test_late_money_stands_in_the_day_of_the_owner_with_what_and_since_when(cast, buyer):
    sold(buyer, (-5, 60_000))
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")

    assert asked(cast.alice) == {buyer.pk: "payment_overdue"}
    assert said(cast.alice) == ["¥600 该 02-25 到账，已经晚了 5 天"]
    assert "5 days late" in said(cast.alice, "en")[0]
    assert asked(cast.charlie) == {}


def test_whoever_was_asked_is_asked_again_after_a_week_and_not_before(cast, buyer):
    sold(buyer, (-20, 60_000))
    touch(buyer, cast.alice, TODAY - 6 * DAY, kind="phone")
    assert asked(cast.alice) == {}

    other = make_customer(cast.alice)
    sold(other, (-20, 60_000))
    touch(other, cast.alice, TODAY - 7 * DAY, kind="phone")
    assert asked(cast.alice) == {other.pk: "payment_overdue"}


@pytest.mark.parametrize(("dues", "came"), [(((-5, 60_000),), 60_000), (((0, 60_000),), 0), ((), 0)])
def test_nobody_is_asked_for_what_is_paid_not_late_or_without_a_day(cast, buyer, dues, came):
    order = sold(buyer, *dues)
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")
    if came:
        paid(order, came)

    assert "payment_overdue" not in asked(cast.alice).values()


def test_the_one_query_and_the_rule_tell_the_same_customers(cast):
    for dues, came in [
        (((-5, 60_000), (30, 53_000)), 0),
        (((-5, 60_000), (30, 53_000)), 59_999),
        (((-5, 60_000), (30, 53_000)), 60_000),
        (((-50, 60_000), (-1, 53_000)), 60_000),
        (((-50, 60_000), (-1, 53_000)), 113_000),
        (((-1, 1),), 0),
        (((0, 113_000),), 0),
    ]:
        order = sold(make_customer(cast.alice), *dues)
        if came:
            paid(order, came)
    orders = list(Order.objects.all())
    ruled = {
        order.customer_id: owed.overdue_minor
        for order in orders
        for owed in (money_of([order], on=TODAY)[order.pk],)
        if owed.overdue_minor
    }

    found = overdue_with(cast.alice, as_of=TODAY, currency="CNY")

    assert {pk: late.amount_minor for pk, late in found.items()} == ruled
    assert len(ruled) == 4
    assert overdue_with(cast.charlie, as_of=TODAY, currency="CNY") == {}


def test_m6_a_renewal_stands_in_the_day_45_days_ahead(cast, buyer):
    touch(buyer, cast.alice, TODAY - 47 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=46)
    assert "renewal_due" not in asked(cast.alice).values()

    near = make_customer(cast.alice, "松涛药业")
    touch(near, cast.alice, TODAY - 47 * DAY, kind="phone")
    sold(near)
    cared_for(near, left=44)
    steps = {step.customer_id: step for step in daily_plan(cast.alice, at=MONDAY).steps}
    told = [steps[near.pk].reason, *steps[near.pk].others]
    reason = next(each for each in told if each.code == "renewal_due")
    assert (reason.numbers["item"], reason.numbers["left"]) == ("维保", 44)


def test_a_fee_of_a_month_is_not_about_to_end_every_day(cast, buyer):
    touch(buyer, cast.alice, TODAY - 5 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=12, months=1)

    assert "renewal_due" not in asked(cast.alice).values()


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [(0, "active", "维保今天到期"), (-3, "active", "3 天还没续"), (5, "trial", "的试用"), (5, "active", "还有 5 天")],
)
def test_the_sentence_says_what_ends_and_when(cast, buyer, left, state, words):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=left, state=state)
    day = daily_plan(cast.alice, at=MONDAY)
    codes = {step.situation for step in day.steps}

    assert codes == {"renewal_due"}
    assert words in said(cast.alice)[0]
    assert "{" not in "".join(said(cast.alice, "en"))


def test_in_a_quiet_period_nobody_is_asked(cast, buyer):
    sold(buyer, (-5, 60_000))
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")
    quiet = QuietDraft(starts_on=TODAY - DAY, ends_on=TODAY + DAY, reason="shutdown")
    set_quiet_period(customer=buyer, quiet=quiet, actor=cast.alice, at=MONDAY)

    assert asked(cast.alice) == {}
