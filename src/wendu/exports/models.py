"""One row per table somebody takes out: what was asked for, what came of it, and how long its file is kept."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wendu.exports.choices import Columns, Ending, Kind
from wendu.kernel.entity import Entity

KEPT, ACCOUNT_KEPT = timedelta(days=7), timedelta(days=1)


class Export(Entity):
    """A table on its way out, or the whole account.

    `query` is the list it shows, as its address says it; empty for everything one sees.
    `problem` says in the words of who asked why nothing came of it. The file is kept for a few days and then
    forgotten; the row stays.
    """

    kind = models.CharField(max_length=14, help_text="one of `Kind`")
    query = models.TextField(blank=True, default="")
    columns = models.CharField(max_length=5, choices=Columns, default=Columns.ALL)
    ending = models.CharField(max_length=4, choices=Ending, default=Ending.CSV)
    language = models.CharField(max_length=10)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    rows = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(null=True, help_text="of the file, in bytes")
    problem = models.CharField(max_length=500, blank=True, default="")
    done_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True, help_text="since when the file is gone")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind=""), name="export_kind"),
            models.CheckConstraint(condition=Q(columns__in=Columns.values), name="export_columns"),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="export_ending"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "-id"], name="export_of_actor"),
            models.Index(fields=["asked_at"], condition=Q(forgotten_at__isnull=True), name="export_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ending}"

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.MEDIA_ROOT) / "exports" / str(self.uuid)

    @property
    def kind_words(self) -> str:
        """What its rows are, in words."""
        return str(Kind(self.kind).label)

    @property
    def file(self) -> Path:
        """The table, once it is written."""
        return self.folder / f"table.{self.ending}"

    @property
    def file_name(self) -> str:
        """What the file is called on the machine of who takes it."""
        return f"{self.kind_words}-{timezone.localtime(self.asked_at):%Y-%m-%d-%H%M}.{self.ending}"

    @property
    def kept_until(self) -> datetime:
        """When the file is forgotten: that of a whole account soon."""
        return self.asked_at + (ACCOUNT_KEPT if self.kind == Kind.ACCOUNT else KEPT)

    @property
    def waits(self) -> bool:
        """Whether the file is there to be taken."""
        return self.done_at is not None and not self.problem and self.forgotten_at is None
