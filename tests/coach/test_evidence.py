"""Facts of a deal become judgements: trust, chain, value, exchange, gates - in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.coach.proven import (
    DAY,
    TODAY,
    WAN,
    case_of,
    open_points,
    prove_demand,
    prove_exchange,
    prove_presentation,
    prove_trust,
)
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import KINDS, make_finding
from wendu.coach.evidence import deal_cases
from wendu.coach.frame import Frame
from wendu.method.deals.codes import NeedState
from wendu.method.deals.diagnosis import Concession
from wendu.opportunities.actions import take_back_finding
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import log_touch
from wendu.touches.actions.draft import TouchDraft

pytestmark = pytest.mark.django_db


def test_a_new_deal_stands_before_the_first_gate(deal):
    assert open_points(deal, "ST1") == ["decision_maker", "key_needs", "explicit_need", "requirements", "three_people"]
    assert case_of(deal).cause.band == "not_diagnosable"


def test_every_gate_opens_by_its_evidence_and_by_nothing_else(deal, boss):
    need = prove_demand(deal, boss)
    assert open_points(deal, "ST1") == []
    assert "value_delivery" in open_points(deal, "ST2")

    prove_presentation(deal, boss, need)
    assert open_points(deal, "ST2") == ["fit"]  # nobody asked whether they can use it
    sheet = make_finding(deal, "dealsheet", can_use=True)
    assert open_points(deal, "ST2") == []
    assert open_points(deal, "ST3") == ["trust"]

    prove_trust(deal, boss)
    assert open_points(deal, "ST3") == []
    assert open_points(deal, "ST4") == ["win_win", "expectations", "terms", "contract", "payment_plan"]

    prove_exchange(deal)
    take_back_finding(KINDS["dealsheet"], finding=sheet, actor=deal.owner, at=MONDAY)
    make_finding(
        deal,
        "dealsheet",
        can_use=True,
        terms_agreed_on=TODAY,
        contract="HT-1",
        contract_signed_on=TODAY,
        payment_plan="三五二",
    )
    assert open_points(deal, "ST4") == []
    assert all(gate.passes for gate in case_of(deal).gates)


def test_what_is_taken_back_counts_no_more(deal, boss):
    prove_demand(deal, boss)
    effect = KINDS["effect"].model.objects.get()

    take_back_finding(KINDS["effect"], finding=effect, actor=deal.owner, at=MONDAY)

    assert open_points(deal, "ST1") == ["three_people"]


def test_the_need_of_a_person_is_the_best_known_of_what_he_asks_for(deal, boss):
    def state():
        return case_of(deal).people[0].need

    assert state() is NeedState.UNKNOWN
    make_finding(deal, "demand", boss)
    assert state() is NeedState.STATED
    make_finding(deal, "demand", boss, need="交货", confirmed_on=TODAY, is_guided=True)
    assert state() is NeedState.GUIDED


def test_the_latest_rating_counts_and_none_of_tomorrow(deal, boss):
    make_finding(deal, "trustrating", boss, rated_on=TODAY - 2 * DAY, credibility=9)
    make_finding(deal, "trustrating", boss, rated_on=TODAY - DAY, credibility=3)
    make_finding(deal, "trustrating", boss, rated_on=TODAY + DAY, credibility=10)

    trust = dict(case_of(deal).trusted)[case_of(deal).people[0]]

    assert trust.value == 30
    assert trust.provisional


def test_our_price_is_that_of_the_deal_until_the_sheet_says_another(deal, boss):
    prove_exchange(deal)
    case = case_of(deal)

    assert (case.exchange.band, case.exchange.value) == ("win_win", 35 * WAN)
    assert round(case.room.floor) == round(70 * WAN / 0.85)
    assert case.room.ceiling == 130 * WAN


def test_a_rival_nobody_can_value_leaves_the_exchange_unknown(deal, boss):
    prove_exchange(deal)
    make_finding(deal, "worth", rival="海川", price_minor=80 * WAN)

    assert case_of(deal).exchange.band == "unknown"
    assert case_of(deal).exchange.missing == ("rival:海川",)


def test_no_concession_while_the_value_has_not_arrived(deal, boss):
    make_finding(deal, "valuemessage", boss)

    assert case_of(deal).cause.value == "C1"
    assert case_of(deal).concession is Concession.BLOCKED


def test_talks_with_a_goal_make_the_rate_and_three_without_a_step_a_stall(cast, deal, boss):
    for day in (3, 2, 1):
        draft = TouchDraft(
            kind="visit",
            touched_on=TODAY - day * DAY,
            opportunity_id=deal.pk,
            contact_ids=(boss.pk,),
            objective="请他引荐财务",
            outcome="continuation",
        )
        log_touch(customer=deal.customer, draft=draft, actor=cast.alice, at=MONDAY)

    case = case_of(deal)

    assert [call.had_objective for call in case.calls] == [True, True, True]
    assert case.met_on == {boss.pk: TODAY - DAY}
    assert case.rate.value == 0
    assert case.stall.band == "stalled"


def test_twenty_deals_cost_the_questions_of_one(cast):
    def made():
        customer = make_customer(cast.alice)
        one = make_opportunity(customer)
        who = make_contact(customer)
        make_influencer(one, who, InfluencerRole.DECISION_MAKER)
        make_finding(one, "demand", who)
        make_finding(one, "interest", who)
        make_finding(one, "concern")
        return one

    frame, deals = Frame.at(MONDAY), [made() for _ in range(20)]

    def asked(some):
        with CaptureQueriesContext(connection) as queries:
            for case in deal_cases(some, frame).values():
                assert case.gates
        return len(queries)

    assert asked(deals[:1]) == asked(deals)
