"""Rows of the checklist a deal is judged by, each as the deal room shows it (METHOD 5)."""

import pytest

from tests.coach.proven import DAY, TODAY, WAN, case_of, prove_demand, prove_exchange
from tests.factories import make_contact, make_influencer
from tests.factories.findings import make_finding
from wendu.desk.deal_room import deal_room
from wendu.kernel.errors import ActionError
from wendu.method.deals.diagnosis import Concession
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Opportunity

pytestmark = pytest.mark.django_db


def shown(deal, stage="ST1"):
    return deal_room(case_of(deal), stage)


def joined(deal, name, role=InfluencerRole.USER, **details):
    contact = make_contact(deal.customer, name)
    make_influencer(deal, contact, role, **details)
    return contact


def heard(deal, who, *messages):
    for message in messages:
        make_finding(deal, "valuemessage", who, message=message, state="acknowledged", words="是这样")


MESSAGES = ("can_meet", "creates_value", "better")


def test_m56_gain_and_what_it_is_to_the_price(deal):
    make_finding(deal, "effect", people="customers", solution="快", earn_minor=300_000)
    make_finding(deal, "effect", people="self", solution="省", save_minor=80_000)
    Opportunity.objects.filter(pk=deal.pk).update(amount_minor=95_000)
    deal.refresh_from_db()

    told = {reason.code: dict(reason.numbers) for reason in case_of(deal).three_people.reasons}

    assert told["customer_gain"]["minor"] == 380_000
    assert told["gain_to_price"]["ratio"] == 4


def test_m58_delivered_value_against_rivals(deal, boss):
    prove_exchange(deal)
    rival = {f"{name}_minor": 0 for name in ("personnel", "image", "money", "time", "energy", "worry")}
    make_finding(
        deal, "worth", rival="海川", product_minor=100 * WAN, service_minor=10 * WAN, price_minor=80 * WAN, **rival
    )

    price = shown(deal).price

    assert (price.delivered, price.ahead) == (35 * WAN, 5 * WAN)
    assert price.verdict_code == "win_win"


def test_m62_shown_only_what_concerns_them(deal, boss):
    need = make_finding(deal, "demand", boss, need="交货", confirmed_on=TODAY)
    make_finding(deal, "benefitcard", demand_id=need.pk, shown_on=TODAY)
    for _ in range(5):
        make_finding(deal, "benefitcard", shown_on=TODAY)

    row = next(row for row in shown(deal, "ST2").gate.rows if row.kind == "benefitcard" and "%" in row.have)

    assert row.have.startswith("16.7%")
    assert row.mark == "missing"


def test_m63_their_own_criteria_decide_our_chance(deal):
    for weight, ours, rival in ((5, 8, 7), (3, 5, 8), (2, 9, 6)):
        make_finding(deal, "criterion", name=f"第{weight}", weight=weight, ours=ours, rivals={"海川": rival})

    assert case_of(deal).ahead == pytest.approx(0.2)


def test_m64_without_money_it_is_no_solution_yet(deal):
    make_finding(deal, "effect", solution="联控")
    assert case_of(deal).three_people.band == "not_yet"

    make_finding(deal, "effect", solution="联控", save_minor=1)
    assert case_of(deal).three_people.band == "solution"


def test_m66_the_bar_of_stages_names_the_missing_evidence(deal):
    gate = shown(deal).gate

    assert (gate.number, gate.met, gate.missing) == ("1", 0, 5)
    assert all(row.fix and row.words for row in gate.rows)


def test_m73_three_kinds_of_people(deal):
    make_finding(deal, "effect", people="customers")
    make_finding(deal, "effect", people="self")

    assert case_of(deal).three_people.value == pytest.approx(66.7, abs=0.05)


def test_m74_a_customer_content_with_a_rival_gets_its_play(deal, boss):
    make_finding(deal, "worth", rival="海川")

    assert case_of(deal).content_play == "find_dissatisfied"
    joined(deal, "顾明舒", is_dissatisfied=True)
    assert case_of(deal).content_play == "create_selling_point"

    deal.customer.market = "b2g"
    assert case_of(deal).content_play is None, "who bids in a tender is not in place"


def test_m75_m76_only_a_proven_card_counts_on_the_map(deal, boss):
    need = make_finding(deal, "demand", boss)
    for interest, importance in (("revenue", 5), ("safety", 4), ("esteem", 3)):
        make_finding(deal, "interest", boss, interest=interest, importance=importance)
    for interest, evidence in (("revenue", "样板站"), ("esteem", "可以问"), ("safety", "")):
        make_finding(deal, "benefitcard", boss, demand_id=need.pk, interest=interest, evidence=evidence)

    (row,) = shown(deal).map
    states = {cell.interest: cell.state for cell in row.cells}

    assert row.coverage == pytest.approx(66.7, abs=0.05)
    assert (states["revenue"], states["safety"], states["esteem"], states["cost"]) == ("pr", "un", "pr", "na")


def test_m80_a_grave_concern_keeps_the_gate_closed_and_is_named(deal, boss):
    make_finding(deal, "concern", severity=5)

    row = next(row for row in shown(deal, "ST3").gate.rows if row.kind == "concern")

    assert (row.mark, row.lacks) == ("missing", "停机误交货")


def test_m82_the_way_in_says_its_next_step(deal):
    assert case_of(deal).entry.value == "find_receptive"
    joined(deal, "叶青", is_receptive=True, access="direct")
    assert case_of(deal).entry.value == "find_dissatisfied"
    joined(deal, "顾明舒", is_dissatisfied=True, access="direct")
    assert case_of(deal).entry.value == "find_powerful"


def test_m83_the_strategy_is_asked_for_before_signing(deal):
    assert "strategy" in [item.code for item in case_of(deal).gate_of("ST3").open_items]
    make_finding(deal, "dealsheet")
    assert "strategy" not in [item.code for item in case_of(deal).gate_of("ST3").open_items]


def test_m88_a_want_without_its_words_is_refused(deal, boss):
    with pytest.raises(ActionError):
        make_finding(deal, "demand", boss, kind="explicit")


def test_m131_five_elements_on_one_strip(deal, boss):
    assert [fill for fill, *_ in shown(deal).elements] == ["part", "empty", "empty", "empty", "empty"]
    prove_demand(deal, boss)
    prove_exchange(deal)
    make_finding(deal, "valuemessage", boss, state="acknowledged", words="行")

    assert [fill for fill, *_ in shown(deal).elements] == ["full", "part", "empty", "part", "empty"]


def test_m137_the_gate_names_whose_need_is_open(deal, boss):
    joined(deal, "罗敏", InfluencerRole.APPROVER, weight=4)
    make_finding(deal, "demand", boss, need="交货", confirmed_on=TODAY)

    row = next(row for row in shown(deal).gate.rows if row.have == "1 / 2")

    assert row.lacks == "罗敏"


def test_m139_three_checks_and_what_is_unknown(deal, boss):
    make_finding(deal, "demand", boss, fit=8, is_best_for_them=True)
    assert case_of(deal).evidence.requirements == ("investigate",)
    make_finding(deal, "criterion", ours=8, rivals={"海川": 7})
    assert case_of(deal).evidence.requirements == ("accept",)


def test_m141_six_of_nine_messages_are_not_enough(deal, boss):
    others = [joined(deal, name, InfluencerRole.APPROVER, weight=4) for name in ("罗敏", "顾明舒")]
    heard(deal, boss, *MESSAGES)
    heard(deal, others[0], "can_meet", "creates_value")
    heard(deal, others[1], "can_meet")

    assert case_of(deal).delivery.value == pytest.approx(66.7, abs=0.05)
    assert case_of(deal).delivery.band == "missing"


def rate(deal, who, each, company):
    person = {"credibility": each, "reliability": each, "intimacy": each, "self_orientation": 10 - each}
    make_finding(deal, "trustrating", who, rated_on=TODAY - DAY, delivery=company, **person)


def test_m143_trust_must_be_over_the_line(deal, boss):
    rate(deal, boss, 6, 6)
    assert (case_of(deal).trust.value, case_of(deal).trust.band) == (60, "fails")

    rate(deal, boss, 7, 6)
    make_finding(deal, "trustrating", boss, credibility=7, reliability=7, intimacy=7, self_orientation=3, delivery=6)
    assert case_of(deal).trust.band == "passes"


def test_m144_a_price_below_our_floor_is_good_for_them_only(deal, boss):
    prove_exchange(deal)
    Opportunity.objects.filter(pk=deal.pk).update(amount_minor=80 * WAN)
    deal.refresh_from_db()

    assert case_of(deal).exchange.band == "customer_only"


def test_m145_m146_the_cause_and_what_may_be_given(deal, boss):
    heard(deal, boss, "can_meet")
    room = shown(deal)
    assert (case_of(deal).cause.value, room.price.is_locked) == ("C1", True)

    heard(deal, boss, "creates_value", "better")
    rate(deal, boss, 5, 5)
    assert case_of(deal).cause.value == "C2"
    assert case_of(deal).concession is Concession.BLOCKED


def test_a_private_person_has_one_gate_before_the_signature(deal, boss):
    deal.customer.market = "b2c"

    assert case_of(deal).gate_of("ST1").items == ()
    assert shown(deal).gate.number == "3"
