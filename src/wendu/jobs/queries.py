"""Reading jobs: everyone their own, administrators all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wendu.access.scope import scope_of
from wendu.identity.choices import Role
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job, JobQuerySet

ROUND = "jobs.redeliver"


def worker_seen_at() -> datetime | None:
    """When the worker last finished its smallest round, which comes every minute; says nothing about people."""
    return (
        Job.objects.filter(kind=ROUND, state=JobState.DONE).order_by("-pk").values_list("ended_at", flat=True).first()
    )


def jobs_of(user: Any) -> JobQuerySet:
    """The jobs this user may see, newest first; one that is not among them does not exist for this user."""
    if scope_of(user).sees_nothing:
        return Job.objects.none()
    jobs = Job.objects.all() if user.role == Role.ADMIN else Job.objects.filter(actor=user)
    return jobs.order_by("-pk")
