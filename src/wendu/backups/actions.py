"""Making a backup, asking for one, and noting that one was brought back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from wendu.access.verbs import permit
from wendu.backups.account.manifest import AccountManifest
from wendu.backups.account.writing import write_account
from wendu.backups.archive import Archive
from wendu.backups.errors import BackupFileExists
from wendu.backups.folder import forget_older, name_at
from wendu.backups.queries import backup_is_due
from wendu.backups.restoring import verify
from wendu.backups.writing import Watch, write_backup
from wendu.identity.models import Organisation, User
from wendu.jobs.actions import enqueue
from wendu.jobs.models import Job
from wendu.jobs.pace import keep_pace
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError

declare("backup.made", "backup.restored", "account.taken", "account.brought")

MAKE = "backup.make"
FAILED = "wendu-failed.zip"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a backup: the name of its file, its size in bytes and in rows, and whether it was tried out."""

    file: str
    bytes: int
    rows: int
    verified: bool


def make_backup(
    *,
    path: Path,
    actor: User | None,
    at: datetime,
    verifies: bool = False,
    keep: int | None = None,
    watch: Watch = lambda _table, _rows: None,
) -> Made:
    """Write a backup, try it out if wished, let the oldest go beyond `keep`, and note it in the journal.

    Asked again for the same file, it goes on where it was stopped: a backup that is there is not written twice. One
    that cannot be brought back is kept under another name, so that it is not taken for a good one.
    """
    permit(actor, "backup.make")
    with suppress(BackupFileExists):
        write_backup(path, at=at, watch=watch)
    try:
        with Archive(path) as archive:
            if verifies:
                verify(archive, watch=watch)
            else:
                archive.check()
            made = Made(path.name, path.stat().st_size, archive.manifest.rows, verifies)
            made_at = archive.manifest.made_at
    except ActionError:
        path.replace(path.with_name(FAILED))
        raise
    if keep is not None:
        forget_older(path.parent, keep=keep)
    _note(made, actor=actor, at=made_at)
    return made


@transaction.atomic
def ask_for_backup(*, actor: User | None, at: datetime) -> Job:
    """Have the machine make a backup now; one that waits or runs already is given instead."""
    permit(actor, "backup.make")
    keep_pace(actor)
    path = Path(settings.BACKUP_DIR) / name_at(at)
    return enqueue(MAKE, actor=actor, key=MAKE, file=str(path))


def ask_nightly(*, at: datetime) -> bool:
    """Ask for the backup of the night unless there is one; says whether it was asked for."""
    if not backup_is_due(at=at):
        return False
    ask_for_backup(actor=None, at=at)
    return True


@transaction.atomic
def note_restored(*, facts: Mapping[str, object], actor: User | None, at: datetime) -> None:
    """Write into the restored journal from which file and moment it comes."""
    permit(actor, "backup.restore")
    organisation = Organisation.objects.order_by("pk").first()
    if organisation is not None:
        record("backup.restored", subject=organisation, actor=actor, at=at, after=facts)


def take_account(
    *, path: Path, actor: User | None, at: datetime, watch: Watch = lambda _table, _rows: None
) -> AccountManifest:
    """Write the whole account into one archive, and note who took it."""
    permit(actor, "account.take")
    if path.exists():
        raise BackupFileExists(file=path)
    manifest = write_account(path, at=at, watch=watch)
    with transaction.atomic():
        after = {"file": path.name, "rows": manifest.rows}
        record("account.taken", subject=Organisation.objects.current(), actor=actor, at=at, after=after)
    return manifest


@transaction.atomic
def note_brought(*, facts: Mapping[str, object], at: datetime) -> None:
    """Write into the journal of an account that it came into this house, and when."""
    record("account.brought", subject=Organisation.objects.current(), actor=None, at=at, after=facts)


@transaction.atomic
def _note(made: Made, *, actor: User | None, at: datetime) -> None:
    """One entry per file, however often its making was taken up again; two at once wait for each other here."""
    organisation = Organisation.objects.select_for_update().order_by("pk").first()
    if organisation is None:
        return
    noted = Entry.objects.about(kind_of(organisation), organisation.pk).filter(verb="backup.made", note=made.file)
    if not noted.exists():
        record("backup.made", subject=organisation, actor=actor, at=at, after=asdict(made), note=made.file)
