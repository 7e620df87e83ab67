"""A whole book changes hands as one act and goes back as one act; what it says about customers stays as it was."""

from datetime import timedelta

import pytest

from tests.web.scene import build_scene
from wendu.agenda.actions import plan_step
from wendu.agenda.models import Notification
from wendu.coach.models import Standing
from wendu.customers.actions import change_owner
from wendu.customers.models import Customer
from wendu.desk.notices import notices_of
from wendu.handovers.actions import (
    JOB,
    HandoverRuns,
    TakerLeaves,
    TakerMissing,
    begin_handover,
    resume_handover,
    undo_handover,
)
from wendu.handovers.models import Handover
from wendu.handovers.queries import book_of, counted
from wendu.identity.actions import deactivate_user
from wendu.jobs.actions import cancel_job, run_now
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Commitment, Promise, QuietPeriod, Touch

pytestmark = pytest.mark.django_db
READ = ("heat", "heat_on", "quadrant", "class_since", "deadline_on", "due_on", "gap_on")


@pytest.fixture
def scene(cast):
    return build_scene(cast)


def run_jobs() -> None:
    for job in Job.objects.open().filter(kind__startswith="handovers."):
        assert perform(job.pk) == "done"


def handed(cast, takers, split_by="none", actor=None) -> Handover:
    row = begin_handover(leaver=cast.alice, takers=takers, actor=actor or cast.mona, at=now(), split_by=split_by)
    run_jobs()
    row.refresh_from_db()
    return row


def readings():
    return list(Standing.objects.order_by("pk").values_list("pk", *READ))


def owed():
    """What was promised, what customers promised, and the silence that was agreed."""
    promises = Promise.objects.order_by("pk").values_list("pk", "state", "due_on", "author_id")
    commitments = Commitment.objects.order_by("pk").values_list("pk", "state", "due_on")
    return list(promises), list(commitments), list(QuietPeriod.objects.order_by("pk").values_list())


def touches():
    return list(Touch.objects.order_by("pk").values_list("pk", "author_id", "touched_on", "logged_at"))


def test_everything_goes_to_the_taker_and_the_facts_stay(cast, scene):
    step = plan_step(
        customer=scene.customers["赤岭建材"],
        do="送样",
        planned_on=scene.today + timedelta(days=2),
        actor=cast.alice,
        at=now(),
    )
    beside = scene.customers["青屿精密"]
    beside.collaborations.create(user=cast.alice, since=now())
    before, said, open_ends, planned_on = readings(), touches(), owed(), step.planned_on
    book = book_of(cast.mona, cast.alice, "none")

    row = handed(cast, {"": cast.bob})

    assert (book.customers, book.deals, book.promises, book.steps, book.collaborations) == (9, 7, 1, 1, 1)
    assert not Customer.objects.filter(owner=cast.alice).exists()
    assert not Opportunity.objects.open().filter(owner=cast.alice).exists()
    step.refresh_from_db()
    assert step.user == cast.bob
    assert not beside.collaborations.filter(user=cast.alice).exists()
    assert (readings(), touches(), owed(), step.planned_on) == (before, said, open_ends, planned_on)
    assert row.done_at is not None
    assert counted(row)["customer"]["handed"] == 9
    assert Entry.objects.filter(verb="customer.owner_changed", actor=cast.mona).count() == 9
    assert set(Standing.objects.filter(is_hidden=False).values_list("owner_id", flat=True)) <= {
        cast.bob.pk,
        cast.charlie.pk,
    }


def test_all_of_it_goes_back_but_what_others_changed_since(cast, scene):
    row = handed(cast, {"": cast.bob})
    kept = scene.customers["砚湖轴承"]
    change_owner(customer=Customer.objects.get(pk=kept.pk), owner=cast.mona, actor=cast.mona, at=now())

    undo_handover(handover=row, actor=cast.mona, at=now())
    run_jobs()

    row.refresh_from_db()
    kept.refresh_from_db()
    assert row.undone_at is not None
    assert kept.owner == cast.mona
    assert Customer.objects.filter(owner=cast.alice).count() == 8
    assert Opportunity.objects.open().filter(owner=cast.alice).count() >= 6
    assert counted(row)["customer"] == {"returned": 8, "kept": 1}
    with pytest.raises(ActionError):
        undo_handover(handover=row, actor=cast.mona, at=now())


def test_a_book_can_be_shared_out_by_class(cast, scene):
    handed(cast, {"": cast.bob, "A": cast.mona}, split_by="class")

    assert set(Customer.objects.filter(owner=cast.mona).values_list("name", flat=True)) == {"砚湖轴承", "澜岸重工"}
    assert Customer.objects.filter(owner=cast.bob).count() == 8


def test_an_attempt_that_died_goes_on_where_it_stopped(cast, scene, monkeypatch):
    monkeypatch.setattr("wendu.handovers.jobs.BATCH", 2)
    row = begin_handover(leaver=cast.alice, takers={"": cast.bob}, actor=cast.mona, at=now())
    from wendu.handovers import jobs

    real, calls = jobs.hand_customer, []

    def fails_once(*args, **more):
        calls.append(1)
        if len(calls) == 4:
            raise SystemExit
        real(*args, **more)

    monkeypatch.setattr(jobs, "hand_customer", fails_once)
    with pytest.raises(SystemExit):
        perform(Job.objects.get(kind="handovers.carry_out").pk)
    assert Customer.objects.filter(owner=cast.alice).count() == 7

    run_jobs()

    assert counted(row)["customer"]["handed"] == 9


def test_only_the_teams_manager_and_the_administrator_hand_a_book_over(cast, scene):
    for who in ("alice", "bob", "charlie", "nora", "sam", "eve", "mia"):
        with pytest.raises(Denied):
            begin_handover(leaver=cast.alice, takers={"": cast.bob}, actor=getattr(cast, who), at=now())
    assert not Handover.objects.exists()
    assert handed(cast, {"": cast.charlie}, actor=cast.ada).done_at is not None


def test_a_taker_is_needed_and_works_here(cast, scene):
    cast.sam.is_active = False
    cast.sam.save()
    for takers, refusal in (({}, TakerMissing), ({"": cast.alice}, TakerLeaves), ({"": cast.sam}, TakerLeaves)):
        with pytest.raises(refusal):
            begin_handover(leaver=cast.alice, takers=takers, actor=cast.mona, at=now())
    begin_handover(leaver=cast.alice, takers={"": cast.bob}, actor=cast.mona, at=now())
    with pytest.raises(HandoverRuns):
        begin_handover(leaver=cast.alice, takers={"": cast.bob}, actor=cast.mona, at=now())


def test_the_book_of_somebody_whose_login_is_closed_goes_over_and_stays_with_the_taker(cast, scene):
    deactivate_user(user=cast.alice, actor=cast.ada, at=now())

    row = handed(cast, {"": cast.bob})

    assert Customer.objects.filter(owner=cast.bob).count() == 10
    with pytest.raises(ActionError):  # nothing goes back to whom nobody can ask
        undo_handover(handover=row, actor=cast.mona, at=now())
    assert Customer.objects.filter(owner=cast.bob).count() == 10


def test_each_taker_is_told_once_how_many_customers_came(cast, scene):
    row = handed(cast, {"": cast.bob, "A": cast.mona}, split_by="class")
    run_now(JOB, actor=None, handover=row.pk)

    told = Notification.objects.filter(code="book_handed")
    assert [(each.user, each.params["customers"]) for each in told] == [(cast.bob, 7)]
    assert cast.alice.display_name in notices_of(cast.bob, limit=9)[0].words


def test_what_the_leaver_is_given_after_it_was_done_stays_with_him(cast, scene):
    row = handed(cast, {"": cast.bob})
    later = scene.customers["砚湖轴承"]
    change_owner(customer=Customer.objects.get(pk=later.pk), owner=cast.alice, actor=cast.mona, at=now())

    run_now(JOB, actor=None, handover=row.pk)

    later.refresh_from_db()
    assert later.owner == cast.alice


def test_what_stopped_on_the_way_goes_on(cast, scene):
    row = begin_handover(leaver=cast.alice, takers={"": cast.bob}, actor=cast.mona, at=now())
    cancel_job(job=Job.objects.get(kind=JOB), actor=cast.mona, at=now())
    with pytest.raises(Denied):
        resume_handover(handover=row, actor=cast.nora, at=now())

    resume_handover(handover=row, actor=cast.mona, at=now())
    run_jobs()

    assert counted(row)["customer"]["handed"] == 9
