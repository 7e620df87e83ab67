"""Bringing an account into an empty house: filled beside the database, proven equal, then put in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections

from wendu.backups.account.manifest import FORMAT, AccountManifest, AccountSeal
from wendu.backups.account.tables import ABSENT, Rows, account_tables, is_json
from wendu.backups.account.writing import MARK, sealed_rows
from wendu.backups.archive import UNREADABLE, Archive, table_part
from wendu.backups.codec import codec_of
from wendu.backups.errors import AccountTooNew, CannotRestore, HouseNotEmpty, NotAnAccount, RestoredDiffers
from wendu.backups.filling import Watch, fill
from wendu.backups.inspection import holds_data
from wendu.backups.manifest import TableSeal
from wendu.backups.schema import Table
from wendu.backups.scratch import ALIAS, beside_the_database, opened
from wendu.backups.snapshot import ROWS_A_LINE, frozen


class AccountArchive(Archive):
    """An account opened for reading."""

    mark = MARK
    model: Any = AccountManifest
    format = FORMAT
    stranger = NotAnAccount
    manifest: Any

    def objects(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table."""
        name = table_part(table)
        try:
            with self._bag.open(name) as part:
                yield from map(json.loads, part)
        except UNREADABLE as wrong:
            raise self._damaged(name) from wrong


def bring_account(path: Path, *, at: datetime, watch: Watch = lambda _table, _rows: None) -> AccountManifest:
    """Make an account the content of this empty house; nobody else may be on the database."""
    with AccountArchive(path) as archive:
        _refuse_unfit(archive)
        archive.check()
        if holds_data():
            raise HouseNotEmpty
        scratch, known = beside_the_database(), [rows for rows in account_tables() if rows.name in _seals(archive)]
        try:
            with opened(scratch) as connection:
                call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
                fill(connection, [rows.table for rows in known], _Given(archive, known), watch)  # type: ignore[arg-type]
                _same(archive, known)
            connections["default"].close()
            scratch.take_over(at=at)
        except DatabaseError as wrong:
            raise CannotRestore(why=f"{str(wrong).strip()}.") from wrong
        finally:
            scratch.discard()
        manifest: AccountManifest = archive.manifest
    return manifest


def _refuse_unfit(archive: AccountArchive) -> None:
    """An account with tables or columns nobody here knows would lose them without a word."""
    known = {rows.name: set(rows.columns) for rows in account_tables()}
    unknown = [name for name in _seals(archive) if name not in known]
    for name, seal in _seals(archive).items():
        unknown += [f"{name}.{note.name}" for note in seal.columns if name in known and note.name not in known[name]]
    if unknown:
        raise AccountTooNew(theirs=archive.manifest.version, unknown=", ".join(unknown[:3]))


def _same(archive: AccountArchive, known: list[Rows]) -> None:
    """Read everything back and compare it with the seals, as far as both versions know the same columns."""
    with frozen(ALIAS) as connection:
        for rows in known:
            seal = _seals(archive)[rows.name]
            if {note.name for note in seal.columns} != set(rows.columns):
                continue
            found = sealed_rows(connection, rows)
            if (found.sha256, found.rows) != (seal.sha256, seal.rows):
                raise RestoredDiffers(table=rows.name)


class _Given:
    """An account in the shape in which a database is filled: whole rows of cells, in the order of the table."""

    def __init__(self, archive: AccountArchive, known: list[Rows]) -> None:
        self.path, self._archive = archive.path, archive
        self.manifest = _Tables({rows.name: _seal(rows.table, _seals(archive)[rows.name]) for rows in known})
        self._ours = {rows.name: rows for rows in known}

    def lines(self, table: str) -> Iterator[list[list[Any]]]:
        """The rows of a table, some at a time."""
        rows = self._ours[table]
        told = {note.name for note in _seals(self._archive)[table].columns}
        concrete: Any = rows.table.model._meta.local_concrete_fields
        named = {field.column: field for field in concrete}
        readers = [
            (column.name, _Cell(named[column.name], is_told=column.name in told)) for column in rows.table.columns
        ]
        objects = self._archive.objects(table)
        while some := list(islice(objects, ROWS_A_LINE)):
            yield [[cell.of(row, name) for name, cell in readers] for row in some]


class _Tables:
    """What filling asks of a manifest."""

    def __init__(self, tables: dict[str, TableSeal]) -> None:
        self.tables = tables


class _Cell:
    """How a cell of one column is found: in the row, else - for a column the account does not speak of - as of new."""

    def __init__(self, field: Any, *, is_told: bool) -> None:
        self._field, self._is_told, self._is_json = field, is_told, is_json(field)

    def of(self, row: dict[str, Any], name: str) -> Any:
        """The value as a backup would have written it."""
        if not self._is_told:
            return self._as_of_new()
        if name not in row:
            return None
        return [row[name]] if self._is_json else row[name]

    def _as_of_new(self) -> Any:
        value = ABSENT.get(self._field.column, self._field.get_default())
        if self._is_json:
            return [value]
        write = codec_of(self._field).write
        return write(value) if write and value is not None else value


def _seals(archive: AccountArchive) -> dict[str, AccountSeal]:
    found: dict[str, AccountSeal] = archive.manifest.tables
    return found


def _seal(table: Table, seal: AccountSeal) -> TableSeal:
    columns = [column.name for column in table.columns]
    return TableSeal(size=seal.size, sha256=seal.sha256, columns=columns, rows=seal.rows, latest_id=seal.latest_id)
