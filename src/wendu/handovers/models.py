"""One row per hand-over, and one per thing that changed hands, so that all of it can go back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.handovers.choices import Split, Thing
from wendu.kernel.entity import Entity


class Handover(Entity):
    """Somebody's whole book given to others by one person at one moment; `takers` are user keys by part of the book."""

    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    split_by = models.CharField(max_length=10, choices=Split, default=Split.NONE)
    takers = models.JSONField(help_text="user key by part; the empty part is everything else")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undoing_at = models.DateTimeField(null=True, help_text="since when it is being taken back")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(split_by__in=Split.values), name="handover_split"),
            models.UniqueConstraint(
                fields=["leaver"], condition=Q(done_at__isnull=True), name="handover_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaver_id} at {self.begun_at}"


class Move(models.Model):
    """One thing that went from the leaver to a taker, or that had to be left; and whether it went back."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="moves", db_index=False)
    thing = models.CharField(max_length=14, choices=Thing)
    thing_id = models.BigIntegerField()
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    joined = models.BooleanField(default=False, help_text="the taker worked on it beside the owner before")
    was_left = models.BooleanField(default=False, help_text="it could not be handed over")
    undone_at = models.DateTimeField(null=True)
    was_kept = models.BooleanField(default=False, help_text="others changed it since, so it did not go back")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "thing", "thing_id"], name="handover_move_once")
        ]
