"""Writing a backup: all tables as they are at one moment, then the uploaded files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.archive import PIECE, Writer, file_part, new_archive, table_part
from wendu.backups.errors import BackupNotWritten, DatabaseNotSetUp, DatabaseTooNew
from wendu.backups.manifest import FORMAT, Manifest, Seal, Step, TableSeal
from wendu.backups.schema import Table, applied_steps, tables_at, unknown_steps
from wendu.backups.snapshot import Lines, frozen

Watch = Callable[[str, int], None]  # a table that is done, and its rows
ORGANISATION = "identity_organisation"
FEW = 3
WRITTEN_AGAIN = "exports/"  # tables taken out: kept for days, and asked for again in a moment


def write_backup(path: Path, *, at: datetime, watch: Watch = lambda _table, _rows: None) -> Manifest:
    """Write the whole database and the uploaded files into one new file; it is whole or it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with new_archive(path) as archive:
            with frozen() as connection:
                steps = _steps(connection)
                tables = dict(_add_tables(archive, connection, tables_at(connection, steps), watch))
                organisation = organisation_of(connection)
            manifest = Manifest(
                format=FORMAT,
                version=version("wendu"),
                made_at=at,
                database=connection.vendor,
                organisation=organisation,
                migrations=sorted(steps),
                tables=tables,
                files=dict(_add_files(archive, Path(settings.MEDIA_ROOT))),
            )
            archive.close(manifest)
    except OSError as wrong:
        raise BackupNotWritten(folder=path.parent, why=wrong.strerror or wrong) from wrong
    return manifest


def named(steps: list[Step]) -> str:
    """Name a few migrations in a message: enough to find the version."""
    return ", ".join(f"{app}.{name}" for app, name in steps[:FEW]) + (" …" if len(steps) > FEW else "")


def _steps(connection: BaseDatabaseWrapper) -> set[Step]:
    """The migrations of this database, which this code must know or it would leave tables out."""
    steps = applied_steps(connection)
    if unknown := unknown_steps(steps):
        raise DatabaseTooNew(unknown=named(unknown))
    if not any(app == "identity" for app, _name in steps):
        raise DatabaseNotSetUp
    return steps


def _add_tables(
    archive: Writer, connection: BaseDatabaseWrapper, tables: list[Table], watch: Watch
) -> Iterator[tuple[str, TableSeal]]:
    for table in tables:
        lines = Lines(connection, table)
        seal = archive.add(table_part(table.name), lines)
        yield table.name, lines.seal(seal)
        watch(table.name, lines.rows)


def _add_files(archive: Writer, folder: Path) -> Iterator[tuple[str, Seal]]:
    """Uploaded files; one that is taken away in the meantime is not in the backup, nor is what can be written again."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not file.is_symlink() and not name.startswith(WRITTEN_AGAIN):
            try:
                with file.open("rb") as content:
                    seal = archive.add(file_part(name), iter(lambda: content.read(PIECE), b""))
            except FileNotFoundError:
                continue
            yield name, seal


def organisation_of(connection: BaseDatabaseWrapper) -> str:
    """Whose data it is, for whoever finds the file years later."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {ORGANISATION} ORDER BY id LIMIT 1")  # noqa: S608  a name of ours
        row = cursor.fetchone()
    return str(row[0]) if row else ""
