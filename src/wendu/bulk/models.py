"""One row per batch, and one per customer it reached, so that all of it can go back."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.bulk.choices import Deed, Outcome
from wendu.kernel.entity import Entity


class Batch(Entity):
    """One deed for many customers: those picked, or with `is_all` everybody a list shows.

    Until it is begun it is only a choice of customers. `told` says what the deed needs: `owner` (a user's key), `tag`,
    `do` and `on`, or `field` (a code) and `value`. Who came after `upto` was not counted when it was confirmed and is
    left alone.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    deed = models.CharField(max_length=6, choices=Deed)
    query = models.CharField(max_length=4000, blank=True, default="", help_text="the list it was begun from")
    is_all = models.BooleanField(default=False)
    picks = models.JSONField(default=list, help_text="keys of the picked customers")
    told = models.JSONField(default=dict)
    upto = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undoing_at = models.DateTimeField(null=True, help_text="since when it is being taken back")
    undoing_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(deed__in=Deed.values), name="bulk_batch_deed")]
        indexes: ClassVar = [models.Index(fields=["actor", "-id"], name="bulk_batch_of_actor")]

    def __str__(self) -> str:
        return f"{self.deed} {self.uuid}"

    @property
    def moment(self) -> datetime:
        """When it was confirmed, which is when all of it happens; before that, when its customers were picked."""
        return self.begun_at or self.made_at


class Change(models.Model):
    """What became of one customer, how it was before, and whether it went back."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="changes", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    was_kept = models.BooleanField(default=False, help_text="somebody changed it since, so it did not go back")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "customer"], name="bulk_change_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="bulk_change_outcome"),
        ]
