"""Who is at work on this machine: servers and workers say so, and what must be alone (a restore) waits for nobody.

A lock of the operating system on a file in the data folder: it goes when its process goes, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

FILE = "in-use.lock"

_kept: dict[Path, IO[bytes]] = {}


class InUse(RuntimeError):
    """Somebody is at work here."""


def stay(folder: Path) -> None:
    """Say that this process works on the data, for as long as it lives; raises `InUse` while somebody must be alone."""
    if folder not in _kept:
        folder.mkdir(parents=True, exist_ok=True)
        _kept[folder] = _locked(folder, fcntl.LOCK_SH)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one at work; raises `InUse` if somebody is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    file = _locked(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        file.close()


def _locked(folder: Path, kind: int) -> IO[bytes]:
    file = os.fdopen(os.open(folder / FILE, os.O_CREAT | os.O_RDONLY, 0o644), "rb")  # whoever made it, all may lock it
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(str(folder)) from None
    return file
