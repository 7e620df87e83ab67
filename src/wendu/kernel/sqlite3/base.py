"""The connection to SQLite: a transaction that finds another one writing gets its turn in the first gap there is.

SQLite's own waiting asks at growing intervals, in the end ten times a second: beside an import, which leaves a gap of a
few hundredths of a second between its batches, that misses most gaps. Statements are reworded for the driver once, not
each time they are carried out.
"""

import sqlite3
from functools import lru_cache
from time import monotonic, sleep
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

ASKS_AGAIN_AFTER = 0.003
PATIENCE = 5.0  # what Python's driver waits where no `timeout` is set
STATEMENTS_REMEMBERED = 256
PRIMARY = 0xFF  # the part of a result code that tells the kind


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how statements read in the driver's own spelling."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None:
            return _spelled(query)
        spelled: str = super().convert_query(query, param_names=param_names)
        return spelled


@lru_cache(maxsize=STATEMENTS_REMEMBERED)
def _spelled(query: str) -> str:
    spelled: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return spelled


def _is_busy(wrong: BaseException | None) -> bool:
    """Whether somebody else writes, or has just written: SQLite says by the upper bits which of both it was."""
    code = getattr(wrong, "sqlite_errorcode", None)
    return code is not None and code & PRIMARY == sqlite3.SQLITE_BUSY


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin as soon as the one before them has ended."""

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002  SQLite has no named cursors
        """Open a cursor."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE))
        until = monotonic() + patience
        self._wait_inside(0)
        try:
            while not self._begins(is_last_try=monotonic() >= until):
                sleep(ASKS_AGAIN_AFTER)
        finally:
            self._wait_inside(patience)

    def _begins(self, *, is_last_try: bool) -> bool:
        """Take the write lock if it is free; tells whether it was."""
        begin: Any = super()._start_transaction_under_autocommit  # type: ignore[misc]
        try:
            begin()
        except OperationalError as wrong:
            if is_last_try or not _is_busy(wrong.__cause__):
                raise
            return False
        return True

    def _wait_inside(self, seconds: float) -> None:
        """Say how long SQLite itself waits for a lock."""
        self.connection.execute(f"PRAGMA busy_timeout={int(1000 * seconds)}")
