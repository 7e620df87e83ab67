"""A whole book changes hands as one act and goes back as one act; what it says about customers stays as it was."""

from datetime import timedelta

import pytest

from tests.web.scene import build_scene
from wendu.agenda.actions import plan_step
from wendu.coach.models import Standing
from wendu.customers.actions import change_owner
from wendu.customers.models import Customer
from wendu.handovers.actions import HandoverRuns, TakerLeaves, TakerMissing, begin_handover, undo_handover
from wendu.handovers.models import Handover
from wendu.handovers.queries import book_of, counted
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Touch

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
    before, said = readings(), touches()
    book = book_of(cast.mona, cast.alice, "none")

    row = handed(cast, {"": cast.bob})

    assert (book.customers, book.deals, book.promises, book.steps, book.collaborations) == (9, 7, 1, 1, 1)
    assert not Customer.objects.filter(owner=cast.alice).exists()
    assert not Opportunity.objects.open().filter(owner=cast.alice).exists()
    step.refresh_from_db()
    assert step.user == cast.bob
    assert not beside.collaborations.filter(user=cast.alice).exists()
    assert (readings(), touches()) == (before, said)
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
