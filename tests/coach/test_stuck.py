"""The morning asks where deals are stuck: people not heard, trust too low, talk after talk (method: 3.5 to 3.7)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.coach.proven import DAY, TODAY
from tests.factories import lose, make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding
from wendu.coach.frame import Frame
from wendu.coach.plan import daily_plan
from wendu.coach.stuck import Stuck, stuck_of
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import TouchDraft, log_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "桐溪注塑", at=MONDAY - timedelta(days=90))


@pytest.fixture
def deal(customer):
    return make_opportunity(customer, "空压站节能", opened_on=TODAY - 60 * DAY, at=MONDAY - timedelta(days=60))


@pytest.fixture
def boss(deal):
    boss = make_contact(deal.customer, "顾明舒")
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER, weight=5)
    return boss


def talk(deal, day, **more):
    draft = TouchDraft(kind="visit", touched_on=day, opportunity_id=deal.pk, outcome="continuation", **more)
    return log_touch(customer=deal.customer, draft=draft, actor=deal.owner, at=MONDAY)


def stuck(*customers):
    return stuck_of([each.pk for each in customers], Frame.at(MONDAY))


def test_m137_key_people_not_heard_are_counted_once_something_is_written_down(customer, deal, boss):
    assert stuck(customer) == {}

    make_finding(deal, "demand", boss)
    assert stuck(customer)[customer.pk].unconfirmed == 1

    make_finding(deal, "demand", boss, need="交货不误", confirmed_on=TODAY)
    assert stuck(customer)[customer.pk].unconfirmed == 0


def test_the_lowest_trust_that_counts_is_told_and_a_person_nobody_rated_says_nothing(customer, deal, boss):
    make_finding(deal, "demand", boss)
    assert stuck(customer)[customer.pk].trust is None

    make_finding(deal, "trustrating", boss, credibility=4, reliability=4, intimacy=4, self_orientation=6, delivery=4)
    assert stuck(customer)[customer.pk].trust == pytest.approx(40)


def test_three_talks_without_a_step_are_a_stall_and_two_are_not(customer, deal, boss):
    make_finding(deal, "demand", boss)
    for days in (9, 6):
        talk(deal, TODAY - days * DAY)
    assert stuck(customer)[customer.pk].talks == 0

    talk(deal, TODAY - 3 * DAY)
    assert stuck(customer)[customer.pk].talks == 3


def test_what_is_decided_is_stuck_no_more(customer, deal, boss):
    make_finding(deal, "demand", boss)
    lose(deal)

    assert stuck(customer) == {}


def test_the_morning_plan_says_who_was_not_heard_with_its_play(cast, customer, deal, boss):
    make_finding(deal, "demand", boss)
    talk(deal, TODAY - 12 * DAY, contact_ids=(boss.pk,))

    step = next(each for each in daily_plan(cast.alice, at=MONDAY).steps if each.customer_id == customer.pk)

    told = [step.situation, *(reason.code for reason in step.others)]
    assert "unconfirmed_influencer" in told
    assert step.play.do.of("zh")


def test_without_findings_it_costs_one_question_and_with_many_no_more_than_with_one(cast, customer, deal, boss):
    def asked(*some):
        frame = Frame.at(MONDAY)
        with CaptureQueriesContext(connection) as queries:
            stuck_of([each.pk for each in some], frame)
        return len(queries)

    assert asked(customer) == 1
    make_finding(deal, "demand", boss)
    one = asked(customer)
    others = []
    for number in range(6):
        other = make_opportunity(make_customer(cast.alice, f"客户{number}"), f"单{number}")
        who = make_contact(other.customer, f"人{number}")
        make_influencer(other, who, InfluencerRole.DECISION_MAKER)
        make_finding(other, "demand", who)
        others.append(other.customer)

    assert asked(customer, *others) == one <= 7
    assert stuck(customer, *others)[others[0].pk] == Stuck(unconfirmed=1)
