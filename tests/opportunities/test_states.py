"""The state machine of an opportunity (method: 2.5): no sequence of deeds reaches a forbidden state."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from tests.laws import examples
from wendu.coach.gates import advance_stage
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError
from wendu.opportunities.actions import (
    close_opportunity,
    pause_opportunity,
    reopen_opportunity,
    resume_opportunity,
    state_of,
    withdraw_closure,
)
from wendu.opportunities.choices import LossReason, Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity, Pause, StageMove
from wendu.readings.models import Override

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
SELLING, AFTER = ("ST1", "ST2", "ST3", "ST4"), ("ST5", "ST6")
TABLES = (Opportunity, Closure, Pause, StageMove, Override, Entry)
REASONS = st.sampled_from(["", "因为"])
STAGES = st.sampled_from([*SELLING, *AFTER])
DEEDS = st.one_of(
    st.tuples(st.just("move"), STAGES, REASONS),
    st.tuples(st.just("win"), st.booleans()),
    st.tuples(st.just("lose"), st.sampled_from(["", "unknown"])),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("pause"), REASONS),
    st.tuples(st.just("resume"), STAGES),
    st.tuples(st.just("reopen"), STAGES),
    st.tuples(st.just("withdraw")),
)


@pytest.fixture
def deal(cast):
    return make_opportunity(make_customer(cast.alice, "桐溪注塑"))


def do(deal, deed, *said):
    """One deed as a person would try it."""
    who = {"opportunity": deal, "actor": deal.owner, "at": MONDAY}
    end = {**who, "closed_on": TODAY}
    if deed == "move":
        advance_stage(to_stage=Stage(said[0]), reason=said[1], **who)
    elif deed == "win":
        close_opportunity(outcome=Outcome.WON, through_stages=said[0], **end)
    elif deed == "lose":
        close_opportunity(outcome=Outcome.LOST, reason=said[0] and LossReason(said[0]), **end)
    elif deed == "cancel":
        close_opportunity(outcome=Outcome.CANCELLED, **end)
    elif deed == "pause":
        pause_opportunity(reason=said[0], wake_on=TODAY + timedelta(days=9), **who)
    elif deed == "resume":
        resume_opportunity(to_stage=Stage(said[0]), **who)
    elif deed == "reopen":
        reopen_opportunity(to_stage=Stage(said[0]), **who)
    else:
        withdraw_closure(**who)


def allowed(state, stage, deed, *said):  # noqa: PLR0911  a return for each row of the table
    """What the table of the method says of a deed: where it leads, or nothing when it is refused."""
    place = [*SELLING, *AFTER].index(stage)
    if deed == "move":
        lane = SELLING if state == "open" else AFTER if state == "won" else ()
        near = said[0] in lane and [*SELLING, *AFTER].index(said[0]) - place
        on = near == 1 and (said[1] or state == "won")  # nothing is proven here: one stage on needs a reason
        return (state, said[0]) if near is not False and (on or (near < 0 and said[1])) else None
    if deed == "win":
        return ("won", "ST5") if state == "open" and (said[0] or stage == "ST4") else None
    if deed == "lose":
        return ("lost", stage) if state == "open" and said[0] else None
    if deed == "cancel":
        return ("cancelled", stage) if state == "won" and stage == "ST5" else None
    if deed == "pause":
        return ("paused", stage) if state == "open" and said[0] else None
    if deed in ("resume", "reopen"):
        needed = "paused" if deed == "resume" else "lost"
        return ("open", said[0]) if state == needed and said[0] in ("ST1", "ST2") else None
    if state == "lost":
        return ("open", stage)
    return ("open", "ST4") if state == "won" and stage == "ST5" else None


def everything():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(DEEDS, max_size=10))
def test_deeds_lead_only_where_the_method_says_and_a_refusal_changes_nothing(deal, deeds):
    for deed in deeds:
        deal.refresh_from_db()
        before, wanted = everything(), allowed(state_of(deal).value, deal.stage, *deed)

        try:
            do(deal, *deed)
        except ActionError:
            assert wanted is None, deed
            assert everything() == before
        else:
            deal.refresh_from_db()
            assert (state_of(deal).value, deal.stage) == wanted, deed
            assert Closure.objects.filter(opportunity=deal, reopened_on__isnull=True).count() <= 1
            assert (deal.stage in AFTER) is (state_of(deal) in (State.WON, State.CANCELLED))
