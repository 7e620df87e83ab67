from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import lose, make_contact, make_customer, make_influencer, make_opportunity, win
from wendu.method.codes import DealEvent
from wendu.opportunities.actions import (
    close_opportunity,
    delete_opportunity,
    pause_opportunity,
    reopen_opportunity,
    resume_opportunity,
)
from wendu.opportunities.choices import Outcome
from wendu.opportunities.facts import deal_histories
from wendu.opportunities.queries import won_cycle_days

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "精工")


def told(customer, as_of=TODAY):
    history = deal_histories([customer.pk], as_of=as_of)[customer.pk]
    return [(day.on and (day.on - TODAY).days, str(day.fact.event)) for day in history.days]


def open_after(customer, as_of):
    return deal_histories([customer.pk], as_of=as_of)[customer.pk].open


def test_the_life_of_a_deal_is_told_in_order(cast, customer):
    deal = make_opportunity(customer, opened_on=TODAY - 40 * DAY)
    lose(deal, TODAY - 20 * DAY)
    reopen_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)
    pause_opportunity(opportunity=deal, reason="等", wake_on=TODAY + 9 * DAY, actor=cast.alice, at=MONDAY)
    resume_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)
    win(deal)

    assert told(customer) == [
        (-40, DealEvent.OPENED),
        (-20, DealEvent.LOST),
        (0, DealEvent.REOPENED),
        (0, DealEvent.PAUSED),
        (0, DealEvent.REOPENED),
        (0, DealEvent.WON),
    ]


def test_what_comes_later_does_not_exist_yet(cast, customer):
    deal = make_opportunity(customer, opened_on=TODAY - 40 * DAY, amount_minor=700)
    lose(deal, TODAY - 20 * DAY)
    reopen_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)

    assert told(customer, as_of=TODAY - 41 * DAY) == []
    assert told(customer, as_of=TODAY - 21 * DAY) == [(-40, DealEvent.OPENED)]
    assert told(customer, as_of=TODAY - DAY) == [(-40, DealEvent.OPENED), (-20, DealEvent.LOST)]
    for days, amounts in ((41, []), (40, [700]), (21, [700]), (20, []), (1, []), (0, [700])):
        assert [row.amount_minor for row in open_after(customer, TODAY - days * DAY)] == amounts


def test_a_cancelled_order_is_a_win_lost_in_the_end(cast, customer):
    deal = make_opportunity(customer, opened_on=TODAY - 40 * DAY)
    win(deal, TODAY - 20 * DAY)
    close_opportunity(opportunity=deal, outcome=Outcome.CANCELLED, closed_on=TODAY, actor=cast.alice, at=MONDAY)

    assert told(customer) == [(-40, DealEvent.OPENED), (-20, DealEvent.WON), (0, DealEvent.LOST)]
    assert open_after(customer, TODAY) == ()


def test_a_deal_without_a_day_was_always_there(customer):
    make_opportunity(customer, opened_on=None)

    assert told(customer, as_of=TODAY - 900 * DAY) == [(None, DealEvent.OPENED)]


def test_a_deleted_deal_tells_nothing(cast, customer):
    deal = make_opportunity(customer)
    delete_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)

    assert deal_histories([customer.pk], as_of=TODAY) == {}


def test_facts_of_many_customers_cost_a_fixed_number_of_queries(cast, django_assert_num_queries):
    customers = [make_customer(cast.alice) for _ in range(3)]
    for each in customers:
        make_influencer(make_opportunity(each), make_contact(each))
        lose(make_opportunity(each))
    ids = [each.pk for each in customers]

    with django_assert_num_queries(3):
        assert len(deal_histories(ids, as_of=TODAY)) == 3


def test_the_won_cycle_of_a_team_is_its_median_up_to_a_day(cast, django_assert_num_queries):
    mine, his = make_customer(cast.alice), make_customer(cast.bob)
    for customer, opened, closed, amount in ((mine, 50, 40, 300), (mine, 50, 20, 100), (his, 60, 10, 200)):
        win(make_opportunity(customer, opened_on=TODAY - opened * DAY), TODAY - closed * DAY, amount_minor=amount)
    win(make_opportunity(mine, opened_on=None), TODAY - 15 * DAY)
    lose(make_opportunity(mine, opened_on=TODAY - 99 * DAY))

    with django_assert_num_queries(1):
        cycle = won_cycle_days(cast.alice, as_of=TODAY)

    assert (cycle.deals, cycle.days, cycle.amounts) == (4, 30.0, (100, 200, 300))
    assert won_cycle_days(cast.alice, as_of=TODAY - 20 * DAY).days == 20.0
    assert won_cycle_days(cast.north, as_of=TODAY) == cycle
    assert won_cycle_days(cast.charlie, as_of=TODAY).days is None
    assert won_cycle_days(cast.ada, as_of=TODAY).deals == 0
