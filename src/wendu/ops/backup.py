"""`wendu backup`, `wendu restore`, and trying a backup out: the whole firm out of the database and into it again."""

import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wendu.backups.actions import Made, make_backup, note_restored
from wendu.backups.archive import Archive
from wendu.backups.errors import BackupFileExists, StillRunning
from wendu.backups.folder import kept_in, name_at
from wendu.backups.inspection import holds_data, is_up_to_date, others_on_database
from wendu.backups.manifest import Manifest
from wendu.backups.restoring import restore, verify
from wendu.backups.writing import write_backup
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.kernel.presence import InUse, alone
from wendu.ops.said import fail, fail_twice, hint, say

REFUSED, NOT_CONFIRMED = 2, 4
LATEST = "latest"
MEGABYTE = 1_000_000


def back_up(file: Path | None, *, keep: int | None) -> None:
    """Make a backup, into the folder of the backups unless a file is named, and say what is in it."""
    if file is not None and keep is not None:
        fail(_("--keep counts the backups in the folder of WENDU_BACKUP_DIR; leave it out when you name a file."))
    at = now()
    path = file.absolute() if file else Path(settings.BACKUP_DIR) / name_at(at)
    try:
        made = _made(path, at, keep=None if file else keep or settings.BACKUP_KEEP)
    except ActionError as refusal:
        fail_twice(refusal.text, code=REFUSED)
    size = {"file": path, "rows": f"{made.rows:,}", "size": f"{made.bytes / MEGABYTE:.1f}"}
    say(_("%(file)s: %(rows)s rows, %(size)s MB, read back and found whole") % size)
    hint(_("The key WENDU_SECRET_KEY and the settings are not in it: keep them elsewhere."))


def bring_back(file: Path, *, force: bool) -> None:
    """Make a backup the database again; what is there now is kept beside it and must be given up by name."""
    at = now()
    try:
        with Archive(file) as archive, alone(settings.DATA_DIR):
            if others_on_database():
                raise StillRunning
            _tell(archive.manifest)
            if not force and holds_data():
                _confirm()
            aside = restore(archive, at=at, watch=_watch)
            facts = {"file": file.name, "made_at": archive.manifest.made_at.isoformat()}
        note_restored(facts=facts, actor=None, at=at)
    except InUse:
        fail_twice(StillRunning().text, code=REFUSED)
    except ActionError as refusal:
        fail_twice(refusal.text, code=REFUSED)
    say(_("Restored. Everybody signs in again; start it with `wendu up`."))
    if aside:
        say(_("What was there before is kept as %(place)s. Remove it when all is well.") % {"place": aside})


def try_out(name: str) -> str:
    """Restore a backup elsewhere and compare every table; says what was found. `latest` is the latest in the folder."""
    path = _named(name)
    with Archive(path) as archive:
        verify(archive, watch=_watch)
        facts = {"file": path, "tables": len(archive.manifest.tables), "rows": f"{archive.manifest.rows:,}"}
    return _("%(file)s: %(tables)s tables and %(rows)s rows came back the same") % facts


def _made(path: Path, at: datetime, *, keep: int | None) -> Made:
    """Through the action, with its entry in the journal; before an upgrade the tables may not be fit for that."""
    if path.exists():
        raise BackupFileExists(file=path)
    if is_up_to_date():
        return make_backup(path=path, actor=None, at=at, keep=keep, watch=_watch)
    manifest = write_backup(path, at=at, watch=_watch)
    with Archive(path) as archive:
        archive.check()
    return Made(path.name, path.stat().st_size, manifest.rows, verified=False)


def _tell(manifest: Manifest) -> None:
    facts = {
        "organisation": manifest.organisation or "-",
        "moment": f"{manifest.made_at:%Y-%m-%d %H:%M} UTC",
        "version": manifest.version,
        "rows": f"{manifest.rows:,}",
    }
    hint(_("Backup of %(organisation)s, %(moment)s, Wendu %(version)s, %(rows)s rows") % facts)


def _confirm() -> None:
    """Have the name of the database typed; a script that cannot type says --force."""
    name = Path(str(settings.DATABASES["default"]["NAME"])).name
    hint(
        _("The database %(name)s is not empty. The backup takes its place; what is there now is kept beside it.")
        % {"name": name}
    )
    if not sys.stdin.isatty():
        fail(_("Nothing was changed. In a script, add --force."), code=NOT_CONFIRMED)
    hint(_("Type %(name)s to go on:") % {"name": name})
    if sys.stdin.readline().strip() != name:
        fail(_("That is not the name. Nothing was changed."), code=NOT_CONFIRMED)


def _named(name: str) -> Path:
    if name != LATEST:
        return Path(name).absolute()
    kept = kept_in(Path(settings.BACKUP_DIR))
    if not kept:
        fail(_("There is no backup in %(folder)s yet. Run `wendu backup`.") % {"folder": settings.BACKUP_DIR})
    return kept[0].path


def _watch(table: str, rows: int) -> None:
    if sys.stderr.isatty() and rows:
        hint(f"  {table} · {rows:,}")
