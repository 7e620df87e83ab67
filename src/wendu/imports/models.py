"""One row per file: how its columns are understood, what a try said, and what came of it."""

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.imports.choices import OnMatch
from wendu.kernel.entity import Entity


class ColumnTemplate(Entity):
    """How the columns of one kind of file are read, kept under a name for the whole firm.

    `columns` names our field for each column that counts, by the words at its head; what came before is the journal's.
    """

    kind = models.CharField(max_length=14, help_text="one of `Kind`")
    name = models.CharField(max_length=60)
    columns = models.JSONField()
    on_match = models.CharField(max_length=8, choices=OnMatch, default=OnMatch.UPDATE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="column_template_name"),
            models.CheckConstraint(condition=~Q(kind=""), name="column_template_kind"),
            models.CheckConstraint(condition=Q(on_match__in=OnMatch.values), name="column_template_on_match"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Import(Entity):
    """A file somebody brings in. `columns` names our field for each column that counts, by its place in the file.

    `header` and `samples` are its first rows as far as a page shows them, so that no page reads the file again;
    `sheet` is the sheet of a workbook that is read, `sheets` are those one could choose.
    `counts` hold created, updated, unchanged and rejected rows; `trial` the same of a try, with the first rejections
    and how many rows were tried. The file itself is kept for a while and then forgotten; the row stays.
    """

    kind = models.CharField(max_length=14, help_text="one of `Kind`")
    file_name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=8)
    header = models.JSONField()
    samples = models.JSONField(default=list)
    sheet = models.CharField(max_length=100, blank=True, default="")
    sheets = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    template = models.ForeignKey(ColumnTemplate, models.SET_NULL, null=True, related_name="+")
    columns = models.JSONField(default=dict)
    on_match = models.CharField(max_length=8, choices=OnMatch, default=OnMatch.UPDATE)
    trial = models.JSONField(null=True)
    counts = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undoing_at = models.DateTimeField(null=True, help_text="since when it is being taken back")
    undone_at = models.DateTimeField(null=True)
    returned = models.JSONField(default=dict, help_text="how many things were taken back, and how many stayed")
    forgotten_at = models.DateTimeField(null=True, help_text="since when the file itself is gone")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind=""), name="import_kind"),
            models.CheckConstraint(condition=Q(on_match__in=OnMatch.values), name="import_on_match"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "-id"], name="import_of_actor"),
            models.Index(fields=["kind", "-id"], name="import_of_kind"),
            models.Index(fields=["uploaded_at"], condition=Q(forgotten_at__isnull=True), name="import_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.MEDIA_ROOT) / "imports" / str(self.uuid)

    @property
    def source(self) -> Path:
        """The file as it was sent."""
        return self.folder / f"source{self.suffix}"

    @property
    def rejects(self) -> Path:
        """The rows that were not taken, with their reasons."""
        return self.folder / "rejects.csv"

    @property
    def is_understood(self) -> bool:
        """Whether somebody said what the columns are."""
        return bool(self.columns)

    def count(self, name: str) -> int:
        """One of the counts."""
        counts: dict[str, Any] = self.counts
        return int(counts.get(name, 0))
