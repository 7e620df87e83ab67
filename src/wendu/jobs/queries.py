"""Reading jobs: everyone their own, administrators all."""

from __future__ import annotations

from typing import Any

from wendu.access.scope import scope_of
from wendu.identity.choices import Role
from wendu.jobs.models import Job, JobQuerySet


def jobs_of(user: Any) -> JobQuerySet:
    """The jobs this user may see, newest first; one that is not among them does not exist for this user."""
    if scope_of(user).sees_nothing:
        return Job.objects.none()
    jobs = Job.objects.all() if user.role == Role.ADMIN else Job.objects.filter(actor=user)
    return jobs.order_by("-pk")
