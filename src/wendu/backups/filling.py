"""Filling an empty database with the rows of a backup, in the way each engine takes them fastest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.archive import Archive
from wendu.backups.codec import Turn
from wendu.backups.errors import BackupDamaged
from wendu.backups.schema import Table

Watch = Callable[[str, int], None]


def fill(connection: BaseDatabaseWrapper, tables: list[Table], archive: Archive, watch: Watch) -> None:
    """Put every row of the backup into its table; what the migrations themselves had written is taken out first."""
    _fits(tables, archive)
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            _fill_postgresql(connection, tables, archive, watch)
        else:
            _fill_sqlite(connection, tables, archive, watch)
    for table in tables:
        if table.counts_itself:
            _count_on(connection, table, archive.manifest.tables[table.name].latest_id)


def _fits(tables: list[Table], archive: Archive) -> None:
    """The tables this code makes of the backup's migrations must be the ones it was written from."""
    here = {table.name: [column.name for column in table.columns] for table in tables}
    there = {name: seal.columns for name, seal in archive.manifest.tables.items()}
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            raise BackupDamaged(file=archive.path, part=name)


def _fill_sqlite(connection: BaseDatabaseWrapper, tables: list[Table], archive: Archive, watch: Watch) -> None:
    connection.disable_constraint_checking()
    raw: Any = connection.connection
    raw.execute("BEGIN IMMEDIATE")
    quote = connection.ops.quote_name
    for table in tables:
        columns = ", ".join(quote(column.name) for column in table.columns)
        marks = ", ".join("?" * len(table.columns))
        raw.execute(f"DELETE FROM {quote(table.name)}")  # noqa: S608  names of our models
        raw.executemany(
            f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})",  # noqa: S608  names of our models
            _cells(archive, table, [column.codec.sqlite for column in table.columns]),
        )
        watch(table.name, archive.manifest.tables[table.name].rows)
    raw.execute("COMMIT")
    connection.enable_constraint_checking()
    connection.check_constraints()
    raw.execute("ANALYZE")


def _fill_postgresql(connection: BaseDatabaseWrapper, tables: list[Table], archive: Archive, watch: Watch) -> None:
    """Foreign keys are taken off and put on again, which checks every row of them at once."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_FOREIGN_KEYS)
        keys = cursor.fetchall()
        for name, key, _definition in keys:
            cursor.execute(f"ALTER TABLE {name} DROP CONSTRAINT {quote(key)}")
        cursor.execute(f"TRUNCATE {', '.join(quote(table.name) for table in tables)}")
        for table in tables:
            columns = ", ".join(quote(column.name) for column in table.columns)
            with cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
                for cells in _cells(archive, table, [column.codec.postgresql for column in table.columns]):
                    copy.write_row(cells)
            watch(table.name, archive.manifest.tables[table.name].rows)
        for name, key, definition in keys:
            cursor.execute(f"ALTER TABLE {name} ADD CONSTRAINT {quote(key)} {definition}")
        cursor.execute("ANALYZE")


def _cells(archive: Archive, table: Table, turns: list[Turn | None]) -> Iterator[list[Any]]:
    """The rows of a table as an engine wants them."""
    turned = [(place, turn) for place, turn in enumerate(turns) if turn]
    for rows in archive.lines(table.name):
        for place, turn in turned:
            for cells in rows:
                if cells[place] is not None:
                    cells[place] = turn(cells[place])
        yield from rows


def _count_on(connection: BaseDatabaseWrapper, table: Table, latest: int) -> None:
    """Let the key of a table go on after the latest number it gave out."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            quoted = connection.ops.quote_name(table.name)
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [quoted, table.key, max(latest, 1), latest > 0]
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, latest])


_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conrelid::regclass::text, conname
"""
