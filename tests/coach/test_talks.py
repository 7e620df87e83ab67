"""Talks planned by themselves, and what becomes of what was heard in them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.proven import DAY, TODAY, WAN, case_of
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding
from wendu.coach.asking import held_about, held_by
from wendu.coach.frame import Frame
from wendu.coach.planning import plan_readiness, suggested_plan
from wendu.coach.talks import Answer, WorryUnnamed, log_planned_talk
from wendu.coach.team import Sight
from wendu.customers.choices import CustomerKind, Market
from wendu.desk.talks import plan_page
from wendu.discovery.actions import (
    NobodyNamed,
    PlanDraft,
    drop_plan,
    restore_plan,
    rewrite_plan,
    write_plan,
)
from wendu.discovery.actions.plans import (
    NotOfThisCustomer,
    ObjectiveIsOurs,
    ObjectiveMissing,
    ObjectiveUndated,
    PlanDropped,
    PlanUsed,
)
from wendu.discovery.choices import Capability
from wendu.discovery.models import CallPlan, Demand
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.offers.models import Concern
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import CommitmentDraft, TouchDraft, restore_touch, undo_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db


def suggested(deal, contact, **more):
    customer = more.pop("customer", None) or deal.customer
    known = {"frame": Frame.at(MONDAY), "on": TODAY, "lang": "zh"}
    return suggested_plan(customer, deal=deal, contact=contact, **{**known, **more})


def prepared(deal, contact, **more):
    draft = replace(suggested(deal, contact), objective_on=TODAY + 7 * DAY, **more)
    return write_plan(customer=deal.customer, opportunity=deal, draft=draft, actor=deal.owner, at=MONDAY)


def held(plan, *heard, outcome="advance", at=MONDAY, **more):
    """The talk logged: what was heard as (place among the questions asked, words, worth, worry)."""
    asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
    answers = [Answer(asked[place], *said) for place, *said in heard]
    commitment = CommitmentDraft(contact_id=plan.contact_id, what="带去看老机", due_on=TODAY + 3 * DAY)
    draft = TouchDraft(
        kind="visit",
        touched_on=TODAY,
        opportunity_id=plan.opportunity_id,
        contact_ids=(plan.contact_id,),
        outcome=outcome,
        objective=plan.objective,
        commitment=commitment if outcome == "advance" else None,
    )
    return log_planned_talk(plan=plan, draft=draft, answers=answers, actor=plan.customer.owner, at=at, **more)


@pytest.fixture
def plan(deal, boss):
    return prepared(deal, boss)


def test_m69_a_plan_starts_from_what_this_person_said_and_his_part_in_the_decision(deal, boss):
    make_finding(deal, "demand", boss, requirement="换型一次要两小时", need="快换台", capability="yes")
    make_finding(deal, "effect", problem="夜里空转费电", solution="联控", save_minor=31 * WAN)

    found = suggested(deal, boss)

    assert [each.name for each in found.problems][:2] == ["夜里空转费电", "换型一次要两小时"]
    assert found.problems[1].solution == Capability.YES.label
    assert found.problems[0].cost_minor == 31 * WAN
    assert found.idea == "联控"
    assert found.asked_as == "decider"
    assert all("换型一次要两小时" in each.text or each.problem != "换型一次要两小时" for each in found.questions)
    assert {each.kind for each in found.questions} == {"S", "P", "I", "N"}
    assert boss.name in found.objective
    assert found.message


def test_that_the_product_can_is_no_idea_for_the_customer(deal, boss):
    make_finding(deal, "demand", boss, requirement="换型一次要两小时", capability="yes")

    found = suggested(deal, boss)

    assert found.problems[0].solution == Capability.YES.label
    assert found.idea == ""


def test_m68_what_a_problem_costs_them_stands_against_our_price(deal, boss, cast):
    make_finding(deal, "effect", problem="夜里空转费电", solution="联控", save_minor=190 * WAN)

    page = plan_page(cast.alice, prepared(deal, boss), Frame.at(MONDAY))

    assert page.problems[0].times_price == 2


def test_m68_the_trade_and_what_we_sell_choose_from_the_bank(cast):
    customer = make_customer(cast.alice, "湖州精密", industry="machinery")
    him = make_contact(customer, "祁连")
    deal = make_opportunity(customer, "快换夹具", product="夹具", amount_minor=WAN)
    make_influencer(deal, him, InfluencerRole.USER)

    found = suggested(deal, him)

    assert found.problems[0].code == "changeover"
    assert found.asked_as == "user"
    assert sum(each.kind == "S" and not each.is_look_up for each in found.questions) <= 4
    assert all(each.source.startswith(("changeover.",)) for each in found.questions if each.why == "product")


def test_a_family_is_not_asked_like_a_firm_and_only_about_what_is_sold(cast):
    family = make_customer(cast.alice, "何家", kind=CustomerKind.PERSON, market=Market.B2C)
    deal = make_opportunity(family, "重疾险", amount_minor=WAN)

    found = suggested(deal, None)

    assert found.asked_as == "household"
    assert {each.code for each in found.problems} == {"medical_gap", "old_policy"}
    assert not suggested(make_opportunity(family, "别的", amount_minor=WAN), None).problems


def test_a_sleeping_customer_without_a_deal_gets_a_plan_that_asks_to_be_shown_round(cast):
    customer = make_customer(cast.alice, "川南泵业", industry="machinery")
    her = make_contact(customer, "文月")

    found = suggested(None, her, customer=customer)

    assert "带我看一遍现场" in found.objective
    assert 1 <= len(found.problems) <= 2
    plan = write_plan(
        customer=customer, opportunity=None, draft=replace(found, objective_on=TODAY), actor=cast.alice, at=MONDAY
    )
    touch = held(plan, (0, "一天换四次"), outcome="continuation")
    assert touch.customer == customer
    assert plan.questions.exclude(answer="").count() == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"objective": " "}, ObjectiveMissing),
        ({"objective": "我去送一份报价"}, ObjectiveIsOurs),
        ({"objective": "We send the quote"}, ObjectiveIsOurs),
        ({"objective_on": None}, ObjectiveUndated),
        ({"contact_id": None}, NobodyNamed),
    ],
)
def test_m84_an_objective_without_an_action_of_theirs_is_refused(deal, boss, change, refusal):
    draft = replace(suggested(deal, boss), objective_on=TODAY)

    with pytest.raises(refusal):
        write_plan(
            customer=deal.customer, opportunity=deal, draft=replace(draft, **change), actor=deal.owner, at=MONDAY
        )
    assert not CallPlan.objects.exists()


def test_whoever_does_not_work_on_the_customer_prepares_nothing(deal, boss, cast):
    draft = replace(suggested(deal, boss), objective_on=TODAY)

    with pytest.raises(Denied):
        write_plan(customer=deal.customer, opportunity=deal, draft=draft, actor=cast.charlie, at=MONDAY)
    other = make_customer(cast.alice, "别家")
    with pytest.raises(NotOfThisCustomer):
        write_plan(customer=other, opportunity=deal, draft=draft, actor=cast.alice, at=MONDAY)


def test_m65_a_plan_without_an_idea_is_flagged(deal, boss):
    reading = plan_readiness(suggested(deal, boss), explicit=frozenset(), frame=Frame.at(MONDAY))

    assert "no_idea" in {reason.code for reason in reading.reasons}
    assert reading.band == "not_ready"


def test_m71_questions_that_are_spoilt_are_named(deal, boss):
    draft = suggested(deal, boss)
    bad = replace(draft.questions[-1], text="您觉得我们的产品怎么样？")
    reading = plan_readiness(
        replace(draft, questions=(*draft.questions, bad)), explicit=frozenset(), frame=Frame.at(MONDAY)
    )

    assert [reason.numbers["what"] for reason in reading.reasons if reason.code == "misuse"] == ["about_us"]


def test_m69_answers_become_needs_worries_and_commitments_with_the_touch(plan, deal, boss):
    touch = held(
        plan,
        (0, "上个月停了两次", "implied"),
        (1, "一定要在年底前解决", "explicit"),
        (2, "怕停机误了交货", "concern", "change"),
    )

    need, worry = Demand.objects.standing().get(), Concern.objects.standing().get()
    assert need.kind == "explicit"
    assert need.quote == "一定要在年底前解决"
    assert need.contact == boss
    assert (worry.what, worry.kind, worry.contact) == ("怕停机误了交货", "change", boss)
    assert touch.commitments.get().what == "带去看老机"
    assert case_of(deal).found.explicit == 1
    assert case_of(deal).rate.value == 100
    plan.refresh_from_db()
    assert plan.is_used


def test_m67_a_need_heard_in_a_talk_names_its_problem(plan):
    held(plan, (0, "上个月停了两次", "implied"))

    assert Demand.objects.get().requirement == plan.questions.filter(is_look_up=False).first().problem


def test_m85_three_talks_that_only_went_on_are_a_stall(deal, boss):
    for _ in range(3):
        held(prepared(deal, boss), outcome="continuation")

    assert case_of(deal).stall.band == "stalled"
    assert case_of(deal).rate.value == 0


def test_taking_the_touch_back_takes_along_what_was_heard_and_restoring_brings_it_back(plan, deal):
    touch = held(plan, (0, "停了两次", "implied"), (2, "怕误交货", "concern", "timing"))

    undo_touch(touch=touch, actor=deal.owner, at=MONDAY)
    assert not Demand.objects.standing().exists()
    assert not Concern.objects.standing().exists()
    plan.refresh_from_db()
    assert not plan.is_used

    restore_touch(touch=touch, actor=deal.owner, at=MONDAY)
    assert Demand.objects.standing().count() == 1
    assert Concern.objects.standing().count() == 1


def test_a_need_that_was_known_becomes_a_wish_and_goes_back_to_how_it_was(deal, boss):
    make_finding(deal, "demand", boss, requirement="夜里空转费电", quote="电费高")
    plan = prepared(deal, boss)
    touch = held(plan, (0, "下个月就想动手", "explicit"))
    need = Demand.objects.get()
    assert (need.kind, need.quote) == ("explicit", "下个月就想动手")

    undo_touch(touch=touch, actor=deal.owner, at=MONDAY)
    need.refresh_from_db()
    assert (need.kind, need.quote, need.removed_at) == ("implied", "电费高", None)

    restore_touch(touch=touch, actor=deal.owner, at=MONDAY)
    need.refresh_from_db()
    assert need.kind == "explicit"


def test_a_wish_is_not_made_less_by_a_later_difficulty(deal, boss):
    make_finding(deal, "demand", boss, requirement="夜里空转费电", kind="explicit", quote="要改")
    held(prepared(deal, boss), (0, "还是有点吵", "implied"))

    assert Demand.objects.get().quote == "要改"


def test_a_refusal_leaves_neither_touch_nor_finding(plan):
    with pytest.raises(WorryUnnamed):
        held(plan, (0, "停了两次", "implied"), (1, "怕误交货", "concern"))

    assert not Touch.objects.exists()
    assert not Demand.objects.exists()
    plan.refresh_from_db()
    assert plan.touch is None


def test_sent_twice_it_is_logged_once(plan):
    first = held(plan, (0, "停了两次", "implied"), key="k1")
    again = held(plan, (0, "停了两次", "implied"), key="k1")

    assert first.pk == again.pk
    assert Demand.objects.count() == 1


def test_a_plan_is_changed_dropped_and_brought_back_until_it_was_used(plan, deal):
    draft = replace(suggested(deal, plan.contact), objective_on=TODAY, idea="夜里停两台")
    rewrite_plan(plan=plan, draft=draft, actor=deal.owner, at=MONDAY, seen=plan.revision)
    plan.refresh_from_db()
    assert plan.idea == "夜里停两台"
    with pytest.raises(Stale):
        rewrite_plan(plan=plan, draft=draft, actor=deal.owner, at=MONDAY, seen=0)

    drop_plan(plan=plan, actor=deal.owner, at=MONDAY)
    with pytest.raises(PlanDropped):
        rewrite_plan(plan=plan, draft=draft, actor=deal.owner, at=MONDAY)
    restore_plan(plan=plan, actor=deal.owner, at=MONDAY)

    held(plan, (0, "停了两次"))
    plan.refresh_from_db()
    with pytest.raises(PlanUsed):
        rewrite_plan(plan=plan, draft=draft, actor=deal.owner, at=MONDAY)
    with pytest.raises(PlanUsed):
        drop_plan(plan=plan, actor=deal.owner, at=MONDAY)


def test_m68_what_led_on_often_is_asked_first(cast):
    customer = make_customer(cast.alice, "湖州精密", industry="machinery")
    him = make_contact(customer, "祁连")
    deal = make_opportunity(customer, "快换夹具", product="夹具", amount_minor=WAN)
    make_influencer(deal, him, InfluencerRole.DECISION_MAKER, weight=5)
    for _ in range(5):
        plan = prepared(deal, him)
        asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
        at = next(place for place, each in enumerate(asked) if each.source == "changeover.payoff.n1")
        held(plan, (at, "先接回恒泰"))

    assert "changeover.payoff.n1" in {each.source for each in suggested(deal, him).questions}


def test_an_empty_draft_lacks_everything(deal):
    reading = plan_readiness(PlanDraft(), explicit=frozenset(), frame=Frame.at(MONDAY + timedelta(days=1)))

    assert reading.value is None
    assert {each.code for each in reading.reasons} == {"no_idea", "objective_not_theirs", "no_fallback", "no_message"}


def test_m62_the_talk_sheet_of_a_person_warns_of_the_standard_deck(deal, boss, cast):
    need = make_finding(deal, "demand", boss, need="交货", confirmed_on=TODAY)
    make_finding(deal, "benefitcard", boss, demand_id=need.pk, evidence_kind="case", evidence="样板站")
    for _ in range(5):
        make_finding(deal, "benefitcard")
    other = make_contact(deal.customer, "叶青")
    make_influencer(deal, other, InfluencerRole.TECHNICAL)
    make_finding(deal, "benefitcard", other, feature="只给叶青")

    sheet = plan_page(cast.alice, prepared(deal, boss), Frame.at(MONDAY)).sheet

    assert sheet.relevance == pytest.approx(100 / 6)
    assert sheet.is_standard_deck
    assert len(sheet.points) == 6
    assert sheet.points[0].evidence == "样板站"


def test_m90_what_was_asked_is_kept_apart_from_what_was_answered(plan):
    asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
    answers = [
        Answer(asked[0], "三台老机"),
        Answer(asked[1], "", was_asked=True),
        *(Answer(each, "") for each in asked[2:-1]),
    ]
    draft = TouchDraft(kind="visit", touched_on=TODAY, opportunity_id=plan.opportunity_id)
    owner = plan.customer.owner
    log_planned_talk(plan=plan, draft=draft, answers=answers, actor=owner, at=MONDAY, reached="fallback")

    found = list(plan.questions.filter(is_look_up=False).order_by("place"))
    assert [each.was_asked for each in found] == [True, True, *[False] * (len(found) - 3), None]
    assert [bool(each.answer) for each in found[:2]] == [True, False]
    plan.refresh_from_db()
    assert plan.reached == "fallback"
    entry = Entry.objects.get(verb="callplan.answered")
    assert (entry.after["asked"], entry.after["heard"]) == (2, 1)


def test_m90_how_talks_were_held_by_deal_and_by_who_logged_them(plan, deal, cast, django_assert_num_queries):
    asked = plan.questions.filter(is_look_up=False, kind__in=("I", "N"))
    answers = [Answer(each, "", was_asked=True) for each in plan.questions.filter(is_look_up=False)]
    answers[-1] = Answer(answers[-1].question, "要是不停产就好了", heard="explicit", was_asked=True)
    draft = TouchDraft(kind="visit", touched_on=TODAY, opportunity_id=deal.pk, outcome="continuation")
    touch = log_planned_talk(plan=plan, draft=draft, answers=answers, actor=deal.owner, at=MONDAY, reached="objective")

    with django_assert_num_queries(2):
        about = held_about([deal.pk])[deal.pk]
    people = [cast.alice.pk, cast.charlie.pk]
    assert (about.talks, about.aims.objective, about.aims.said, about.aims.share) == (1, 1, 1, 100)
    assert about.depth == (len(answers), pytest.approx(100 * asked.count() / len(answers)))
    assert (about.wishes.explicit, about.wishes.a_talk, about.rate) == (1, 1, 0)
    assert held_by(Sight(cast.mona), people, TODAY) == {deal.owner.pk: about}
    assert held_by(Sight(cast.charlie), people, TODAY) == {}, "an outsider sees no talk"
    assert held_by(Sight(cast.mona), people, TODAY + 31 * DAY) == {}
    assert held_about([]) == {}

    undo_touch(touch=touch, actor=deal.owner, at=MONDAY)
    assert held_about([deal.pk]) == {}
