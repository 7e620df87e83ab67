"""One row per piece of machine work; the queue carries only its id."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wendu.jobs.choices import ENDED_STATES, OPEN_STATES, JobState
from wendu.kernel.entity import Entity


class JobQuerySet(models.QuerySet["Job"]):
    """Filters of jobs."""

    def open(self) -> JobQuerySet:
        """Keep what still waits or runs."""
        return self.filter(state__in=OPEN_STATES)

    def lost(self, since: datetime) -> JobQuerySet:
        """Keep what nobody seems to work on: no sign of life after `since`, though not ended."""
        return self.open().filter(beat_at__lt=since)


class Job(Entity):
    """A piece of machine work: its arguments, how far it is, who asked, and which attempt may write."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True, default="")
    arguments = models.JSONField(default=dict, blank=True)
    cursor = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    progress = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="the fence: only the latest attempt may write")
    stalls = models.PositiveSmallIntegerField(default=0, help_text="attempts in a row that got nowhere")
    cancel_requested = models.BooleanField(default=False)
    error = models.TextField(blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    beat_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_state"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | Q(state__in=OPEN_STATES, ended_at__isnull=True),
                name="jobs_job_ended_has_moment",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=OPEN_STATES) & ~Q(key=""), name="jobs_job_one_open_per_key"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["beat_at"], condition=Q(state__in=OPEN_STATES), name="jobs_job_open"),
            models.Index(fields=["actor", "-id"], name="jobs_job_of_actor"),
            models.Index(fields=["kind", "-id"], name="jobs_job_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits or runs."""
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; unknown without a total."""
        return min(100, 100 * self.progress // self.total) if self.total else None
