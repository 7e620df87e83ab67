"""Writing an account: every table as it is at one moment, one JSON object a row, into one archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.account.manifest import FORMAT, AccountManifest, AccountSeal, note_of
from wendu.backups.account.tables import LEFT_OUT, SECRET, Rows, account_tables, writers
from wendu.backups.archive import Writer, new_archive, table_part
from wendu.backups.errors import BackupNotWritten
from wendu.backups.manifest import Seal
from wendu.backups.snapshot import frozen, latest_id, pieces, select
from wendu.backups.writing import Watch, organisation_of

MARK = b"wendu-account sha256:"
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def write_account(path: Path, *, at: datetime, watch: Watch = lambda _table, _rows: None) -> AccountManifest:
    """Write all of the account into one new file; it is whole or it is not there."""
    try:
        with new_archive(path) as archive, frozen() as connection:
            manifest = AccountManifest(
                format=FORMAT,
                version=version("wendu"),
                made_at=at,
                organisation=organisation_of(connection),
                tables=dict(_add_tables(archive, connection, watch)),
                files={},
                left_out={**LEFT_OUT, **{f"{table}.{column}": why for (table, column), why in SECRET.items()}},
            )
            archive.close(manifest, mark=MARK)
    except OSError as wrong:
        raise BackupNotWritten(folder=path.parent, why=wrong.strerror or wrong) from wrong
    return manifest


class Objects:
    """Every row of a table, sorted by its key: one JSON object a line; what is unknown is left out of it."""

    def __init__(self, connection: BaseDatabaseWrapper, rows: Rows) -> None:
        self._connection, self._rows = connection, rows
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        turns = writers(self._rows)
        for some in pieces(self._connection, select(self._connection, self._rows.table)):
            self.count += len(some)
            lines = [
                ENCODE(
                    {
                        name: turn(row[place]) if turn else row[place]
                        for name, place, turn in turns
                        if row[place] is not None
                    }
                )
                for row in some
            ]
            yield "\n".join([*lines, ""]).encode()

    def seal(self, content: Seal) -> AccountSeal:
        """Seal the table whose rows were just read."""
        notes = [note_of(field) for field in self._rows.fields]
        latest = latest_id(self._connection, self._rows.table)
        return AccountSeal(**dict(content), columns=notes, rows=self.count, latest_id=latest)


def sealed_rows(connection: BaseDatabaseWrapper, rows: Rows) -> AccountSeal:
    """Read a table and seal it, without writing anything: two accounts are compared by it."""
    objects, digest, size = Objects(connection, rows), sha256(), 0
    for line in objects:
        digest.update(line)
        size += len(line)
    return objects.seal(Seal(size=size, sha256=digest.hexdigest()))


def _add_tables(archive: Writer, connection: BaseDatabaseWrapper, watch: Watch) -> Iterator[tuple[str, AccountSeal]]:
    for rows in account_tables():
        objects = Objects(connection, rows)
        seal = archive.add(table_part(rows.name), objects)
        yield rows.name, objects.seal(seal)
        watch(rows.name, objects.count)
