"""Moving on by evidence, or against it with a reason the manager sees."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.proven import TODAY, case_of, prove_demand, prove_exchange, prove_presentation, prove_trust
from tests.factories import lose, win
from tests.factories.findings import make_finding
from tests.laws import examples
from wendu.coach.frame import Frame
from wendu.coach.gates import (
    GateClosed,
    SignedUnproven,
    advance_stage,
    restart_opportunity,
    wake_opportunity,
    win_opportunity,
)
from wendu.desk.team.asked import Scope
from wendu.desk.team.inbox import unproven
from wendu.journal.doors import door
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.actions import (
    BadRestart,
    NotLost,
    NotPaused,
    ReasonNeeded,
    close_opportunity,
    pause_opportunity,
    state_of,
    withdraw_closure,
)
from wendu.opportunities.choices import Outcome, Stage
from wendu.opportunities.models import Closure, StageMove
from wendu.readings.models import Override

pytestmark = pytest.mark.django_db
SETTLED = {
    "strategy": "从设备部进去，签前请老板来一趟",
    "can_use": True,
    "terms": "30% 预付",
    "terms_agreed_on": TODAY,
    "contract": "HT-1",
    "contract_signed_on": TODAY,
    "payment_plan": "三期",
}


def on(deal, to, actor=None, **more):
    return advance_stage(opportunity=deal, to_stage=to, actor=actor or deal.owner, at=MONDAY, **more)


def test_without_evidence_a_deal_stays_and_says_how_much_is_missing(deal):
    entries = Entry.objects.count()

    with pytest.raises(GateClosed) as refused:
        on(deal, Stage.ST2)

    assert "5" in refused.value.text()
    deal.refresh_from_db()
    assert (deal.stage, Entry.objects.count(), Override.objects.count()) == (Stage.ST1, entries, 0)


def test_with_its_evidence_it_moves_on_and_nobody_is_asked_why(deal, boss):
    prove_demand(deal, boss)

    assert on(deal, Stage.ST2).stage == Stage.ST2
    assert not Override.objects.exists()


def test_against_the_evidence_it_moves_with_a_reason_the_manager_sees(cast, deal):
    on(deal, Stage.ST2, reason="老板当面答应了")

    kept = Override.objects.get()
    assert (kept.subject_id, kept.code) == (deal.pk, "gate.ST1")
    assert kept.value == ["decision_maker", "key_needs", "explicit_need", "requirements", "three_people"]
    frame = Frame.at(MONDAY)
    (item,) = unproven(Scope(cast.mona, ()), frame, limit=5).rows
    assert (item.deal_uuid, item.who) == (deal.uuid, cast.alice.display_name)
    assert "老板当面答应了" in item.words
    assert not unproven(Scope(cast.nora, ()), frame, limit=5).rows


def again(deal, to, actor=None, **more):
    return restart_opportunity(opportunity=deal, to_stage=to, actor=actor or deal.owner, at=MONDAY, **more)


def test_a_lost_deal_starts_at_demand_without_a_gate(deal):
    on(deal, Stage.ST2, reason="老板当面答应了")
    lose(deal)

    assert again(deal, Stage.ST1).stage == Stage.ST1
    assert state_of(deal) == "open"
    assert Override.objects.get().code == "gate.ST1", "only the one of before"
    entry = Entry.objects.get(verb="opportunity.reopened")
    assert (entry.before["stage"], entry.after["stage"]) == ("ST2", "ST1")


def test_a_lost_deal_starts_at_presentation_with_its_evidence_or_a_reason_the_manager_sees(cast, deal, boss):
    lose(deal)
    entries = Entry.objects.count()
    with pytest.raises(GateClosed) as refused:
        again(deal, Stage.ST2)
    assert str(Stage.ST2.label) in refused.value.text()
    assert (state_of(deal), Entry.objects.count(), Override.objects.count()) == ("lost", entries, 0)

    again(deal, Stage.ST2, reason="换了负责人，只差方案")

    kept = Override.objects.get()
    assert (kept.code, kept.reason) == ("gate.ST1", "换了负责人，只差方案")
    assert "key_needs" in kept.value
    assert StageMove.objects.get().reason == "换了负责人，只差方案"
    assert Entry.objects.get(verb="opportunity.reopened").after["reason"] == "换了负责人，只差方案"
    (item,) = unproven(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).rows
    assert item.deal_uuid == deal.uuid


def test_with_its_evidence_a_lost_deal_starts_at_presentation_and_nobody_is_asked_why(deal, boss):
    prove_demand(deal, boss)
    lose(deal)

    assert again(deal, Stage.ST2).stage == Stage.ST2
    assert not Override.objects.exists()


def test_a_deal_is_reopened_no_later_than_presentation_only_if_lost_and_by_no_outsider(cast, deal):
    with pytest.raises(NotLost):
        again(deal, Stage.ST1)
    lose(deal)
    for wrong, how in (
        (BadRestart, {"to": Stage.ST3, "reason": "都谈过了"}),
        (Denied, {"to": Stage.ST1, "actor": cast.charlie}),
        (ReasonNeeded, {"to": Stage.ST1, "reason": "长" * 301}),
    ):
        with pytest.raises(wrong):
            again(deal, **how)

    assert state_of(deal) == "lost"
    assert not Entry.objects.filter(verb="opportunity.reopened").exists()


def rest(deal):
    pause_opportunity(opportunity=deal, reason="等预算", wake_on=TODAY + timedelta(days=9), actor=deal.owner, at=MONDAY)


def wake(deal, to, actor=None, **more):
    return wake_opportunity(opportunity=deal, to_stage=to, actor=actor or deal.owner, at=MONDAY, **more)


def test_a_paused_deal_goes_on_at_presentation_with_its_evidence_or_a_reason_the_manager_sees(cast, deal, boss):
    rest(deal)
    with pytest.raises(GateClosed):
        wake(deal, Stage.ST2)
    assert (state_of(deal), Override.objects.count()) == ("paused", 0)

    wake(deal, Stage.ST2, reason="预算批了")

    assert (state_of(deal), deal.stage) == ("open", "ST2")
    assert Override.objects.get().reason == "预算批了"
    assert StageMove.objects.get().reason == "预算批了"
    assert Entry.objects.get(verb="opportunity.resumed").after["reason"] == "预算批了"


def test_a_paused_deal_goes_on_at_demand_without_a_gate_and_an_outsider_wakes_nothing(cast, deal):
    with pytest.raises(NotPaused):
        wake(deal, Stage.ST1)
    rest(deal)
    for wrong, how in ((BadRestart, {"to": Stage.ST3}), (Denied, {"to": Stage.ST1, "actor": cast.charlie})):
        with pytest.raises(wrong):
            wake(deal, **how)

    assert wake(deal, Stage.ST1).stage == Stage.ST1
    assert (state_of(deal), Override.objects.count()) == ("open", 0)


def test_a_step_back_needs_no_gate(deal, boss):
    prove_demand(deal, boss)
    on(deal, Stage.ST2)

    assert on(deal, Stage.ST1, reason="需求变了").stage == Stage.ST1
    assert not Override.objects.exists()


def test_an_outsider_moves_nothing(cast, deal):
    with pytest.raises(Denied):
        on(deal, Stage.ST2, actor=cast.charlie, reason="想")

    assert not StageMove.objects.exists()


def test_a_win_by_hand_without_the_evidence_is_told_to_the_manager(cast, deal, boss):
    prove_demand(deal, boss)
    with door("web"):
        close_opportunity(
            opportunity=deal,
            outcome=Outcome.WON,
            closed_on=TODAY,
            actor=cast.alice,
            at=MONDAY,
            through_stages=True,
        )

    kept = Override.objects.get()
    assert kept.code == "gate.signed"
    assert "trust" in kept.value
    assert unproven(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).total == 1


def test_nobody_signs_by_hand_without_the_evidence_or_a_reason(cast, deal, boss):
    prove_demand(deal, boss)
    with door("web"), pytest.raises(SignedUnproven):
        win_opportunity(opportunity=deal, closed_on=TODAY, actor=cast.alice, at=MONDAY)
    assert not Closure.objects.exists()
    assert not Override.objects.exists()
    with pytest.raises(Denied):
        win_opportunity(opportunity=deal, closed_on=TODAY, actor=cast.charlie, at=MONDAY, note="想")

    with door("web"):
        win_opportunity(opportunity=deal, closed_on=TODAY, actor=cast.alice, at=MONDAY, note="老板当场签了")

    assert Override.objects.get().reason == "老板当场签了"


def test_who_proved_every_gate_signs_without_a_word(cast, deal, boss):
    need = prove_demand(deal, boss)
    prove_presentation(deal, boss, need)
    prove_trust(deal, boss)
    prove_exchange(deal)
    make_finding(deal, "dealsheet", **SETTLED)

    with door("web"):
        win_opportunity(opportunity=deal, closed_on=TODAY, actor=cast.alice, at=MONDAY)

    assert case_of(deal).won
    assert not Override.objects.exists()


def test_a_win_taken_back_leaves_nothing_to_look_at(cast, deal, boss):
    make_finding(deal, "concern", severity=5)  # a grave concern alone is evidence enough to be told of
    with door("web"):
        close_opportunity(
            opportunity=deal, outcome=Outcome.WON, closed_on=TODAY, actor=cast.alice, at=MONDAY, through_stages=True
        )
    assert unproven(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).total == 1

    withdraw_closure(opportunity=deal, actor=cast.alice, at=MONDAY)

    assert unproven(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).total == 0


def test_a_win_of_who_keeps_no_evidence_or_of_a_file_is_nobodys_fault(deal, boss):
    with door("import"):
        win(deal)

    assert case_of(deal).won
    assert not Override.objects.exists()


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Stage)), st.sampled_from(["", "因为"])), max_size=8))
def test_no_sequence_of_moves_skips_a_stage_or_passes_a_gate_unsaid(deal, moves):
    order = list(Stage)
    deal.refresh_from_db()
    for target, reason in moves:
        before = (deal.stage, StageMove.objects.count(), Override.objects.count())
        try:
            on(deal, target, reason=reason)
        except ActionError:
            deal.refresh_from_db()
            assert (deal.stage, StageMove.objects.count(), Override.objects.count()) == before
        else:
            was, now = order.index(Stage(before[0])), order.index(target)
            assert now <= was + 1
            assert reason
            assert (Override.objects.count() > before[2]) is (now > was)
        assert state_of(deal).value == "open"
