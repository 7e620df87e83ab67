"""When the latest backup was made, whether that is too long ago, and what went wrong since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils.translation import gettext as _

from wendu.access.verbs import can
from wendu.identity.models import Organisation
from wendu.jobs.choices import ENDED_STATES, JobState
from wendu.jobs.models import Job, JobQuerySet
from wendu.journal.models import Entry, EntryQuerySet
from wendu.kernel.entity import kind_of

LONGEST = timedelta(hours=24)
REST = timedelta(hours=2)
NIGHT = time(2)
HISTORY = 30


@dataclass(frozen=True, slots=True)
class Health:
    """How the backups stand: the latest good one, whether it is too old, and why the latest try failed, if it did."""

    latest_at: datetime | None
    is_late: bool
    failure: str
    failed_at: datetime | None

    @property
    def is_well(self) -> bool:
        """Nothing to say about it."""
        return not self.is_late and not self.failure


def backup_health(user: Any, *, at: datetime) -> Health | None:
    """How the backups stand, for those who can do something about it; nothing for all others."""
    return health_at(at) if can(user, "backup.view") else None


def backup_history(user: Any) -> list[Entry]:
    """The latest backups and restores, newest first."""
    if not can(user, "backup.view"):
        return []
    return list(_entries("backup.made", "backup.restored").select_related("actor").order_by("-pk")[:HISTORY])


def backup_under_way(user: Any) -> Job | None:
    """The backup that waits or runs, if there is one."""
    return _jobs().open().order_by("pk").first() if can(user, "backup.view") else None


def health_at(at: datetime) -> Health:
    """How the backups stand, for the machine itself (`wendu doctor`)."""
    latest = _latest_at()
    failed = _failed_since(latest)
    return Health(
        latest_at=latest,
        is_late=(latest is None or at - latest > LONGEST) and not _is_on_the_way(at) and not _is_new_here(at),
        failure=failure_words(failed.error) if failed else "",
        failed_at=failed.ended_at if failed else None,
    )


def backup_is_due(*, at: datetime) -> bool:
    """Whether the backup of the latest night is still missing; a machine that slept then makes it when it wakes.

    After a failure it rests a while: what is wrong is seldom mended in minutes, and each try costs a disk full of rows.
    """
    latest = _latest_at()
    if latest is not None and latest >= _latest_night(at):
        return False
    failed = _failed_since(latest)
    return failed is None or failed.ended_at is None or at - failed.ended_at > REST


def failure_words(error: str) -> str:
    """Say in words why a backup failed."""
    words = {
        "backup_not_written": _("the folder cannot be written, or the disk is full"),
        "backup_damaged": _("what was read back differs from what was written: the disk may be failing"),
        "restored_differs": _("the trial restore gave other rows than the backup holds"),
        "worker_lost": _("the job worker was stopped again and again"),
    }
    return words.get(error) or _("`wendu backup` on the server says why")


def _latest_at() -> datetime | None:
    """The moment of the latest backup; a restored database does not know of its own, but from which it came."""
    latest = _entries("backup.made", "backup.restored").order_by("-pk").first()
    if latest is None:
        return None
    return datetime.fromisoformat((latest.after or {})["made_at"]) if latest.verb == "backup.restored" else latest.at


def _failed_since(latest: datetime | None) -> Job | None:
    """The latest try, if it failed and no backup was made since."""
    ended = _jobs().filter(state__in=ENDED_STATES).order_by("-pk").first()
    if ended is None or ended.state != JobState.FAILED or ended.ended_at is None:
        return None
    return ended if latest is None or ended.ended_at > latest else None


def _entries(*verbs: str) -> EntryQuerySet:
    organisation = Organisation.objects.current()
    return Entry.objects.about(kind_of(organisation), organisation.pk or 0).filter(verb__in=verbs)


def _jobs() -> JobQuerySet:
    return Job.objects.filter(kind="backup.make")


def _is_on_the_way(at: datetime) -> bool:
    """The night's own backup takes its time; for an hour nobody is alarmed."""
    return _jobs().open().filter(created_at__gt=at - timedelta(hours=1)).exists()


def _is_new_here(at: datetime) -> bool:
    """In the first day of an installation nobody is missing a backup."""
    began = MigrationRecorder.Migration.objects.aggregate(began=Min("applied"))["began"]
    return began is None or at - began <= LONGEST


def _latest_night(at: datetime) -> datetime:
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    here = at.astimezone(zone)
    night = datetime.combine(here.date(), NIGHT, zone)
    return night if night <= here else night - timedelta(days=1)
