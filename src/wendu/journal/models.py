"""The journal's two tables: what happened, and which form was already sent."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.journal.choices import Door
from wendu.kernel.clock import now
from wendu.kernel.entity import Entity


class AppendOnlyError(RuntimeError):
    """Somebody tried to rewrite the journal."""


_LATEST = (models.F("at").desc(), models.F("id").desc())
_AUDITED_BY_ACTOR = ("actor", *_LATEST, "verb", "subject_kind")  # what else an audit asks for is tested in the index


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the journal; it is added to, never changed."""

    def about(self, kind: str, pk: int) -> "EntryQuerySet":
        """Keep what was done to one thing."""
        return self.filter(subject_kind=kind, subject_id=pk)

    def rooted_in(self, kind: str, pk: int) -> "EntryQuerySet":
        """Keep what was done to one customer and all that hangs on it."""
        return self.filter(root_kind=kind, root_id=pk)

    def newest(self) -> "EntryQuerySet":
        """Sort the latest entry to the top."""
        return self.order_by("-at", "-pk")

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnlyError("journal entries are never changed")

    def bulk_update(self, *_args: Any, **_options: Any) -> NoReturn:
        raise AppendOnlyError("journal entries are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("journal entries are never deleted")


class Entry(Entity):
    """One thing that happened: who did what to which thing, when, and through which door.

    A database trigger forbids changing an entry on every database, and deleting one on PostgreSQL.
    """

    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    door = models.CharField(max_length=8, choices=Door.choices)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    root_kind = models.CharField(max_length=40, blank=True, default="")
    root_id = models.BigIntegerField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(verb=""), name="journal_entry_verb"),
            models.CheckConstraint(condition=Q(door__in=Door.values), name="journal_entry_door"),
            models.CheckConstraint(
                condition=Q(root_kind="", root_id=None) | (~Q(root_kind="") & Q(root_id__isnull=False)),
                name="journal_entry_root_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index("root_kind", "root_id", *_LATEST, name="journal_entry_root"),
            models.Index("subject_kind", "subject_id", models.F("id").desc(), name="journal_entry_subject"),
            models.Index(*_AUDITED_BY_ACTOR, name="journal_entry_person"),
            models.Index(*_LATEST, name="journal_entry_at"),
            models.Index("verb", *_LATEST, "subject_kind", name="journal_entry_verb"),
            models.Index("subject_kind", *_LATEST, name="journal_entry_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_kind}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("journal entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError("journal entries are never deleted")


class Receipt(models.Model):
    """One form or request that was carried out: sent again, it gives the same result, not a second one."""

    id = models.BigAutoField(primary_key=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    verb = models.CharField(max_length=60)
    subject_uuid = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="journal_receipt_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"
