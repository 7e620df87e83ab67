"""Asking for machine work, stopping it, and letting it go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.jobs.choices import ENDED_STATES, JobState
from wendu.jobs.delivery import add, deliver, perform
from wendu.jobs.models import Job
from wendu.jobs.run import Watcher
from wendu.kernel.errors import ActionError


class JobHasEnded(ActionError):
    """Nothing is left to stop."""

    code = "job_has_ended"
    message = _("This work has already ended. Reload the page to see the result.")


class JobGoesOn(ActionError):
    """There is nothing to repeat."""

    code = "job_goes_on"
    message = _("This work is still running or is done. Only work that failed or was cancelled can go on.")


@transaction.atomic
def enqueue(kind: str, *, actor: User | None, key: str = "", **arguments: Any) -> Job:
    """Ask for a piece of machine work; its row and its delivery become true together with the caller's transaction.

    `arguments` are plain JSON values. With a `key`, an open job of the same key is given instead of a second one.
    The caller has asked `permit` for its own verb.
    """
    permit(actor, "job.enqueue")
    job, is_new = add(kind, actor=actor, key=key, arguments=arguments)
    if is_new:
        deliver(job)
    return job


def run_now(kind: str, *, actor: User | None, key: str = "", watch: Watcher | None = None, **arguments: Any) -> Job:
    """Do a piece of machine work here and now (the command line), with the same row, fence and progress."""
    permit(actor, "job.enqueue")
    job, _is_new = add(kind, actor=actor, key=key, arguments=arguments)
    perform(job.pk, heartbeat=not transaction.get_connection().in_atomic_block, watch=watch)
    job.refresh_from_db()
    return job


@transaction.atomic
def cancel_job(*, job: Job, actor: User | None, at: datetime) -> Job:
    """Ask a job to stop; one that waits ends at once, one that runs at its next batch."""
    permit(actor, "job.cancel", job)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_open:
        raise JobHasEnded
    job.cancel_requested = True
    if job.state == JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELLED, at
    job.save(update_fields=["cancel_requested", "state", "ended_at"])
    return job


@transaction.atomic
def resume_job(*, job: Job, actor: User | None, at: datetime) -> Job:
    """Let a failed or cancelled job go on from where it stopped."""
    permit(actor, "job.retry", job)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise JobGoesOn
    if job.key and Job.objects.open().filter(key=job.key).exists():
        raise JobGoesOn
    job.state, job.ended_at, job.error, job.stalls, job.cancel_requested = JobState.QUEUED, None, "", 0, False
    job.beat_at = at
    job.save(update_fields=["state", "ended_at", "error", "stalls", "cancel_requested", "beat_at"])
    deliver(job)
    return job


def forget_jobs(*, before: datetime, scheduled_before: datetime) -> int:
    """Drop rows of jobs that ended long ago; those that come round by themselves sooner."""
    ended = Job.objects.filter(state__in=ENDED_STATES)
    gone = ended.filter(ended_at__lt=before).delete()[0]
    rounds = ended.filter(ended_at__lt=scheduled_before, actor=None, state=JobState.DONE).exclude(key="")
    return gone + rounds.delete()[0]
