"""Where a backup is unpacked before it counts: a new SQLite file, or a new schema in the PostgreSQL database.

Either becomes the database in one step that happens or does not, and what was there before is kept beside it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.errors import CannotRestore

ALIAS = "scratch"
SIDE_FILES = ("-wal", "-shm", "-journal")
QUICK = (
    "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA busy_timeout=20000;"
    "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-200000;"
)


class Scratch(Protocol):
    """A place a backup is unpacked in."""

    @property
    def settings(self) -> dict[str, Any]:
        """How Django connects to it."""

    def prepare(self) -> None:
        """Make it, empty."""

    def take_over(self, *, at: datetime) -> str:
        """Make it the database; says where the one before is kept, nothing if there was none."""

    def discard(self) -> None:
        """Leave nothing of it behind; harmless after `take_over`."""


def beside_the_database() -> Scratch:
    """The scratch that can take the place of the database in use."""
    live = connections["default"]
    if live.vendor == "sqlite":
        path = Path(str(live.settings_dict["NAME"]))
        return ScratchFile(path.with_name(f"{path.name}.restoring-{token_hex(4)}"), live=path)
    return ScratchSchema(f"wendu_restoring_{token_hex(4)}")


@contextmanager
def opened(scratch: Scratch) -> Iterator[BaseDatabaseWrapper]:
    """Prepare a scratch and give the connection to it; afterwards nothing holds it open."""
    scratch.prepare()
    connections.settings[ALIAS] = scratch.settings
    try:
        yield connections[ALIAS]
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


class ScratchFile:
    """A SQLite file of its own; `live` is the database it may become."""

    def __init__(self, path: Path, *, live: Path | None = None) -> None:
        self.path = path
        self.live = live

    @property
    def settings(self) -> dict[str, Any]:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": QUICK}
        rest = {"HOST": "", "PORT": "", "USER": "", "PASSWORD": "", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
        engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.path), "OPTIONS": options}
        return {**connections["default"].settings_dict, **rest, **engine}

    def prepare(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)

    def take_over(self, *, at: datetime) -> str:
        live = self.live
        if live is None:
            raise CannotRestore(why=f"{self.path}.")
        _to_disk(self.path)
        if not live.exists():
            _lend(self.path, live.parent)
            self.path.replace(live)
            _to_disk(live.parent)
            return ""
        _lend(self.path, live)
        aside = live.with_name(f"{live.name}.before-restore-{at:%Y%m%d-%H%M%S}")
        _settle(live)
        aside.hardlink_to(live)  # the database is never without a file
        for ending in SIDE_FILES:  # only a broken database still has any
            with suppress(FileNotFoundError):
                _side(live, ending).replace(_side(aside, ending))
        self.path.replace(live)
        _to_disk(live.parent)
        return str(aside)

    def discard(self) -> None:
        for ending in ("", *SIDE_FILES):
            with suppress(FileNotFoundError):
                _side(self.path, ending).unlink()


class ScratchSchema:
    """A schema of its own in the database in use, which trades its name for that of the live one."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def settings(self) -> dict[str, Any]:
        live = connections["default"].settings_dict
        path = f"{live['OPTIONS'].get('options', '')} -c search_path={self.name}".strip()
        return {**live, "CONN_MAX_AGE": 0, "OPTIONS": {**live["OPTIONS"], "options": path}}

    def prepare(self) -> None:
        self._run(f"CREATE SCHEMA {self.name}")

    def take_over(self, *, at: datetime) -> str:
        aside = f"before_restore_{at:%Y%m%d_%H%M%S}"
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (live,) = cursor.fetchone()
        quoted = connections["default"].ops.quote_name(live)
        self._run(
            "BEGIN",
            "SET LOCAL lock_timeout = '20s'",
            f"ALTER SCHEMA {quoted} RENAME TO {aside}",
            f"ALTER SCHEMA {self.name} RENAME TO {quoted}",
            "COMMIT",
        )
        return aside

    def discard(self) -> None:
        self._run(f"DROP SCHEMA IF EXISTS {self.name} CASCADE")

    def _run(self, *statements: str) -> None:
        own = connections["default"].copy()
        try:
            with own.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except DatabaseError as wrong:
            raise CannotRestore(why=str(wrong).strip()) from wrong
        finally:
            own.close()


def _side(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _settle(live: Path) -> None:
    """Bring what SQLite wrote beside its file into it; a broken database keeps its side files instead."""
    with suppress(sqlite3.DatabaseError):
        raw = sqlite3.connect(live)
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
        finally:
            raw.close()


def _lend(path: Path, live: Path) -> None:
    """Give the new file to the owner of the old one: root restores, the service goes on writing."""
    owner = live.stat()
    with suppress(PermissionError):
        os.chown(path, owner.st_uid, owner.st_gid)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
