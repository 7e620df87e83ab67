"""What a customer is worth and where it stands that only pays fees: each term counts, and what runs is used (3.27)."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity, win
from tests.insights.world import TODAY, bought
from wendu.agreements.actions import begin_subscription, end_subscription, renew_subscription
from wendu.agreements.models import Order
from wendu.desk.worth.lanes import lanes_page
from wendu.desk.worth.overview import overview_page
from wendu.insights.actions import write_scores
from wendu.insights.facts import Ground
from wendu.insights.models import Score

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fee(customer, *, ago, months=12, **values):
    said = {"item": "维保", "fee_minor": 600_000, "term_months": months, "began_on": TODAY - ago * DAY, **values}
    return begin_subscription(customer=customer, values=said, actor=customer.owner, at=MONDAY)


def scored(customer, on=TODAY) -> Score:
    write_scores([customer.pk], Ground.on(on), None)
    return Score.objects.get(pk=customer.pk)


@pytest.mark.parametrize(
    ("ago", "months", "state", "stage"),
    [
        (30, 12, "active", "growth"),
        (200, 12, "active", "mature"),
        (330, 1, "active", "dormant"),
        (700, 1, "active", "churned"),
        (10, 1, "trial", "growth"),
        (90, 1, "trial", "introduction"),
    ],
)
def test_what_runs_is_used_and_what_nobody_renewed_is_not(cast, ago, months, state, stage):
    customer = make_customer(cast.alice, "只有订阅")
    fee(customer, ago=ago, months=months, state=state)

    assert scored(customer).stage == stage


def test_each_term_that_was_paid_is_earned_and_a_trial_is_not(cast):
    customer = make_customer(cast.alice, "按月付的")
    row = fee(customer, ago=85, months=1, state="trial", margin="40")
    for _month in range(2):
        renew_subscription(subscription=row, fee_minor=700_000, actor=cast.alice, at=MONDAY)

    score = scored(customer)

    assert (score.revenue_minor, score.margin_minor, score.first_minor) == (1_400_000, 560_000, 700_000)
    assert (score.order_days, score.first_on, score.every_days) == (1, row.changes.order_by("pk")[1].on, None)


def test_an_unknown_margin_of_a_fee_is_said(cast):
    customer = make_customer(cast.alice, "不知成本")
    bought(customer, 10)
    fee(customer, ago=5)

    assert scored(customer).margin_minor is None


def test_an_ended_fee_was_used_until_its_end(cast):
    customer = make_customer(cast.alice, "退订的")
    row = fee(customer, ago=400, renews_on=TODAY - 35 * DAY)
    end_subscription(subscription=row, ended_on=TODAY - 35 * DAY, cause="搬走了", actor=cast.alice, at=MONDAY)

    score = scored(customer)

    assert (score.stage, score.stage_before) == ("growth", "growth")
    assert score.revenue_minor == 600_000


def test_a_won_deal_with_its_fee_written_down_counts_once(cast):
    customer = make_customer(cast.alice, "签了年费")
    deal = make_opportunity(customer, opened_on=TODAY - 60 * DAY, amount_minor=600_000)
    win(deal, on=TODAY - 40 * DAY)
    assert scored(customer).revenue_minor == 600_000

    row = fee(customer, ago=40, months=1, opportunity=deal)
    assert scored(customer).revenue_minor == 600_000

    Order.objects.filter(pk=bought(customer, 40, amount=600_000)[0].pk).update(opportunity=deal)
    assert scored(customer).revenue_minor == 600_000
    renew_subscription(subscription=row, fee_minor=600_000, actor=cast.alice, at=MONDAY)
    assert scored(customer).revenue_minor == 1_200_000


def test_whoever_only_subscribes_is_among_the_buyers_and_in_its_lane(cast):
    customer = make_customer(cast.alice, "只有订阅")
    fee(customer, ago=30)
    scored(customer)

    overview, lanes = overview_page(cast.alice, MONDAY, {}), lanes_page(cast.alice, MONDAY)

    assert (overview.buyers, overview.revenue) == (1, 600_000)
    assert {lane.code: lane.count for lane in lanes.lanes}["growth"] == 1
    assert overview_page(cast.charlie, MONDAY, {}).buyers == 0
