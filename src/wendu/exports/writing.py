"""Writing the file of an export: the keys of its list first, then its rows by them, a piece at a time."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from wendu.access.verbs import permit
from wendu.backups.account.tables import account_tables
from wendu.backups.actions import take_account
from wendu.exchange.exporting import write_table
from wendu.exchange.outgoing.reading import in_order
from wendu.exchange.outgoing.wording import Wording
from wendu.exports.keys import Keys
from wendu.exports.lists import listed
from wendu.exports.models import Export

Watch = Callable[[int, int], None]


def write_file(row: Export, *, mark: str, watch: Watch) -> int:
    """Write the table somebody asked for, as that person sees it now; says how many rows.

    Each attempt writes a file of its own, named by its `mark`, which takes its place when it is whole. `watch` hears
    how many rows are written, and of how many.
    """
    permit(row.actor, "export.run")
    row.folder.mkdir(parents=True, exist_ok=True)
    found = listed(row.kind, row.query, row.columns, user=row.actor, at=row.asked_at)
    partial = row.folder / f"{mark}.{row.ending}"
    keys = Keys.write(_beside(partial), found.in_order())
    heads = Wording(speaks=True).heads(row.kind, found.columns)
    try:
        written = write_table(
            partial,
            found.columns,
            heads,
            in_order(found.rows, found.columns, keys),
            watch=lambda rows: watch(rows, len(keys)),
        )
        partial.replace(row.file)
    finally:
        for left in (partial, _beside(partial)):
            with suppress(FileNotFoundError):
                left.unlink()
    return written


def write_archive(row: Export, *, mark: str, watch: Watch, at: datetime) -> int:
    """Write the whole account as it is now; says how many rows. `watch` hears how many tables are written."""
    row.folder.mkdir(parents=True, exist_ok=True)
    partial, tables, done = row.folder / f"account-{mark}.zip", len(account_tables()), count(1)
    made = take_account(path=partial, actor=row.actor, at=at, watch=lambda _table, _rows: watch(next(done), tables))
    partial.replace(row.file)
    return made.rows


def _beside(partial: Path) -> Path:
    return partial.with_suffix(".keys")
