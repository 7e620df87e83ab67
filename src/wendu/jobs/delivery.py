"""From a Job row to its body: handing the id to the queue, claiming it, running it, finding what was lost."""

from __future__ import annotations

import logging
import traceback
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django_q.tasks import async_task

from wendu.identity.models import User
from wendu.jobs.choices import JobState
from wendu.jobs.heartbeat import Heartbeat
from wendu.jobs.models import Job
from wendu.jobs.registry import kind_named
from wendu.jobs.run import Cancelled, Run, Superseded, Watcher
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.kernel.patience import ENDLESS, patient_for

PERFORM = "wendu.jobs.delivery.perform_delivered"
PERFORM_SCHEDULED = "wendu.jobs.delivery.perform_scheduled"
LEASE = timedelta(seconds=20)  # a running job that gave no sign of life for so long has lost its worker
PATIENCE = timedelta(minutes=5)  # a waiting job is handed to the queue again after so long

_log = logging.getLogger(__name__)


def add(kind: str, *, actor: User | None, key: str = "", arguments: dict[str, Any] | None = None) -> tuple[Job, bool]:
    """Write the row of a job; with a key, an open one of the same key is given instead. Second value: is it new?"""
    spec = kind_named(kind)
    with transaction.atomic():
        if key:
            # The unique constraint decides between two who ask at once; the loser gets the winner's row.
            while True:
                fresh = Job(kind=spec.name, key=key, actor=actor, arguments=arguments or {})
                Job.objects.bulk_create([fresh], ignore_conflicts=True)
                standing = Job.objects.open().filter(key=key).first()
                if standing is not None:
                    return standing, standing.uuid == fresh.uuid
        return Job.objects.create(kind=spec.name, actor=actor, arguments=arguments or {}), True


def deliver(job: Job) -> None:
    """Hand the id of a job to the queue, in the same transaction as its row."""
    async_task(PERFORM, job.pk, timeout=kind_named(job.kind).most_seconds, task_name=f"{job.kind}-{job.pk}"[:100])


def perform_delivered(job_id: int) -> str:
    """Take a job from the queue (what the worker calls)."""
    return perform(job_id, heartbeat=True)


def perform_scheduled(kind: str) -> str:
    """Run a kind that comes round by itself; at most one of it is open at a time."""
    job, _ = add(kind, actor=None, key=kind)
    return perform(job.pk, heartbeat=True)


def perform(job_id: int, *, heartbeat: bool = False, watch: Watcher | None = None) -> str:
    """Make one attempt at a job and say how it stands; does nothing when it has ended or somebody is on it."""
    run = claim(job_id, at=now(), watch=watch)
    if run is None:
        return "left"
    try:
        with Heartbeat(run) if heartbeat else nullcontext(), patient_for(ENDLESS):
            result = kind_named(run.job.kind).body(run, **run.job.arguments)
        run.end(JobState.DONE, result=result)
    except Superseded:
        return "superseded"
    except Cancelled:
        return _end(run, JobState.CANCELLED)
    except (OperationalError, InterfaceError):
        _log.warning("job %s %s lost its database and will be tried again", run.job.kind, job_id, exc_info=True)
        run.release()
        return "released"
    except Exception as error:  # noqa: BLE001  whatever a body raises ends this job, not the worker
        return _end(run, JobState.FAILED, error=_logged(run, error))
    except BaseException:  # stopped from outside (time limit, Ctrl-C): another attempt goes on
        run.release()
        deliver(run.job)
        raise
    return JobState.DONE


def claim(job_id: int, *, at: datetime, watch: Watcher | None = None) -> Run | None:
    """Take the next attempt at a job, unless it has ended, is being worked on, or got nowhere too often."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or not job.is_open or (job.state == JobState.RUNNING and job.beat_at > at - LEASE):
            return None
        if job.cancel_requested:
            _close(job, JobState.CANCELLED, at=at)
            return None
        if job.stalls >= kind_named(job.kind).stalls_allowed:
            _close(job, JobState.FAILED, at=at, error="worker_lost")
            return None
        job.attempts += 1
        job.stalls += 1
        job.state = JobState.RUNNING
        job.started_at = job.started_at or at
        job.beat_at = at
        job.save(update_fields=["attempts", "stalls", "state", "started_at", "beat_at"])
    return Run(job, watch=watch)


def redeliver_lost(at: datetime) -> int:
    """Hand jobs to the queue again whose worker died or whose delivery got lost; says how many."""
    lost = Job.objects.filter(
        Q(state=JobState.RUNNING, beat_at__lt=at - LEASE) | Q(state=JobState.QUEUED, beat_at__lt=at - PATIENCE)
    )
    found = 0
    for job in lost.order_by("beat_at", "pk")[:100]:
        with transaction.atomic():
            # Another process may have seen it too: only who moves the sign of life delivers.
            same = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, beat_at=job.beat_at)
            if same.update(state=JobState.QUEUED, beat_at=at):
                deliver(job)
                found += 1
    return found


def _end(run: Run, state: JobState, *, error: str = "") -> str:
    try:
        run.end(state, error=error)
    except Superseded:
        return "superseded"
    return state


def _close(job: Job, state: JobState, *, at: datetime, error: str = "") -> None:
    job.state, job.ended_at, job.error = state, at, error
    job.save(update_fields=["state", "ended_at", "error"])


def _logged(run: Run, error: Exception) -> str:
    """Keep what an operator needs: a refusal by its code (its words may name people), a fault by its frames."""
    if isinstance(error, ActionError):
        _log.warning("job %s %s was refused: %s", run.job.kind, run.job_id, error.code)
        return error.code
    _log.exception("job %s %s failed", run.job.kind, run.job_id)
    return "".join(traceback.format_exception(error)[-3:])
