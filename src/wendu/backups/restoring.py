"""Bringing a backup back: unpacked beside the database, proven equal, brought up to date, put in its place."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from wendu.backups.archive import Archive
from wendu.backups.errors import BackupDamaged, BackupTooNew, CannotRestore, RestoredDiffers
from wendu.backups.filling import Watch, fill
from wendu.backups.schema import Table, plan_of, tables_at, unknown_steps
from wendu.backups.scratch import ALIAS, Scratch, ScratchFile, beside_the_database, opened
from wendu.backups.snapshot import frozen, sealed
from wendu.backups.writing import named


def _silent(_table: str, _rows: int) -> None:
    """Nobody watches."""


def restore(archive: Archive, *, at: datetime, watch: Watch = _silent) -> str:
    """Make the backup the database; says where the one before is kept. Nobody else may be on the database."""
    _known(archive)
    archive.check()
    scratch, files = beside_the_database(), Path(settings.MEDIA_ROOT)
    unpacked = files.with_name(f"{files.name}.restoring")
    try:
        _fill_scratch(scratch, archive, watch)
        _unpack_files(archive, unpacked)
        connections["default"].close()
        aside = scratch.take_over(at=at)
        if files.exists():
            files.rename(files.with_name(f"{files.name}.before-restore-{at:%Y%m%d-%H%M%S}"))
        unpacked.rename(files)
    finally:
        scratch.discard()
        shutil.rmtree(unpacked, ignore_errors=True)
    return aside


def verify(archive: Archive, *, watch: Watch = _silent) -> None:
    """Bring the backup back in a throwaway SQLite file, compare every table, and throw it away.

    The same on every installation: it needs no rights on the database and takes nothing from it.
    """
    _known(archive)
    archive.check()
    try:
        with TemporaryDirectory(prefix=".wendu-verify-", dir=_roomy_folder(archive)) as folder:
            _fill_scratch(ScratchFile(Path(folder) / "verify.sqlite3"), archive, watch)
    except OSError as wrong:
        raise CannotRestore(why=f"{wrong.strerror or wrong}.") from wrong


def _fill_scratch(scratch: Scratch, archive: Archive, watch: Watch) -> None:
    """Have the backup in the scratch, proven equal, and brought up to date; after it nothing holds the scratch open."""
    steps = archive.manifest.migrations
    try:
        with opened(scratch) as connection:
            executor = MigrationExecutor(connection)
            executor.migrate([], plan=plan_of(executor, steps))
            tables = tables_at(connection, steps)
            fill(connection, tables, archive, watch)
            _same(archive, tables)
            call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
    except DatabaseError as wrong:
        raise CannotRestore(why=f"{str(wrong).strip()}.") from wrong


def _same(archive: Archive, tables: list[Table]) -> None:
    """Read everything back from the database and compare it with the seals."""
    with frozen(ALIAS) as connection:
        for table in tables:
            if sealed(connection, table) != archive.manifest.tables[table.name]:
                raise RestoredDiffers(table=table.name)


def _known(archive: Archive) -> None:
    if unknown := unknown_steps(archive.manifest.migrations):
        raise BackupTooNew(theirs=archive.manifest.version, ours=version("wendu"), unknown=named(unknown))


def _unpack_files(archive: Archive, folder: Path) -> None:
    """The uploaded files as the backup has them, in a folder of their own until the database is in place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    for name in archive.manifest.files:
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BackupDamaged(file=archive.path, part=name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with archive.open_file(name) as content, target.open("xb") as file:
            target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
            shutil.copyfileobj(content, file)


def _roomy_folder(archive: Archive) -> Path | None:
    """The folder of the backup, if it can be written: it is made for large files, which `/tmp` often is not."""
    folder = archive.path.resolve().parent
    return folder if os.access(folder, os.W_OK) else None
