"""What a draft would do: said beforehand, and then exactly that happens."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.world import TODAY, World, answers, histories, touch
from tests.factories import make_customer
from wendu.coach.actions import recompute
from wendu.coach.choices import Aspect
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Effect, Preview, Standing
from wendu.coach.preview import ask_preview, counts, effects, foresee_next, foreseen, moves, seen_now
from wendu.customers.actions import delete_customer
from wendu.customers.models import Customer
from wendu.jobs.actions import run_now
from wendu.jobs.models import Job
from wendu.kernel.errors import Denied
from wendu.packs.actions import draft_pack, edit_draft, publish_draft
from wendu.packs.queries import current_playbook, version_name
from wendu.playbooks import parse
from wendu.touches.actions import answer_indicators

pytestmark = pytest.mark.django_db
NUMBERS = {
    "quadrant.high_from": st.sampled_from([20.0, 40.0, 60.0, 80.0, 100.0]),
    "quadrant.certain_from_answers": st.integers(1, 5),
    "window.classes.A.deadline_months": st.sampled_from([1.0, 2.0, 5.0]),
    "window.classes.C.expected_months": st.sampled_from([0.5, 2.0, 3.0]),
    "window.days_of_a_month": st.integers(20, 31),
    "factors.market.b2b.factor": st.sampled_from([0.5, 1.0, 2.0]),
    "factors.market.b2b.rhythm": st.sampled_from([0.5, 1.0, 2.0]),
    "temperature.kinds.visit.points": st.sampled_from([0.0, 10.0, 40.0]),
    "temperature.kinds.demo.points": st.sampled_from([2.0, 18.0, 60.0]),
    "temperature.kinds.phone.ceiling": st.sampled_from([5.0, 70.0, 100.0]),
    "temperature.quality.full.factor": st.sampled_from([0.5, 1.5, 3.0]),
    "temperature.one_way_share": st.sampled_from([0.0, 0.5, 1.0]),
    "temperature.cooling.unclassified.half_life_days": st.sampled_from([2.0, 14.0, 60.0]),
    "temperature.cooling.A.max_gap_days": st.integers(1, 30),
    "temperature.strike.strike_from": st.sampled_from([30.0, 80.0, 95.0]),
    "temperature.bands[2].start": st.sampled_from([30.0, 40.0, 55.0]),
    "cadence.tiers.normal.interval_days": st.sampled_from([20, 180, 360]),
    "strategy.override_days": st.integers(1, 60),
}
PACKS = st.fixed_dictionaries({"temperature.strike.cap": st.sampled_from([10.0, 25.0, 29.0])}, optional=NUMBERS)


def draft_with(cast, values):
    draft = draft_pack(base=version_name(current_playbook()), actor=cast.ada, at=MONDAY)
    return edit_draft(draft=draft, values=values, actor=cast.ada, at=MONDAY)


def all_keys():
    return list(Customer.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("seeds", range(3))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(histories(), min_size=2, max_size=4), values=PACKS)
def test_what_was_said_beforehand_is_what_publishing_does(cast, seeds, lives, values):
    for life in lives:
        World.of(cast.alice).live(life)
    keys, draft = all_keys(), draft_with(cast, values)
    before = seen_now(keys, Frame.on(TODAY))
    said = {(pk, aspect): (old, new) for pk, aspect, old, new in foreseen(keys, parse(draft.content), on=TODAY)}

    publish_draft(draft=draft, actor=cast.ada, at=MONDAY)
    list(recompute(at=MONDAY))

    after = seen_now(keys, Frame.on(TODAY))
    done = {
        (pk, aspect): (before[pk][aspect], after[pk][aspect])
        for pk in keys
        for aspect in Aspect
        if before[pk][aspect] != after[pk][aspect]
    }
    assert said == done


def hesitant(cast, count=3):
    """Customers who want it a little and need it a little: class C or D by where the line is drawn."""
    found = []
    for _ in range(count):
        customer = make_customer(cast.alice)
        touch(customer, cast.alice, TODAY - timedelta(days=3))
        answer_indicators(customer=customer, answers=answers(1, 1), actor=cast.alice, at=MONDAY)
        found.append(customer)
    return found


def previewed(cast, values):
    preview = ask_preview(draft=draft_with(cast, values), actor=cast.ada, at=MONDAY)
    job = Job.objects.get(kind="coach.preview")
    assert job.state == "queued"
    after = 0
    while ids := foresee_next(preview, after, at=MONDAY, chunk=2):
        after = ids[-1]
    return preview


def test_a_lower_line_moves_customers_into_a_higher_class(cast):
    hesitant(cast)

    preview = previewed(cast, {"quadrant.high_from": 40.0})

    (move,) = [move for move in moves(cast.ada, preview) if move.aspect == Aspect.QUADRANT]
    assert (move.after, move.count) == ("A", 3)
    assert counts(cast.ada, preview)["class"] == 3
    assert {effect.customer.owner for effect in effects(cast.ada, preview, "class")} == {cast.alice}


def test_a_preview_stores_nothing_of_what_it_foresees(cast):
    hesitant(cast)
    before = [list(model.objects.order_by("pk").values()) for model in (Standing, DealStanding)]

    previewed(cast, {"quadrant.high_from": 40.0})

    assert [list(model.objects.order_by("pk").values()) for model in (Standing, DealStanding)] == before


def test_a_draft_that_changes_no_number_changes_nobody(cast):
    hesitant(cast)

    preview = previewed(cast, {"classes.A.motto.zh": "别拖"})

    assert counts(cast.ada, preview) == {}


def test_everybody_is_told_of_their_own_customers_only_and_of_none_that_is_deleted(cast):
    gone, *_kept = hesitant(cast)
    delete_customer(customer=gone, actor=cast.alice, at=MONDAY)

    preview = previewed(cast, {"quadrant.high_from": 40.0})

    assert counts(cast.ada, preview)["class"] == counts(cast.mona, preview)["class"] == 2
    assert counts(cast.charlie, preview) == counts(cast.nora, preview) == {}


def test_the_job_looks_at_everybody(cast):
    hesitant(cast, 5)
    draft = draft_with(cast, {"quadrant.high_from": 40.0})
    preview = Preview.objects.create(pack=draft, revision=draft.revision, asked_at=MONDAY)

    job = run_now("coach.preview", actor=cast.ada, preview=preview.pk)

    preview.refresh_from_db()
    assert (job.state, job.result) == ("done", {"customers": 5})
    assert (preview.customers, preview.done_at is not None) == (5, True)
    assert Effect.objects.filter(aspect="class").count() == 5


def test_a_draft_written_on_meanwhile_is_not_worth_finishing(cast):
    hesitant(cast)
    draft = draft_with(cast, {"quadrant.high_from": 40.0})
    preview = Preview.objects.create(pack=draft, revision=draft.revision, asked_at=MONDAY)
    edit_draft(draft=draft, values={"quadrant.high_from": 50.0}, actor=cast.ada, at=MONDAY)

    run_now("coach.preview", actor=cast.ada, preview=preview.pk)

    preview.refresh_from_db()
    assert preview.done_at is None
    assert not Effect.objects.exists()


@pytest.mark.parametrize("who", ["alice", "charlie", "eve", "mia", "sam"])
def test_who_may_not_write_a_draft_may_not_try_one(cast, who):
    with pytest.raises(Denied):
        ask_preview(draft=draft_with(cast, {"quadrant.high_from": 40.0}), actor=getattr(cast, who), at=MONDAY)
