"""One row of tokens per findable thing; the full-text index beside it is kept by the database itself."""

from __future__ import annotations

from typing import ClassVar

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
