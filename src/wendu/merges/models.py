"""One row per merge, and apart from it what is needed to take it apart again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.access.querysets import VisibleQuerySet
from wendu.kernel.entity import Entity
from wendu.merges.choices import Kind


class MergeQuerySet(VisibleQuerySet["Merge"]):
    """Merges are seen by whoever sees the customer they left."""

    customer_path = "customer__"

    def standing(self) -> "MergeQuerySet":
        """Not taken apart."""
        return self.filter(undone_at__isnull=True)


class Merge(Entity):
    """Two records found to be one: which stays, which goes, by whom and when; and when they were parted again.

    `customer` is the customer that stays, or whose people were merged. The one that goes keeps its row, so that its
    address, its number and its name lead to the one that stays.
    """

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CUSTOMER)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="merges")
    gone_customer = models.ForeignKey("customers.Customer", models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.CASCADE, null=True, related_name="+")
    gone_contact = models.ForeignKey("customers.Contact", models.CASCADE, null=True, related_name="+")
    kept_name = models.CharField(max_length=200, help_text="how each was called when they were merged")
    gone_name = models.CharField(max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict, help_text="how many rows of each kind moved")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stayed = models.JSONField(default=dict, help_text="what happened since and stayed when they were parted")

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=Kind.CUSTOMER, gone_customer__isnull=False, contact__isnull=True)
                | Q(kind=Kind.CONTACT, contact__isnull=False, gone_contact__isnull=False),
                name="merges_merge_of_two",
            ),
            models.UniqueConstraint(
                fields=["gone_customer"], condition=Q(undone_at__isnull=True), name="merges_customer_goes_once"
            ),
            models.UniqueConstraint(
                fields=["gone_contact"], condition=Q(undone_at__isnull=True), name="merges_contact_goes_once"
            ),
        ]
        indexes: ClassVar = [models.Index(F("at").desc(), F("id").desc(), name="merges_merge_latest")]

    def __str__(self) -> str:
        return f"{self.gone_name} into {self.kept_name}"


class Trace(models.Model):
    """All that a merge wrote, so that it can be taken apart exactly; dropped when nobody may any more."""

    merge = models.OneToOneField(Merge, models.CASCADE, primary_key=True, related_name="trace")
    latest_entry = models.BigIntegerField(help_text="what the journal says after this one happened since")
    written = models.JSONField()


class Scan(Entity):
    """One search through all customers for pairs that may be one."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    customers = models.PositiveIntegerField(default=0)
    crowded = models.PositiveIntegerField(default=0, help_text="keys that more customers share than are compared")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"


class Block(models.Model):
    """A key a customer has while a scan runs: who shares one is compared."""

    job_id = models.BigIntegerField(help_text="the machine work that scans")
    key = models.BigIntegerField(help_text="the key as a number")
    member = models.BigIntegerField(help_text="key of the customer")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["job_id", "key", "member"], name="merges_block_key")]


class Pair(models.Model):
    """Two customers that may be one, as the latest scan saw them; the one with the lower key first."""

    first = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="pairs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="merges_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="merges_pair_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["-score", "id"], name="merges_pair_best")]


class Distinct(Entity):
    """Somebody looked at two customers and knows that they are not one; it holds whatever a later scan finds."""

    first = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at__isnull=True), name="merges_distinct_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="merges_distinct_in_order"),
        ]
