"""Files into rows of text: CSV and TSV streamed, workbooks through calamine; looked at whole before a row is used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from wendu.exchange.errors import EmptyFile, NoSuchFile, TooWide
from wendu.exchange.files.delimited import sniff_delimiter, text_rows
from wendu.exchange.files.encodings import sniff_encoding
from wendu.exchange.files.heads import LOOKED_AT, head_place
from wendu.exchange.files.workbooks import Book, kind_of

MOST_COLUMNS = 2_000
Faults = Mapping[int, Sequence[tuple[int, str]]]


class Source(Protocol):
    """Where the rows of a table come from, as often as they are wanted."""

    @property
    def faults(self) -> Faults:
        """The cells that may not be used, by the number of their row."""

    @property
    def name(self) -> str:
        """The sheet that is read, if there are sheets."""

    @property
    def sheets(self) -> Sequence[str]:
        """The sheets one can see."""

    def lines(self) -> Iterator[list[str]]:
        """Every row from the first, empty ones too."""


@dataclass(frozen=True, slots=True)
class Text:
    """A table of text."""

    path: Path
    encoding: str
    delimiter: str
    faults: Faults = field(default_factory=dict)
    name: str = ""
    sheets: Sequence[str] = ()

    def lines(self) -> Iterator[list[str]]:
        """Every row from the first, empty ones too."""
        return text_rows(self.path, self.encoding, self.delimiter)


@dataclass(frozen=True, slots=True)
class Table:
    """A file that can be read again and again: its header, and its rows with their numbers; blank rows are no rows.

    `head` is the number of the row that names the columns, `width` its length with the cells that name none. `faults`
    name, by row, the cells that may not be used.
    `sheet` is the sheet that is read and `sheets` are those one can see; a table of text has none.
    """

    source: Source
    head: int
    header: tuple[str, ...]
    width: int
    count: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row below the header with the number a spreadsheet shows."""
        for number, cells in enumerate(self.source.lines(), start=1):
            if number > self.head and (number in self.faults or any(cell.strip() for cell in cells)):
                yield number, cells

    @property
    def faults(self) -> Faults:
        """The cells that may not be used, by the number of their row: the error that stands there, if one does."""
        return self.source.faults

    @property
    def sheet(self) -> str:
        """The sheet that is read."""
        return self.source.name

    @property
    def sheets(self) -> Sequence[str]:
        """The sheets one can see."""
        return self.source.sheets


def open_table(path: Path, *, sheet: str = "") -> Table:
    """Look at the whole file: what it is, its encoding and delimiter or its sheet, its header, how many rows it has."""
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    kind = kind_of(path)
    if kind == "text":
        encoding = sniff_encoding(path)
        return _looked_at(Text(path, encoding, sniff_delimiter(path, encoding)))
    return _looked_at(Book(path, kind, sheet))


def _looked_at(source: Source) -> Table:
    """Read once to the end, so that a broken file is refused before anything is written."""
    first = list(islice(source.lines(), LOOKED_AT))
    head = head_place([cells[:MOST_COLUMNS] for cells in first])
    if head is None:
        raise EmptyFile
    width = len(first[head])
    last = next(place for place in range(width - 1, -1, -1) if first[head][place].strip())
    header = [cell.strip() for cell in first[head][: last + 1]]
    if len(header) > MOST_COLUMNS:
        raise TooWide(found=len(header), most=MOST_COLUMNS)
    table = Table(source, head + 1, tuple(header), width, 0)
    return replace(table, count=sum(1 for _ in table.rows()))
