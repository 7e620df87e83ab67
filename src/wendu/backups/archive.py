"""The file of a backup: a ZIP of tables and files, with a manifest that seals each of them.

It comes into being under another name and gets its own only when all of it is on the disk. The end of a ZIP holds its
table of contents, so a file that was cut short shows at once; what was altered shows by the seals.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, Self

from pydantic import BaseModel, ValidationError

from wendu.backups.errors import BackupDamaged, BackupFileExists, BackupUnreadable, NotABackup
from wendu.backups.manifest import FORMAT, Manifest, Seal
from wendu.kernel.errors import ActionError

MANIFEST = "manifest.json"
MARK = b"wendu-backup sha256:"
HEX_DIGITS = 64
FAST = 2  # deflate harder gains 5 % and takes three times as long
PIECE = 1024 * 1024
OWNER_ONLY = 0o600
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Writer:
    """Adds part after part to a new backup."""

    def __init__(self, bag: zipfile.ZipFile) -> None:
        self._bag = bag

    def add(self, name: str, pieces: Iterable[bytes]) -> Seal:
        """Write one part and seal it."""
        digest, size = sha256(), 0
        with self._bag.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                part.write(piece)
        return Seal(size=size, sha256=digest.hexdigest())

    def close(self, manifest: BaseModel, *, mark: bytes = MARK) -> None:
        """Write what the backup says about itself, and seal that, too."""
        text = manifest.model_dump_json(indent=1).encode()
        self._bag.writestr(MANIFEST, text)
        self._bag.comment = mark + sha256(text).hexdigest().encode()


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """Give a writer; at the end the file stands whole under its name, or not at all."""
    partial = path.with_name(f".{path.name}.{token_hex(4)}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as bag:
                yield Writer(bag)
            file.flush()
            os.fsync(file.fileno())
        _name(partial, path)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


class Archive:
    """A backup opened for reading; what is wrong with it is said in the moment it is seen."""

    mark = MARK
    model: type[BaseModel] = Manifest
    format = FORMAT
    stranger: type[ActionError] = NotABackup

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._bag = zipfile.ZipFile(path)
        except OSError as wrong:
            raise BackupUnreadable(file=path, why=wrong.strerror or wrong) from wrong
        except UNREADABLE as wrong:
            raise self.stranger(file=path) from wrong
        self.manifest: Manifest = self._read_manifest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bag.close()

    def check(self, watch: Callable[[str], None] = lambda _part: None) -> None:
        """Read all of it and compare every seal; raises `BackupDamaged` with the part that is not what was written."""
        for name, seal in self._seals().items():
            watch(name)
            digest, size = sha256(), 0
            for piece in self._pieces(name):
                digest.update(piece)
                size += len(piece)
            if (digest.hexdigest(), size) != (seal.sha256, seal.size):
                raise self._damaged(name)

    def lines(self, table: str) -> Iterator[list[list[Any]]]:
        """The rows of a table as the codec wrote them, some at a time."""
        name = table_part(table)
        try:
            with self._bag.open(name) as part:
                yield from map(json.loads, part)
        except UNREADABLE as wrong:
            raise self._damaged(name) from wrong

    def open_file(self, name: str) -> IO[bytes]:
        """One of the uploaded files."""
        return self._bag.open(file_part(name))

    def _seals(self) -> dict[str, Seal]:
        tables = {table_part(name): seal for name, seal in self.manifest.tables.items()}
        return {**tables, **{file_part(name): seal for name, seal in self.manifest.files.items()}}

    def _read_manifest(self) -> Any:
        if not self._bag.comment.startswith(self.mark) or len(self._bag.comment) != len(self.mark) + HEX_DIGITS:
            raise self.stranger(file=self.path)
        text = b"".join(self._pieces(MANIFEST))
        if sha256(text).hexdigest().encode() != self._bag.comment.removeprefix(self.mark):
            raise self._damaged(MANIFEST)
        try:
            manifest: Any = self.model.model_validate_json(text)
        except ValidationError as wrong:
            raise self._damaged(MANIFEST) from wrong
        if manifest.format != self.format:
            raise self.stranger(file=self.path)
        return manifest

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._bag.open(name) as part:
                while piece := part.read(PIECE):
                    yield piece
        except (KeyError, *UNREADABLE) as wrong:
            raise self._damaged(name) from wrong

    def _damaged(self, part: str) -> BackupDamaged:
        return BackupDamaged(file=self.path, part=part)


def table_part(name: str) -> str:
    """Where the rows of a table stand in the ZIP."""
    return f"tables/{name}.jsonl"


def file_part(name: str) -> str:
    """Where an uploaded file stands in the ZIP."""
    return f"files/{name}"


def _name(partial: Path, path: Path) -> None:
    """Give the finished file its name without overwriting anything, and have the folder remember it."""
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        raise BackupFileExists(file=path) from None
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
