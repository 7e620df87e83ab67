"""Reading a whole database as it was at one moment, while everybody goes on writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.manifest import Seal, TableSeal
from wendu.backups.schema import Table

ROWS_A_LINE = 500  # part of the format: it decides the hashes
BEGIN = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}
FIRST_READ = {"postgresql": "SELECT 1", "sqlite": "SELECT count(*) FROM sqlite_master"}


@contextmanager
def frozen(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """Give a connection of its own that sees the database as it is now, however long the reading takes.

    SQLite in WAL mode and PostgreSQL both keep what the reader sees without making anybody wait.
    """
    own = connections[alias]
    options = dict(own.settings_dict["OPTIONS"])
    if own.vendor == "sqlite":
        options["detect_types"] = 0  # values as they are stored: the codec knows them, and it is much faster
    connection = type(own)({**own.settings_dict, "OPTIONS": options}, alias)
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(BEGIN[connection.vendor])
            cursor.execute(FIRST_READ[connection.vendor])  # the moment is that of the first read
        yield connection
    finally:
        connection.close()


class Lines:
    """Every row of a table, sorted by its key: each line is a JSON list of up to `ROWS_A_LINE` rows."""

    def __init__(self, connection: BaseDatabaseWrapper, table: Table) -> None:
        self._connection = connection
        self._table = table
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
        turns = [(place, column.codec.write) for place, column in enumerate(self._table.columns) if column.codec.write]
        for rows in pieces(self._connection, select(self._connection, self._table)):
            self.rows += len(rows)
            lines = [list(row) for row in rows]
            for place, turn in turns:
                for cells in lines:
                    if cells[place] is not None:
                        cells[place] = turn(cells[place])
            yield write(lines).encode() + b"\n"

    def seal(self, content: Seal) -> TableSeal:
        """Seal the table whose lines were just read."""
        columns = [column.name for column in self._table.columns]
        latest = latest_id(self._connection, self._table)
        return TableSeal(**dict(content), columns=columns, rows=self.rows, latest_id=latest)


def sealed(connection: BaseDatabaseWrapper, table: Table) -> TableSeal:
    """Read a table and seal it, without writing anything: two databases are compared by it."""
    lines, digest, size = Lines(connection, table), sha256(), 0
    for line in lines:
        digest.update(line)
        size += len(line)
    return lines.seal(Seal(size=size, sha256=digest.hexdigest()))


def latest_id(connection: BaseDatabaseWrapper, table: Table) -> int:
    """The latest number the key of a table ever gave out: a number of something purged must not come again."""
    if not table.counts_itself:
        return 0
    return _LATEST[connection.vendor](connection, table)


def select(connection: BaseDatabaseWrapper, table: Table) -> str:
    """Ask for every row of a table, by its key."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.name) for column in table.columns)
    return f"SELECT {columns} FROM {quote(table.name)} ORDER BY {quote(table.key)}"  # noqa: S608  names of our models


def pieces(connection: BaseDatabaseWrapper, select: str) -> Iterator[list[tuple[Any, ...]]]:
    """Fetch in pieces; PostgreSQL would hand over the whole table at once without a cursor of its own."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(select)
            while rows := cursor.fetchmany(ROWS_A_LINE):
                yield rows
            return
        cursor.execute(f"DECLARE backup_rows NO SCROLL CURSOR FOR {select}")
        cursor.execute(fetch := f"FETCH {ROWS_A_LINE} FROM backup_rows")
        while rows := cursor.fetchall():
            yield rows
            cursor.execute(fetch)
        cursor.execute("CLOSE backup_rows")


def _latest_on_sqlite(connection: BaseDatabaseWrapper, table: Table) -> int:
    return _number(connection, "SELECT seq FROM sqlite_sequence WHERE name = %s", table.name)


def _latest_on_postgresql(connection: BaseDatabaseWrapper, table: Table) -> int:
    quoted = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, table.key])
        (sequence,) = cursor.fetchone()
    return _number(connection, f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608


def _number(connection: BaseDatabaseWrapper, sql: str, *params: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()
    return int(found[0]) if found else 0


_LATEST: dict[str, Callable[[BaseDatabaseWrapper, Table], int]] = {
    "sqlite": _latest_on_sqlite,
    "postgresql": _latest_on_postgresql,
}
