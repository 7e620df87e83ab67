"""Tables taken out: whose they are, and what is known about the work on them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.access.verbs import can
from wendu.exports.models import Export
from wendu.identity.models import User
from wendu.jobs.models import Job


def exports_of(user: Any) -> QuerySet[Export]:
    """What this person asked for, latest first; nobody else knows of it, whatever the role."""
    if not isinstance(user, User) or not can(user, "export.run"):
        return Export.objects.none()
    return Export.objects.filter(actor=user).order_by("-pk")


def jobs_of(rows: Sequence[Export]) -> dict[int, Job]:
    """The latest machine work on each of them."""
    keys = {f"export {row.pk}": row.pk for row in rows}
    return {keys[job.key]: job for job in Job.objects.filter(key__in=keys).order_by("pk")}
