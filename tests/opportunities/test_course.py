from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY, person, team
from tests.factories import lose, make_customer, make_opportunity, win
from tests.laws import examples
from wendu.agenda.due import tick
from wendu.agenda.models import Due
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.actions import (
    BadRestart,
    BadResumeDay,
    FutureDay,
    LossNeedsReason,
    NotAtSigning,
    NotBeingImplemented,
    NothingToWithdraw,
    NotLost,
    NotNextStage,
    NotOpen,
    NotPaused,
    ReasonNeeded,
    TooEarly,
    close_opportunity,
    move_stage,
    pause_opportunity,
    reopen_opportunity,
    resume_opportunity,
    state_of,
    withdraw_closure,
)
from wendu.opportunities.actions.rests import RESUME_RULE
from wendu.opportunities.choices import LossReason, Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity, Pause, StageMove

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def deal(cast):
    return make_opportunity(make_customer(cast.alice, "精工"), opened_on=TODAY - 60 * DAY, amount_minor=500)


def move(deal, to_stage, reason: str = ""):
    return move_stage(opportunity=deal, to_stage=to_stage, actor=deal.owner, at=MONDAY, reason=reason)


def pause(deal, days: int = 30):
    return pause_opportunity(
        opportunity=deal, reason="招标静默", wake_on=TODAY + days * DAY, actor=deal.owner, at=MONDAY
    )


def test_a_deal_moves_forward_one_stage_at_a_time_by_judgement(deal):
    move(deal, Stage.ST2)

    kept = StageMove.objects.get()
    assert (kept.from_stage, kept.to_stage, kept.reason) == (Stage.ST1, Stage.ST2, "by_judgement")
    assert Entry.objects.get(verb="opportunity.moved").after["basis"] == "by_judgement"
    for stage in (Stage.ST2, Stage.ST4, Stage.ST5, "ST9"):
        with pytest.raises(NotNextStage):
            move(deal, stage)


def test_a_deal_moves_back_to_any_earlier_stage_with_a_reason(deal):
    for stage in (Stage.ST2, Stage.ST3, Stage.ST4):
        move(deal, stage)

    for reason in ("", "  ", "长" * 301):
        with pytest.raises(ReasonNeeded):
            move(deal, Stage.ST1, reason)
    move(deal, Stage.ST1, "决策人换了")

    assert deal.stage == Stage.ST1
    assert StageMove.objects.count() == 4


def test_a_deal_is_won_from_signing_and_goes_on_to_implementation(cast, deal):
    with pytest.raises(NotAtSigning):
        close_opportunity(opportunity=deal, outcome=Outcome.WON, closed_on=TODAY, actor=cast.alice, at=MONDAY)
    for stage in (Stage.ST2, Stage.ST3, Stage.ST4):
        move(deal, stage)
    closure = close_opportunity(opportunity=deal, outcome=Outcome.WON, closed_on=TODAY, actor=cast.alice, at=MONDAY)

    assert (closure.amount_minor, deal.stage, state_of(deal)) == (500, Stage.ST5, State.WON)
    move(deal, Stage.ST6)
    move(deal, Stage.ST5, "验收未过")
    with pytest.raises(NotNextStage):
        move(deal, Stage.ST4, "回退")


def test_a_quick_win_passes_the_stages_between_by_judgement(deal):
    win(deal)

    assert [move.to_stage for move in StageMove.objects.order_by("pk")] == ["ST2", "ST3", "ST4", "ST5"]


def test_a_loss_says_why(cast, deal):
    with pytest.raises(LossNeedsReason):
        close_opportunity(opportunity=deal, outcome=Outcome.LOST, closed_on=TODAY, actor=cast.alice, at=MONDAY)
    closure = lose(deal, reason=LossReason.NO_TRUST, rival="对手", note="价格")

    assert (closure.reason, closure.rival, state_of(deal), deal.stage) == ("no_trust", "对手", State.LOST, Stage.ST1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.filter(pk=closure.pk).update(reason="")


@pytest.mark.parametrize(
    "given,refusal",
    [
        ({"on": TODAY + DAY}, FutureDay),
        ({"on": TODAY - 61 * DAY}, TooEarly),
        ({"on": "soon"}, BadValue),
        ({"reason": "bad luck"}, BadValue),
        ({"rival": "长" * 121}, BadValue),
        ({"amount_minor": 2**63}, BadValue),
    ],
)
def test_a_wrong_end_is_refused_and_the_deal_stays_open(deal, given, refusal):
    with pytest.raises(refusal) as refused:
        lose(deal, **given)

    assert refused.value.text()
    assert state_of(deal) == State.OPEN
    assert not Closure.objects.exists()


def test_a_lost_deal_is_reopened_at_the_start(deal):
    move(deal, Stage.ST2)
    move(deal, Stage.ST3)
    lose(deal, TODAY - 10 * DAY)

    with pytest.raises(BadRestart):
        reopen_opportunity(opportunity=deal, to_stage=Stage.ST3, actor=deal.owner, at=MONDAY)
    with pytest.raises(NotPaused):
        resume_opportunity(opportunity=deal, actor=deal.owner, at=MONDAY)
    reopen_opportunity(opportunity=deal, actor=deal.owner, at=MONDAY)

    assert (deal.stage, state_of(deal)) == (Stage.ST2, State.OPEN)
    with pytest.raises(TooEarly):
        lose(deal, TODAY - DAY)
    lose(deal)
    assert Closure.objects.count() == 2


def test_a_won_deal_is_not_reopened_but_cancelled_while_it_is_implemented(cast, deal):
    win(deal, TODAY - 10 * DAY)

    with pytest.raises(NotLost):
        reopen_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)
    close_opportunity(opportunity=deal, outcome=Outcome.CANCELLED, closed_on=TODAY, actor=cast.alice, at=MONDAY)

    assert state_of(deal) == State.CANCELLED
    assert Closure.objects.filter(reopened_on__isnull=True).count() == 1
    with pytest.raises(NotOpen):
        lose(deal)


def test_only_what_is_implemented_can_be_cancelled(cast, deal):
    with pytest.raises(NotBeingImplemented):
        close_opportunity(opportunity=deal, outcome=Outcome.CANCELLED, closed_on=TODAY, actor=cast.alice, at=MONDAY)


def test_a_win_entered_by_mistake_is_taken_back(cast, deal):
    win(deal)

    withdraw_closure(opportunity=deal, actor=cast.alice, at=MONDAY)

    assert (deal.stage, state_of(deal), Closure.objects.count()) == (Stage.ST4, State.OPEN, 0)
    assert Entry.objects.get(verb="opportunity.closure_withdrawn").before["outcome"] == "won"
    with pytest.raises(NothingToWithdraw):
        withdraw_closure(opportunity=deal, actor=cast.alice, at=MONDAY)


def test_a_pause_runs_out_on_its_day(deal):
    move(deal, Stage.ST2)
    move(deal, Stage.ST3)
    pause(deal)
    assert not Opportunity.objects.open().exists()

    tick(MONDAY + 29 * DAY)
    assert state_of(deal) == State.PAUSED
    assert tick(MONDAY + 33 * DAY).failed == 0

    deal.refresh_from_db()
    assert (deal.stage, state_of(deal), Pause.objects.get().ended_on) == (Stage.ST2, State.OPEN, TODAY + 30 * DAY)
    assert Entry.objects.get(verb="opportunity.resumed").actor is None


def test_a_paused_deal_is_resumed_by_hand(deal):
    pause(deal)

    with pytest.raises(NotOpen):
        lose(deal)
    resume_opportunity(opportunity=deal, actor=deal.owner, at=MONDAY + DAY)

    assert state_of(deal) == State.OPEN
    assert not Due.objects.filter(rule=RESUME_RULE).exists()
    with pytest.raises(NotPaused):
        resume_opportunity(opportunity=deal, actor=deal.owner, at=MONDAY + DAY)


@pytest.mark.parametrize("days", [0, 731])
def test_a_pause_has_a_day_to_wake_and_a_reason(deal, days):
    with pytest.raises(BadResumeDay):
        pause(deal, days)
    with pytest.raises(ReasonNeeded):
        pause_opportunity(opportunity=deal, reason=" ", wake_on=TODAY + DAY, actor=deal.owner, at=MONDAY)


def test_an_outsider_ends_and_moves_nothing(cast, deal):
    before = Entry.objects.count()

    with pytest.raises(Denied):
        move_stage(opportunity=deal, to_stage=Stage.ST2, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        close_opportunity(opportunity=deal, outcome=Outcome.WON, closed_on=TODAY, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        pause_opportunity(opportunity=deal, reason="x", wake_on=TODAY + DAY, actor=cast.charlie, at=MONDAY)
    for act in (reopen_opportunity, resume_opportunity, withdraw_closure):
        with pytest.raises(Denied):
            act(opportunity=deal, actor=cast.charlie, at=MONDAY)

    deal.refresh_from_db()
    assert (deal.stage, deal.revision, Entry.objects.count()) == (Stage.ST1, 0, before)


ALLOWED = {
    State.OPEN: {"ST1", "ST2", "ST3", "ST4"},
    State.PAUSED: {"ST1", "ST2", "ST3", "ST4"},
    State.LOST: {"ST1", "ST2", "ST3", "ST4"},
    State.WON: {"ST5", "ST6"},
    State.CANCELLED: {"ST5"},
}
STEPS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(list(Stage)), st.sampled_from(["", "换人了"])),
    st.tuples(st.just("close"), st.sampled_from(list(Outcome)), st.booleans()),
    st.tuples(st.just("reopen"), st.sampled_from([None, *Stage]), st.none()),
    st.tuples(st.just("resume"), st.sampled_from([None, *Stage]), st.none()),
    st.tuples(st.just("pause"), st.integers(-1, 800), st.none()),
    st.tuples(st.just("withdraw"), st.none(), st.none()),
)


def everything() -> list[list[tuple]]:
    return [
        list(model.objects.order_by("pk").values_list()) for model in (Opportunity, Closure, Pause, StageMove, Entry)
    ]


def take(deal, step, day: int) -> None:
    kind, first, second = step
    common = {"opportunity": deal, "actor": deal.owner, "at": MONDAY + day * DAY}
    if kind == "move":
        move_stage(**common, to_stage=first, reason=second)
    elif kind == "close":
        reason = LossReason.NO_DECISION if first == Outcome.LOST else ""
        close_opportunity(**common, outcome=first, closed_on=TODAY + day * DAY, reason=reason, through_stages=second)
    elif kind == "pause":
        pause_opportunity(**common, reason="等预算", wake_on=TODAY + (day + first) * DAY)
    elif kind == "withdraw":
        withdraw_closure(**common)
    else:
        act = reopen_opportunity if kind == "reopen" else resume_opportunity
        act(**common, to_stage=first)


def refused(deal, step, day: int) -> ActionError | None:
    try:
        take(deal, step, day)
    except ActionError as refusal:
        return refusal
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 2)), max_size=10))
def test_any_course_keeps_state_and_stage_together_and_a_refusal_changes_nothing(db, steps):
    with transaction.atomic():
        deal = make_opportunity(make_customer(person("ann", in_team=team("东")), "精工"))
        day = 0
        for step, wait in steps:
            day += wait
            before = everything()
            refusal = refused(deal, step, day)
            assert (everything() == before) == (refusal is not None)
            assert refusal is None or refusal.text()
            deal = Opportunity.objects.get(pk=deal.pk)
            assert deal.stage in ALLOWED[state_of(deal)]
            assert Opportunity.objects.open().exists() == (state_of(deal) == State.OPEN)
        transaction.set_rollback(True)
