"""Judging everybody anew after a publication: it says how far it is, stops, goes on, and ends as if undisturbed."""

from functools import partial

import pytest
from django.db import transaction

from tests.cast import MONDAY
from tests.coach.test_preview import draft_with
from tests.coach.world import LIVES, World, stands
from wendu.coach import jobs
from wendu.coach.actions import judge_next, recompute
from wendu.coach.models import Standing
from wendu.jobs.actions import cancel_job, resume_job
from wendu.jobs.choices import JobState
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.packs.actions import publish_draft
from wendu.packs.queries import current_playbook

pytestmark = pytest.mark.django_db
ANOTHER = {"quadrant.high_from": 20.0, "temperature.cooling.A.half_life_days": 3.0, "window.days_of_a_month": 21}


@pytest.fixture
def judging(cast, monkeypatch, django_capture_on_commit_callbacks):
    """Seven customers, a playbook just published, and the job that judges them anew two at a time."""
    for life in LIVES:
        World.of(cast.alice).live(life)
    monkeypatch.setattr(jobs, "judge_next", partial(judge_next, chunk=2))
    monkeypatch.setattr(jobs, "now", lambda: MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        publish_draft(draft=draft_with(cast, ANOTHER), actor=cast.ada, at=MONDAY)
    return Job.objects.get(kind=jobs.RECOMPUTE)


def undisturbed(job) -> list[list[dict]]:
    """What stands after the job ran through; taken back."""
    with transaction.atomic():
        perform(job.pk)
        found = stands()
        transaction.set_rollback(True)
    return found


def stopping(job, actor, at: int):
    """Have it stopped once so many are judged."""
    return lambda done, _total: cancel_job(job=job, actor=actor, at=now()) if done == at else None


def test_it_says_how_far_it_is(judging):
    seen = []

    perform(judging.pk, watch=lambda done, total: seen.append((done, total)))

    judging.refresh_from_db()
    assert seen == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert (judging.state, judging.progress, judging.result) == (JobState.DONE, 7, {"customers": 7})


@pytest.mark.parametrize("stops", [(2,), (6,), (2, 4), (2, 4, 6), (7,)])
def test_stopped_and_resumed_it_ends_as_if_undisturbed(cast, judging, stops):
    before, wanted = stands(), undisturbed(judging)
    assert before != wanted, "the playbook moves nobody"

    for number in stops:
        perform(judging.pk, watch=stopping(judging, cast.ada, number))
        judging.refresh_from_db()
        assert (judging.state, judging.progress) == (JobState.CANCELLED, number)
        assert stands() != wanted or number >= len(LIVES) - 1
        resume_job(job=judging, actor=cast.ada, at=now())
    perform(judging.pk)

    judging.refresh_from_db()
    assert (judging.state, judging.result) == (JobState.DONE, {"customers": 7})
    assert stands() == wanted


def test_what_was_judged_before_it_was_stopped_stays(cast, judging):
    perform(judging.pk, watch=stopping(judging, cast.ada, 4))

    old, new = "standard 1.0.0", f"{current_playbook().key} {current_playbook().version}"
    assert list(Standing.objects.order_by("pk").values_list("pack_version", flat=True)) == [new] * 4 + [old] * 3


def test_a_worker_that_dies_in_the_middle_loses_nothing(judging):
    wanted = undisturbed(judging)

    def die(done, _total):
        if done == 4:
            raise SystemExit

    with pytest.raises(SystemExit):
        perform(judging.pk, watch=die)
    Job.objects.filter(pk=judging.pk).update(state=JobState.QUEUED)  # as `redeliver_lost` does after a while
    perform(judging.pk)

    assert stands() == wanted


def test_published_again_in_the_middle_everybody_ends_by_the_latest(cast, judging, django_capture_on_commit_callbacks):
    def publish_again(done, _total):
        if done == 2:
            publish_draft(draft=draft_with(cast, {"quadrant.high_from": 90.0}), actor=cast.ada, at=MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        perform(judging.pk, watch=publish_again)
    (again,) = Job.objects.filter(kind=jobs.RECOMPUTE, state=JobState.QUEUED)
    perform(again.pk)

    found = stands()
    list(recompute(at=MONDAY))
    assert found == stands()
    assert set(Standing.objects.values_list("pack_version", flat=True)) == {"own 2"}
