"""The worker's processes: what they take from the queue, and that killing them loses and doubles nothing."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django_q.models import OrmQ
from django_q.tasks import async_task

from wendu.jobs.actions import enqueue
from wendu.jobs.choices import JobState
from wendu.jobs.loop import Loop
from wendu.jobs.models import Job
from wendu.jobs.schedules import ROUNDS, write_schedules
from wendu.jobs.worker import command_of
from wendu.kernel.clock import now

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_the_loop_takes_a_job_and_acknowledges_it():
    asked = enqueue("jobs.sweep", actor=None)

    assert Loop("wendu")._once() == 1

    asked.refresh_from_db()
    assert asked.state == JobState.DONE
    assert not OrmQ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_rounds_run_what_comes_round_and_find_what_was_lost():
    write_schedules()
    long_ago = now() - timedelta(hours=1)
    lost = Job.objects.create(
        kind="jobs.sweep", state=JobState.RUNNING, attempts=1, beat_at=long_ago, started_at=long_ago
    )
    rounds = Loop(ROUNDS)
    while rounds._once():
        pass

    kinds = set(Job.objects.filter(state=JobState.DONE).values_list("kind", flat=True))
    assert {"agenda.tick", "jobs.redeliver"} <= kinds
    waiting = [message.task["args"] for message in OrmQ.objects.filter(key="wendu")]
    assert waiting.count((lost.pk,)) == 1, "the lost job waits for the other queue's worker"


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_not_ours_is_dropped_and_never_called():
    async_task("os.system", "false")
    OrmQ.objects.create(key="wendu", payload="not signed", lock=now())

    loop = Loop("wendu")
    assert loop._once() + loop._once() == 2

    assert not OrmQ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_over_its_time_goes_on_later(monkeypatch):
    asked = enqueue("jobs.sweep", actor=None)
    monkeypatch.setattr("wendu.jobs.jobs.forget_jobs", lambda **_: signal.raise_signal(signal.SIGALRM))

    Loop("wendu")._once()

    asked.refresh_from_db()
    assert asked.state == JobState.QUEUED
    assert OrmQ.objects.get().task["args"] == (asked.pk,)


def test_a_worker_of_a_queue_is_this_module_again():
    assert command_of("wendu")[1:] == ["-m", "wendu.jobs.worker", "wendu"]


@pytest.mark.faults
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_the_work_is_done_once(seed, tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings",
        "DATABASE_URL": f"sqlite://{tmp_path}/wendu.sqlite3",
        "PYTHONPATH": f"{ROOT}",
    }

    run = subprocess.run(
        [sys.executable, "-m", "tests.jobs.kill_workers", str(seed)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr[-3000:]
