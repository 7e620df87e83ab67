"""A look into XLS workbooks of the nineties before they are read: a lock, their size, errors, merged cells.

The file is a small file system of its own (sectors in chains); the workbook is one stream in it, a row of records.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from wendu.exchange.errors import BrokenWorkbook, ProtectedFile, WorkbookTooLarge
from wendu.exchange.files.look import Look, refuse_large

LARGEST_MB = 100
_WORKBOOKS, _LOCKED = ("Workbook", "Book"), ("EncryptedPackage", "EncryptionInfo")
_BOF, _FILEPASS, _BOUNDSHEET, _MERGED, _FORMULA, _BOOLERR, _MULRK, _MULBLANK = (
    0x809, 0x2F, 0x85, 0xE5, 0x06, 0x205, 0xBD, 0xBE,
)  # fmt: skip
_CELLS = frozenset({_FORMULA, _BOOLERR, _MULRK, _MULBLANK, 0x201, 0x203, 0x204, 0x27E, 0xFD, 0xD6})
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LAST, _STREAM, _ROOT, _SMALL = 0xFFFFFFFA, 2, 5, 64
_NAMES_A_SHEET, _IS_ERROR = 6, 2


def look_at_xls(path: Path) -> list[Look]:
    """Say what was found on each sheet, in their order; a locked workbook is refused, a locked XLSX, too."""
    if path.stat().st_size > LARGEST_MB << 20:
        raise WorkbookTooLarge(rows="?", size=path.stat().st_size >> 20)
    try:
        streams = _Streams(path.read_bytes())
        if any(name in streams.names for name in _LOCKED):
            raise ProtectedFile
        name = next((name for name in _WORKBOOKS if name in streams.names), None)
        if name is None:
            raise BrokenWorkbook
        return list(_looks(streams.read(name)))
    except (struct.error, IndexError):
        raise BrokenWorkbook from None


class _Streams:
    """The streams of a compound file, by their names."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self._size, self._small = (1 << shift for shift in struct.unpack_from("<HH", whole, 30))
        if self._size not in (512, 4096) or self._small != _SMALL:
            raise BrokenWorkbook
        _count, first, _, self._cutoff, first_small = struct.unpack_from("<IIIII", whole, 44)
        self._fat = self._table(self._fat_sectors())
        self._small_fat = self._table(self._chain(first_small))
        listed = b"".join(map(self._sector, self._chain(first)))
        self.names: dict[str, tuple[int, int]] = {}
        self._mini = b""
        for place in range(0, len(listed) - 127, 128):
            length, kind = struct.unpack_from("<HB", listed, place + 64)
            start, size = struct.unpack_from("<II", listed, place + 116)
            if kind == _ROOT:
                self._mini = b"".join(map(self._sector, self._chain(start)))[:size]
            elif kind == _STREAM:
                name = listed[place : place + max(0, length - 2)].decode("utf-16-le", "replace")
                self.names[name] = (start, size)

    def read(self, name: str) -> bytes:
        """One stream whole."""
        start, size = self.names[name]
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start)))[:size]
        pieces, seen = [], 0
        while start < _LAST and seen * 64 < size:
            pieces.append(self._mini[start * 64 : start * 64 + 64])
            start, seen = self._small_fat[start], seen + 1
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        return self._whole[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int) -> Iterator[int]:
        """The sectors of a stream; a chain that bites its own tail ends when it is as long as the file."""
        for _ in range(len(self._whole) // self._size + 1):
            if start >= _LAST:
                return
            yield start
            start = self._fat[start]
        raise BrokenWorkbook

    def _fat_sectors(self) -> list[int]:
        found = list(struct.unpack_from("<109I", self._whole, 76))
        more, count = struct.unpack_from("<II", self._whole, 68)
        for _ in range(min(count, len(self._whole) // self._size)):
            if more >= _LAST:
                break
            held = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            found, more = found + list(held[:-1]), held[-1]
        return [sector for sector in found if sector < _LAST]

    def _table(self, sectors: "Iterator[int] | list[int]") -> tuple[int, ...]:
        raw = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _looks(stream: bytes) -> Iterator[Look]:
    found = {start: Look() for kind, _, start in _records(stream) if kind == _BOUNDSHEET and start is not None}
    look, rows, columns = Look(), 0, 0
    for kind, place, _ in _records(stream):
        body = place + 4
        if kind == _FILEPASS:
            raise ProtectedFile
        if kind == _BOF:
            look, rows, columns = found.get(place, Look()), 0, 0
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, body)
            if kind in (_MULRK, _MULBLANK):
                column = struct.unpack_from("<H", stream, body + struct.unpack_from("<H", stream, place + 2)[0] - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            refuse_large(rows, columns)
            if (error := _error(kind, stream, body)) is not None:
                look.faults[row, column] = error
        elif kind == _MERGED:
            for number in range(struct.unpack_from("<H", stream, body)[0]):
                first, last, left, _ = struct.unpack_from("<HHHH", stream, body + 2 + 8 * number)
                if last > first:
                    look.below[first, left] = last - first
    yield from found.values()


def _records(stream: bytes) -> Iterator[tuple[int, int, int | None]]:
    """Every record: what it is, where it stands, and for the name of a sheet where that sheet begins."""
    place, end = 0, len(stream) - 4
    while place <= end:
        kind, length = struct.unpack_from("<HH", stream, place)
        start = (
            struct.unpack_from("<I", stream, place + 4)[0] if kind == _BOUNDSHEET and length >= _NAMES_A_SHEET else None
        )
        yield kind, place, start
        place += 4 + length


def _error(kind: int, stream: bytes, body: int) -> str | None:
    if kind == _BOOLERR and stream[body + 7]:
        return _ERRORS.get(stream[body + 6], "#?")
    if kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == _IS_ERROR:
        return _ERRORS.get(stream[body + 8], "#?")
    return None
