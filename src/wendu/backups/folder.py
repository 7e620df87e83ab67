"""The folder of the backups: how they are called, which is the latest, and which have become too many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

NAME = "wendu-%Y%m%d-%H%M%S.zip"
OURS = re.compile(r"wendu-\d{8}-\d{6}\.zip")
STALE_SECONDS = timedelta(days=1).total_seconds()


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup in the folder."""

    path: Path
    made_at: datetime
    size: int


def name_at(at: datetime) -> str:
    """What the backup of a moment is called; the moment is told in UTC."""
    return at.astimezone(UTC).strftime(NAME)


def kept_in(folder: Path) -> list[Kept]:
    """The backups in a folder, latest first."""
    if not folder.is_dir():
        return []
    paths = (path for path in folder.iterdir() if OURS.fullmatch(path.name))
    return sorted(map(_kept, paths), key=lambda kept: kept.made_at, reverse=True)


def forget_older(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the latest backups, and what killed attempts left behind; says which backups went."""
    gone = [kept.path for kept in kept_in(folder)[keep:]]
    for path in gone:
        path.unlink(missing_ok=True)
    for path in folder.glob(".wendu-*.partial"):
        if path.stat().st_mtime < time() - STALE_SECONDS:
            path.unlink(missing_ok=True)
    return gone


def _kept(path: Path) -> Kept:
    made_at = datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
    return Kept(path, made_at, path.stat().st_size)
