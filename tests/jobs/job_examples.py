"""Worlds in which the jobs room's own work has something to do."""

from datetime import timedelta

from tests.jobs.twice import example
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now


@example("jobs.redeliver")
def a_lost_job():
    long_ago = now() - timedelta(hours=1)
    Job.objects.create(kind="jobs.sweep", state=JobState.RUNNING, attempts=1, beat_at=long_ago, started_at=long_ago)
    return {}


@example("jobs.sweep")
def an_old_job():
    long_ago = now() - timedelta(days=400)
    Job.objects.create(kind="jobs.sweep", state=JobState.DONE, beat_at=long_ago, ended_at=long_ago)
    return {}
