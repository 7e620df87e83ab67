"""Who pays for something that runs on has bought: it is no longer wooed as if it had not (method: 3.27)."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, stands, touch
from tests.factories import make_customer, make_opportunity, win
from tests.factories.orders import make_contract
from wendu.agreements.actions import (
    begin_subscription,
    delete_subscription,
    end_subscription,
    move_contract,
    renew_subscription,
    restore_subscription,
    undo_step,
)
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.plan import daily_plan

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def care(customer, *, ago=100, **values):
    """A fee for a year of care, begun so many days ago."""
    said = {"item": "维保", "fee_minor": 980_000, "term_months": 12, "began_on": TODAY - ago * DAY, **values}
    return begin_subscription(customer=customer, values=said, actor=customer.owner, at=MONDAY)


def row_of(customer) -> Standing:
    return Standing.objects.get(pk=customer.pk)


@pytest.fixture
def firm(cast):
    """A firm that was visited once, without a deal and without an order."""
    customer = make_customer(cast.alice, "海棠酒店")
    touch(customer, cast.alice, TODAY - 120 * DAY)
    assert row_of(customer).status == "in_pursuit"
    return customer


def test_a_firm_that_only_subscribes_is_an_existing_customer_on_every_list(cast, firm):
    care(firm)

    row = row_of(firm)
    assert (row.status, row.in_pursuit, row.deadline_on, row.latest_order_on) == (
        "existing",
        False,
        None,
        TODAY - 100 * DAY,
    )
    assert (row.heat, row.heat_on, row.counted_on) == (100, TODAY - 100 * DAY, TODAY - 100 * DAY)
    assert row.gap_on is None or row.gap_on > TODAY


def test_nobody_pays_a_first_visit_to_who_pays_us(cast):
    customer = make_customer(cast.alice, "只有订阅")
    care(customer, ago=5)

    assert {step.situation for step in daily_plan(cast.alice, at=MONDAY).steps} <= {"unlogged"}
    assert row_of(customer).status == "existing"


def test_a_trial_is_not_bought_until_it_is_paid(cast, firm):
    row = care(firm, ago=20, term_months=1, state="trial", renews_on=TODAY - DAY)
    assert row_of(firm).status == "in_pursuit"

    renew_subscription(subscription=row, fee_minor=980_000, actor=cast.alice, at=MONDAY)
    assert (row_of(firm).status, row_of(firm).latest_order_on) == ("existing", TODAY - DAY)

    undo_step(subscription=row, actor=cast.alice, at=MONDAY)
    assert row_of(firm).status == "in_pursuit"


def test_deleted_it_was_never_bought_and_ended_it_still_was(cast, firm):
    row = care(firm)
    end_subscription(subscription=row, ended_on=TODAY, cause="搬走了", actor=cast.alice, at=MONDAY)
    assert row_of(firm).status == "existing"

    delete_subscription(subscription=row, actor=cast.alice, at=MONDAY)
    assert row_of(firm).status == "in_pursuit"
    restore_subscription(subscription=row, actor=cast.alice, at=MONDAY)
    assert row_of(firm).status == "existing"


@pytest.mark.parametrize(
    ("kind", "state", "status"),
    [
        ("service", "running", "existing"),
        ("one_off", "signed", "existing"),
        ("frame", "running", "in_pursuit"),
        ("service", "offered", "in_pursuit"),
    ],
)
def test_a_policy_or_a_contract_that_was_signed_is_bought_and_a_frame_waits_for_its_orders(
    cast, firm, kind, state, status
):
    days = {} if state != "offered" else {"signed_on": None}

    make_contract(firm, kind=kind, state=state, **days)

    assert row_of(firm).status == status


def test_signing_a_service_contract_makes_a_customer_at_once(cast, firm):
    row = make_contract(firm, kind="service", state="offered", signed_on=None)

    move_contract(contract=row, to_state="signed", on=TODAY, actor=cast.alice, at=MONDAY)

    assert (row_of(firm).status, row_of(firm).latest_order_on) == ("existing", TODAY)


def test_fees_show_no_rhythm_of_orders(cast, firm):
    for ago in (95, 65, 35):
        care(firm, ago=ago, item=f"模块{ago}")

    assert row_of(firm).reorder_on is None


def test_with_an_open_deal_they_are_pursued_all_the_same(cast, firm):
    make_opportunity(firm, opened_on=TODAY - 10 * DAY)
    care(firm)

    assert row_of(firm).status == "in_pursuit"


def test_the_fee_of_a_won_deal_is_bought_on_the_day_it_was_won(cast, firm):
    deal = make_opportunity(firm, opened_on=TODAY - 40 * DAY)
    win(deal, on=TODAY - 30 * DAY)

    care(firm, ago=10, opportunity=deal)

    assert row_of(firm).latest_order_on == TODAY - 30 * DAY


def test_a_rebuild_says_the_same(cast, firm):
    care(firm)
    care(firm, ago=30, item="第二份", state="trial")
    make_contract(firm, kind="service")
    kept = stands()

    judge_many([firm.pk], frame=Frame.at(MONDAY), at=MONDAY)

    assert stands() == kept


def test_a_past_day_does_not_know_what_began_later(cast, firm):
    care(firm, ago=20)

    then = daily_plan(cast.alice, on=TODAY - 30 * DAY, from_facts=True)

    assert isinstance(TODAY, date)
    assert [step.situation for step in then.steps if step.customer_id == firm.pk]
    standing = next(step.standing for step in then.steps if step.customer_id == firm.pk)
    assert standing.latest_order_on is None
