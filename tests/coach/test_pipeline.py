"""The stage and the amount beside each open deal, and the columns read from them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.coach.proven import WAN
from tests.factories import lose, make_customer, make_opportunity, win
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.coach.orders import Mark
from wendu.coach.pipeline import first_deals, sees_few, stage_sums, told_of_few
from wendu.opportunities.actions import edit_opportunity, move_stage, pause_opportunity, reopen_opportunity
from wendu.opportunities.choices import Stage

pytestmark = pytest.mark.django_db
AMOUNTS = (30, None, 50, 10, None, 50, 20)


@pytest.fixture
def deals(cast):
    """Seven open deals of Alice's at the first stage, two of them without an amount."""
    customer = make_customer(cast.alice)
    return [make_opportunity(customer, amount_minor=None if each is None else each * WAN) for each in AMOUNTS]


def stands(deal):
    return DealStanding.objects.filter(pk=deal.pk).values_list("stage", "amount_minor").first()


def test_the_standing_follows_the_stage_and_the_amount(cast, deals):
    deal = deals[0]
    move_stage(opportunity=deal, to_stage=Stage.ST2, actor=cast.alice, at=MONDAY)
    assert stands(deal) == ("ST2", 30 * WAN)

    edit_opportunity(opportunity=deal, changes={"amount_minor": 40 * WAN}, actor=cast.alice, at=MONDAY)
    assert stands(deal) == ("ST2", 40 * WAN)

    lose(deal)
    assert stands(deal) is None
    reopen_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)
    assert stands(deal) == ("ST2", 40 * WAN)


def test_an_amount_in_another_currency_is_no_sum_of_ours(cast):
    deal = make_opportunity(make_customer(cast.alice), amount_minor=5 * WAN, currency="USD")

    assert stands(deal) == ("ST1", None)


def test_judged_anew_from_all_facts_nothing_differs(cast, deals):
    for deal in deals[:3]:
        move_stage(opportunity=deal, to_stage=Stage.ST2, actor=cast.alice, at=MONDAY)
    before = list(DealStanding.objects.order_by("pk").values())

    judge_many([deals[0].customer_id], frame=Frame.at(MONDAY), at=MONDAY)

    assert list(DealStanding.objects.order_by("pk").values()) == before


def test_a_column_is_the_largest_first_and_the_unknown_last_on_either_way(cast, deals):
    wanted = (5, 2, 0, 6, 3, 4, 1)
    keys = tuple(deals[place].pk for place in wanted)

    assert told_of_few(cast.alice, Q(), need=9).first["ST1"] == keys
    assert first_deals(cast.eve, Q(), need=9)["ST1"] == keys
    assert first_deals(cast.eve, Q(), need=9)["ST2"] == ()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_page_by_page_every_deal_comes_once(cast, deals, size):
    whole, found, mark = first_deals(cast.eve, Q(), need=99)["ST1"], [], None
    while page := first_deals(cast.eve, Q(), need=size, stages=("ST1",), after=mark)["ST1"]:
        found += page
        mark = Mark(DealStanding.objects.get(pk=page[-1]).amount_minor, page[-1])

    assert tuple(found) == whole


def test_sums_are_the_same_looked_at_or_grouped(cast, deals):
    move_stage(opportunity=deals[2], to_stage=Stage.ST2, actor=cast.alice, at=MONDAY)
    looked, grouped = told_of_few(cast.alice, Q(), need=1).sums, stage_sums(cast.eve, Q())

    assert sorted(looked, key=str) == sorted(grouped, key=str)
    assert {each.stage: (each.deals, each.priced, each.amount_minor) for each in grouped} == {
        "ST1": (6, 4, 110 * WAN),
        "ST2": (1, 1, 50 * WAN),
    }


def test_what_is_over_or_rests_stands_in_no_column(cast, deals):
    win(deals[0])
    lose(deals[1])
    pause_opportunity(
        opportunity=deals[2], reason="等预算", wake_on=MONDAY.date() + timedelta(days=9), actor=cast.alice, at=MONDAY
    )

    assert sum(each.deals for each in stage_sums(cast.eve, Q())) == len(deals) - 3


def test_an_outsider_has_an_empty_board(cast, deals):
    assert told_of_few(cast.charlie, Q(), need=9).sums == ()
    assert first_deals(cast.charlie, Q(), need=9)["ST1"] == ()
    assert stage_sums(cast.nora, Q()) == ()
    assert (sees_few(cast.charlie), sees_few(cast.eve)) == (True, False)


def test_the_columns_cost_one_question_whatever_their_length(cast, deals):
    with CaptureQueriesContext(connection) as few:
        first_deals(cast.eve, Q(), need=2)
    for _ in range(20):
        make_opportunity(deals[0].customer, amount_minor=WAN)
    with CaptureQueriesContext(connection) as many:
        first_deals(cast.eve, Q(), need=9)

    assert len(few) == len(many) == 1
