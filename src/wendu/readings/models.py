"""What the method thought of a thing, and where a human overruled it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.kernel.entity import Entity, kind_of


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Filters of readings."""

    def about(self, subject: models.Model) -> ReadingQuerySet:
        """Keep the readings of one thing."""
        return self.filter(subject_kind=kind_of(subject), subject_id=subject.pk)


class Reading(models.Model):
    """One judgement with its reasons; an explanation, never sorted on."""

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    code = models.CharField(max_length=60)
    value = models.JSONField(null=True, blank=True)
    band = models.CharField(max_length=40, blank=True, default="")
    reasons = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    provisional = models.BooleanField(default=False)
    pack_version = models.CharField(max_length=60)
    as_of = models.DateField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "code"], name="readings_reading_one_per_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.code}: {self.value} {self.band}"


class OverrideQuerySet(models.QuerySet["Override"]):
    """Filters of overrides."""

    def about(self, subject: models.Model) -> OverrideQuerySet:
        """Keep the overrides of one thing."""
        return self.filter(subject_kind=kind_of(subject), subject_id=subject.pk)

    def standing(self, on: date) -> OverrideQuerySet:
        """Keep what counts on a day: set by then, neither ended nor expired."""
        return self.filter(from_on__lte=on, expires_on__gt=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


class Override(Entity):
    """A human judgement that stands instead of the method's, with its reason, until it expires (method: U7)."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    code = models.CharField(max_length=60)
    value = models.JSONField()
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    from_on = models.DateField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "code"],
                condition=Q(ended_at__isnull=True),
                name="readings_override_one_standing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="readings_override_has_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("from_on")), name="readings_override_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_on__isnull=True)
                | Q(ended_at__isnull=False, ended_on__isnull=False),
                name="readings_override_end_has_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="readings_override_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.code} = {self.value}"
