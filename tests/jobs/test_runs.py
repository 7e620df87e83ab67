"""One job from asking to its end: claims, fences, cancelling, going on, and what is lost and found."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django_q.models import OrmQ, Schedule

from wendu.identity.models import Team
from wendu.jobs.actions import JobGoesOn, JobHasEnded, cancel_job, enqueue, forget_jobs, resume_job, run_now
from wendu.jobs.choices import JobState
from wendu.jobs.delivery import LEASE, PATIENCE, claim, perform, redeliver_lost
from wendu.jobs.models import Job
from wendu.jobs.queries import jobs_of
from wendu.jobs.registry import UnknownJob, job, kind_named, scheduled
from wendu.jobs.run import Run, Superseded
from wendu.jobs.schedules import unlock_queue, write_schedules
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.kernel.sqlite3.base import ASKS_AGAIN_AFTER

pytestmark = pytest.mark.django_db
STEPS = 5
trouble: dict[str, object] = {}


class Sorry(ActionError):
    code = "sorry"


@job("test.count")
def count(run: Run, *, word: str = "team") -> dict[str, int]:
    """Write one row per step and remember where we are."""
    for step in range(run.cursor.get("step", 0), STEPS):
        with run.batch():
            Team.objects.create(name=f"{word} {step}", path=f"/{word}{step}/")
            if step == trouble.get("at"):
                trouble.pop("act", lambda: None)()
            run.advance(1, total=STEPS, cursor={"step": step + 1})
    return {"made": STEPS}


@pytest.fixture(autouse=True)
def _no_trouble():
    trouble.clear()
    trouble["act"] = lambda: None


def fail_at(step, act):
    trouble.update(at=step, act=act)


def raising(error):
    def act():
        raise error

    return act


def lose(job):
    """As if its worker had been killed a while ago."""
    Job.objects.filter(pk=job.pk).update(beat_at=now() - LEASE - timedelta(seconds=1))


def names():
    return sorted(Team.objects.filter(name__startswith="team").values_list("name", flat=True))


ALL = [f"team {step}" for step in range(STEPS)]


def test_a_job_and_its_delivery_are_one_transaction():
    with transaction.atomic():
        enqueue("test.count", actor=None)
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not OrmQ.objects.exists()


def test_the_queue_carries_only_the_id():
    asked = enqueue("test.count", actor=None, word="secret")

    task = OrmQ.objects.get().task
    assert task["args"] == (asked.pk,)
    assert "secret" not in repr(task)


def test_a_job_runs_once_and_says_how_far_it_is(cast):
    done = run_now("test.count", actor=cast.alice)

    assert (done.state, done.progress, done.total, done.percent) == (JobState.DONE, STEPS, STEPS, 100)
    assert done.result == {"made": STEPS}
    assert perform(done.pk) == "left"


def test_progress_can_be_watched():
    seen = []

    run_now("test.count", actor=None, watch=lambda done, total: seen.append((done, total)))

    assert seen == [(n + 1, STEPS) for n in range(STEPS)]


def test_an_unknown_kind_is_refused():
    with pytest.raises(UnknownJob):
        enqueue("no.such", actor=None)


def test_one_kind_has_one_body():
    with pytest.raises(ValueError, match="already registered"):
        job("test.count")(lambda run: None)


def test_a_key_gives_the_open_job_instead_of_a_second_one():
    first = enqueue("test.count", actor=None, key="all")

    assert enqueue("test.count", actor=None, key="all") == first
    assert OrmQ.objects.count() == 1
    perform(first.pk)
    assert enqueue("test.count", actor=None, key="all") != first


def test_a_job_goes_on_where_its_worker_died():
    asked = enqueue("test.count", actor=None)
    fail_at(3, raising(SystemExit))

    with pytest.raises(SystemExit):
        perform(asked.pk)
    assert names() == ALL[:3]
    assert perform(asked.pk) == JobState.DONE

    assert names() == ALL
    asked.refresh_from_db()
    assert (asked.attempts, asked.progress) == (2, STEPS)


def test_a_killed_worker_leaves_a_running_job_that_is_taken_over_after_the_lease():
    asked = enqueue("test.count", actor=None)
    claim(asked.pk, at=now())

    assert perform(asked.pk) == "left"
    lose(asked)
    assert perform(asked.pk) == JobState.DONE


def test_an_attempt_that_was_overtaken_stops_and_writes_nothing():
    asked = enqueue("test.count", actor=None)
    old = claim(asked.pk, at=now())
    lose(asked)
    new = claim(asked.pk, at=now())

    with pytest.raises(Superseded), old.batch():
        pass
    for write in (lambda: old.advance(1), lambda: old.end(JobState.DONE)):
        with pytest.raises(Superseded), transaction.atomic():
            write()
    assert not old.beat()
    assert new.beat()
    assert names() == []


def test_a_body_that_was_overtaken_in_the_middle_rolls_its_batch_back():
    asked = enqueue("test.count", actor=None)
    fail_at(2, lambda: Job.objects.filter(pk=asked.pk).update(attempts=9))

    assert perform(asked.pk) == "superseded"

    assert names() == ALL[:2]


def test_a_waiting_job_is_cancelled_at_once(cast):
    asked = enqueue("test.count", actor=cast.alice)

    cancel_job(job=asked, actor=cast.alice, at=now())

    assert perform(asked.pk) == "left"
    asked.refresh_from_db()
    assert asked.state == JobState.CANCELLED
    with pytest.raises(JobHasEnded):
        cancel_job(job=asked, actor=cast.alice, at=now())


def test_a_running_job_is_cancelled_at_its_next_batch_and_can_go_on(cast):
    asked = enqueue("test.count", actor=cast.alice)
    fail_at(2, lambda: cancel_job(job=asked, actor=cast.alice, at=now()))

    assert perform(asked.pk) == JobState.CANCELLED
    assert names() == ALL[:3]

    resume_job(job=asked, actor=cast.alice, at=now())
    assert perform(asked.pk) == JobState.DONE
    assert names() == ALL


def test_a_failure_is_kept_and_the_job_can_go_on(cast):
    asked = enqueue("test.count", actor=cast.alice)
    fail_at(1, raising(ZeroDivisionError("by zero")))

    assert perform(asked.pk) == JobState.FAILED
    asked.refresh_from_db()
    assert "by zero" in asked.error
    resume_job(job=asked, actor=cast.alice, at=now())
    assert perform(asked.pk) == JobState.DONE
    with pytest.raises(JobGoesOn):
        resume_job(job=asked, actor=cast.alice, at=now())


def test_a_refusal_is_kept_by_its_code():
    fail_at(0, raising(Sorry()))

    assert run_now("test.count", actor=None).error == "sorry"


def test_a_lost_database_gives_the_job_back():
    asked = enqueue("test.count", actor=None)
    fail_at(1, raising(OperationalError("gone")))

    assert perform(asked.pk) == "released"
    assert perform(asked.pk) == JobState.DONE


def test_a_job_that_kills_every_worker_is_given_up():
    asked = enqueue("test.count", actor=None)
    for _ in range(kind_named("test.count").stalls_allowed):
        assert claim(asked.pk, at=now())
        lose(asked)

    assert perform(asked.pk) == "left"
    asked.refresh_from_db()
    assert (asked.state, asked.error) == (JobState.FAILED, "worker_lost")


def test_what_makes_progress_is_never_given_up():
    asked = enqueue("test.count", actor=None)
    for _ in range(20):
        claim(asked.pk, at=now()).advance(1)
        lose(asked)

    assert perform(asked.pk) == JobState.DONE


def test_what_was_lost_is_handed_to_the_queue_again_once():
    running, waiting, fresh = (enqueue("test.count", actor=None) for _ in range(3))
    claim(running.pk, at=now())
    lose(running)
    Job.objects.filter(pk=waiting.pk).update(beat_at=now() - PATIENCE - timedelta(seconds=1))
    OrmQ.objects.all().delete()

    assert redeliver_lost(now()) == 2
    assert redeliver_lost(now()) == 0

    assert {row.task["args"][0] for row in OrmQ.objects.all()} == {running.pk, waiting.pk}
    assert fresh.is_open


def test_people_see_and_stop_only_their_own_jobs(cast):
    asked = enqueue("test.count", actor=cast.alice)

    assert list(jobs_of(cast.alice)) == list(jobs_of(cast.ada)) == [asked]
    assert not jobs_of(cast.charlie).exists()
    for act in (cancel_job, resume_job):
        with pytest.raises(Denied):
            act(job=asked, actor=cast.charlie, at=now())
    asked.refresh_from_db()
    assert not asked.cancel_requested


def test_old_jobs_are_dropped_and_open_ones_never():
    done = run_now("test.count", actor=None)
    waiting = enqueue("test.count", actor=None, word="later")
    later = now() + timedelta(days=400)

    assert forget_jobs(before=done.created_at, scheduled_before=done.created_at) == 0
    assert forget_jobs(before=later, scheduled_before=later) == 1
    assert list(Job.objects.all()) == [waiting]


def test_schedules_say_what_the_registry_says_however_often_written():
    for _ in range(2):
        write_schedules()
        Schedule.objects.filter(name="agenda.tick").update(minutes=99)
    write_schedules()

    assert {row.name: row.minutes for row in Schedule.objects.all()} == {
        kind.name: kind.every_minutes for kind in scheduled()
    }
    assert Schedule.objects.get(name="agenda.tick").minutes == 5


def test_a_dead_workers_messages_are_freed():
    enqueue("test.count", actor=None)
    OrmQ.objects.update(lock=now() + timedelta(minutes=5))

    assert unlock_queue() == 1
    assert OrmQ.objects.get().lock <= now()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write at once")
@pytest.mark.parametrize(("seconds_a_batch", "breathers"), [(0.01, 0), (0.04, 1), (0.6, STEPS)])
def test_a_job_that_holds_the_one_writer_lets_others_write_between_its_batches(monkeypatch, seconds_a_batch, breathers):
    moment, slept = [0.0], []

    def later():
        moment[0] += seconds_a_batch
        return moment[0]

    monkeypatch.setattr("wendu.jobs.run.time.monotonic", later)
    monkeypatch.setattr("wendu.jobs.run.time.sleep", slept.append)

    run_now("test.count", actor=None)

    assert len(slept) == breathers
    assert all(pause > 3 * ASKS_AGAIN_AFTER for pause in slept), "whoever waits asks several times meanwhile"
