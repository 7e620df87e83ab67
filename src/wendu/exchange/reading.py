"""Files into rows of text: CSV and TSV streamed, XLSX through calamine; looked at whole before a row is used."""

import csv
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import python_calamine

from wendu.exchange.cells import freed
from wendu.exchange.errors import (
    BrokenTable,
    BrokenWorkbook,
    EmptyFile,
    NoSuchFile,
    UnknownFormat,
    UnreadableEncoding,
    WorkbookTooLarge,
)

TEXT, BOOKS = (".csv", ".tsv", ".txt"), (".xlsx",)
CHUNK_BYTES = 1 << 20
LONGEST_CELL = 32 << 20
LARGEST_BOOK_MB, MOST_BOOK_ROWS = 200, 100_000
DELIMITERS = ",\t;|"
_PRIVATE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Table:
    """A file that can be read again and again: its header, and its rows with their numbers; blank rows are no rows."""

    path: Path
    header: tuple[str, ...]
    count: int
    encoding: str = ""
    delimiter: str = ""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row below the header with the number a spreadsheet shows."""
        lines = text_rows(self.path, self.encoding, self.delimiter) if self.encoding else _book_rows(self.path)
        for number, cells in enumerate(lines, start=1):
            if number > 1 and any(cell.strip() for cell in cells):
                yield number, cells


def open_table(path: Path) -> Table:
    """Look at the whole file: its encoding, its delimiter, its header and how many rows it has."""
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    if path.suffix.lower() in BOOKS:
        return _looked_at(path, "", "")
    if path.suffix.lower() not in TEXT:
        raise UnknownFormat(file=path.name)
    encoding = sniff_encoding(path)
    return _looked_at(path, encoding, _sniff_delimiter(path, encoding))


def sniff_encoding(path: Path) -> str:
    """Tell the encoding from every byte of the file: a byte-order mark, UTF-8, else GB18030."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _fits(path, "utf-16") or _refuse(path, "utf-16")
    if start.startswith(BOM_UTF8):
        return _fits(path, "utf-8-sig") or _refuse(path, "utf-8-sig")
    return _fits(path, "utf-8") or _fits(path, "gb18030") or _refuse(path, "gb18030")


def _fits(path: Path, encoding: str) -> str:
    return encoding if _first_misfit(path, encoding) is None else ""


def _refuse(path: Path, encoding: str) -> str:
    raise UnreadableEncoding(byte=_first_misfit(path, encoding))


def _first_misfit(path: Path, encoding: str) -> int | None:
    """Where the bytes stop being text of this encoding; signs nobody writes and NUL are no text either."""
    decoder, place = getincrementaldecoder(encoding)(), 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as wrong:
                return place + wrong.start
            if "\0" in text or (encoding == "gb18030" and not text.isascii() and _is_private(text)):
                return place
            if not chunk:
                return None
            place += len(chunk)


def _is_private(text: str) -> bool:
    return any(ord(sign) in _PRIVATE for sign in set(text))


def _sniff_delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(1 << 16)
    heads = {sign: next(csv.reader(start.splitlines(keepends=True), delimiter=sign), []) for sign in DELIMITERS}
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(DELIMITERS, key=lambda sign: len(heads[sign]))


def _looked_at(path: Path, encoding: str, delimiter: str) -> Table:
    """Read once to the end, so that a broken file is refused before anything is written."""
    table = Table(path, (), 0, encoding, delimiter)
    lines = text_rows(path, encoding, delimiter) if encoding else _book_rows(path)
    header, count = [], 0
    for number, cells in enumerate(lines, start=1):
        if number == 1:
            header = [cell.strip() for cell in cells]
        elif any(cell.strip() for cell in cells):
            count += 1
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise EmptyFile
    return Table(table.path, tuple(header), count, encoding, delimiter)


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Every row of a table of text, its header among them, the cells freed of their guard."""
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                yield [freed(cell) if cell[:1] == "'" else cell for cell in cells]
        except csv.Error:
            raise BrokenTable(row=number + 1) from None


def _book_rows(path: Path) -> Iterator[list[str]]:
    try:
        _refuse_bombs(path)
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, IndexError):
        raise BrokenWorkbook from None
    if sheet.total_height > MOST_BOOK_ROWS + 1:
        raise WorkbookTooLarge(rows=sheet.total_height, size=path.stat().st_size >> 20)
    for _ in range(sheet.start[0] if sheet.start else 0):
        yield []
    for cells in sheet.to_python(skip_empty_area=True):
        yield [_cell(cell) for cell in cells]


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist()) >> 20
    if size > LARGEST_BOOK_MB:
        raise WorkbookTooLarge(rows="?", size=size)


def _cell(value: object) -> str:
    if isinstance(value, str):
        return freed(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
