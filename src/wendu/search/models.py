"""One row of tokens per findable thing, and what each person opened; the database itself keeps the full-text index."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

TITLE_KEY_LENGTH = 80


class Entry(models.Model):
    """A findable thing: what to show, whose customer it is about, and the tokens it answers to."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    object_uuid = models.UUIDField()
    customer_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True, default="")
    title_key = models.CharField(max_length=TITLE_KEY_LENGTH, editable=False)
    folded = models.TextField(editable=False)
    tokens = models.TextField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_one_per_thing")
        ]
        indexes: ClassVar = [models.Index(fields=["customer_id"], name="search_entry_customer")]

    def __str__(self) -> str:
        return self.title


class OpenedQuerySet(models.QuerySet["Opened"]):
    """Filters of what was opened."""

    def of(self, user: models.Model) -> OpenedQuerySet:
        """Keep what one person opened, the latest first."""
        return self.filter(user_id=user.pk).order_by("-opened_at", "-pk")


class Opened(models.Model):
    """A thing somebody opened, without its name: its name, and whether it is still seen, are asked each time."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    opened_at = models.DateTimeField()

    objects = OpenedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "object_id"], name="search_opened_once")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "object_id"], name="search_opened_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
