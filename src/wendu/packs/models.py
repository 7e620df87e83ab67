"""The playbooks this organisation published, each version kept for ever."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.kernel.entity import Entity, Versioned


class PackQuerySet(models.QuerySet["Pack"]):
    """Filters of packs."""

    def published(self) -> PackQuerySet:
        """Keep what was made to count; a draft never counts."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> PackQuerySet:
        """Keep what is still being written."""
        return self.filter(published_at__isnull=True, discarded_at__isnull=True)


class Pack(Entity, Versioned):
    """One version of a playbook as this organisation wrote it, or a draft of one; the latest published one counts."""

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    base = models.CharField(max_length=100, blank=True, default="", help_text="key and version it was copied from")
    content = models.JSONField()
    aside = models.JSONField(
        default=dict, blank=True, help_text="what was taken out of a draft, by place, to be put back"
    )
    note = models.CharField(max_length=500, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(
        null=True, blank=True, help_text="a draft thrown away, or published as another row"
    )

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(published_at__isnull=False), name="packs_pack_version_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(published_at=None, discarded_at=None), name="packs_pack_drafts"),
            models.Index(fields=["-id"], condition=Q(published_at__isnull=False), name="packs_pack_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
