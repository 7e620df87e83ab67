"""Packed workbooks, unpacked piece by piece under a limit before anything trusts them.

What a packed file says about its own size may be a lie, so it is measured: a small file that would become a large one
is refused while it is small.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wendu.exchange.errors import BrokenWorkbook, ProtectedFile, UnsafeWorkbook, WorkbookTooLarge

LARGEST_BYTES, MOST_ENTRIES, LARGEST_LIST = 200 << 20, 2_000, 1 << 20
PIECE, TAIL = 1 << 20, 22 + 65_535
_END = b"PK\x05\x06"


@dataclass(slots=True)
class Packed:
    """A packed file, its list of parts checked; `left` is how much more it may unpack to."""

    path: Path
    parts: dict[str, zipfile.ZipInfo]
    left: int = LARGEST_BYTES

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack one part piece by piece; one that holds more than it says, or too much, is refused."""
        part, told = self.parts[name], 0
        try:
            for piece in _unpacked(self.path, part):
                told += len(piece)
                self.left -= len(piece)
                if told > part.file_size or self.left < 0:
                    raise UnsafeWorkbook
                yield piece
        except (zlib.error, struct.error, OSError):
            raise BrokenWorkbook from None

    def read(self, name: str) -> bytes:
        """A small part whole; nothing if there is none of this name."""
        return b"".join(self.pieces(name)) if name in self.parts else b""


def open_packed(path: Path) -> Packed:
    """Read the list of parts and refuse what is locked, too large, too many, or packed over itself."""
    _refuse_long_list(path)
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BrokenWorkbook from None
    if any(part.flag_bits & 1 for part in parts):
        raise ProtectedFile
    size = sum(part.file_size for part in parts)
    if size > LARGEST_BYTES:
        raise WorkbookTooLarge(rows="?", size=size >> 20)
    if len(parts) > MOST_ENTRIES or sum(part.compress_size for part in parts) > path.stat().st_size:
        raise UnsafeWorkbook
    return Packed(path, {part.filename: part for part in parts})


def _refuse_long_list(path: Path) -> None:
    """A list of millions of parts is refused before it is read."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        end = file.read()
    place = end.rfind(_END)
    if place < 0 or len(end) < place + 22:
        raise BrokenWorkbook
    if struct.unpack_from("<I", end, place + 12)[0] > LARGEST_LIST:
        raise UnsafeWorkbook


def _unpacked(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.header_offset)
        name, extra = struct.unpack_from("<HH", file.read(30), 26)
        file.seek(name + extra, 1)
        left = part.compress_size
        if part.compress_type == zipfile.ZIP_STORED:
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflated(file.read(left))
        else:
            raise BrokenWorkbook


def _inflated(packed: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflater.eof:
        piece = inflater.decompress(packed, PIECE)
        packed = inflater.unconsumed_tail
        if not piece:
            break
        yield piece
