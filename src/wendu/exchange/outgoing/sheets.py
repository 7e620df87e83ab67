"""The files tables go out in: CSV that a spreadsheet opens without harm, and workbooks whose every cell is text."""

import csv
from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import xlsxwriter

from wendu.exchange.cells import as_string, guarded, guarded_all
from wendu.exchange.outgoing.columns import Cells, Column
from wendu.exchange.outgoing.errors import CellTooLongForBook, TooLongForBook, UnknownEnding

LONGEST_BOOK_CELL, ROWS_OF_A_SHEET = 32_767, 1_048_576
BOM = "\ufeff"


class Sheet(Protocol):
    """A file that takes the rows of a table, some at a time."""

    count: int

    def __enter__(self) -> Self:
        """Open it and write the head."""

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close it; after a failure nobody reads it."""

    def add(self, cells: Sequence[Cells]) -> None:
        """Take some rows, given as columns."""


class CsvSheet:
    """UTF-8 with a mark, so that Excel shows Chinese; what would be computed is guarded by an apostrophe."""

    def __init__(self, path: Path, columns: Sequence[Column], heads: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._typed = [column.typed for column in columns]
        self._heads, self.count = heads, 0

    def __enter__(self) -> Self:
        """Write the head."""
        self._file.write(BOM)
        self._writer.writerow([guarded(head) for head in self._heads])
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def add(self, cells: Sequence[Cells]) -> None:
        """Take some rows, given as columns."""
        safe = [guarded_all(column) if typed else column for column, typed in zip(cells, self._typed, strict=True)]
        self._writer.writerows(zip(*safe, strict=True))
        self.count += len(cells[0])


class BookSheet:
    """A workbook written row by row; every cell is text, so that nothing is computed and no phone loses a digit."""

    def __init__(self, path: Path, columns: Sequence[Column], heads: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
        self._sheet = self._book.add_worksheet()
        self._typed = [column.typed for column in columns]
        self._heads, self.count = heads, 0

    def __enter__(self) -> Self:
        """Write the head, which stays in sight."""
        for place, head in enumerate(self._heads):
            self._sheet.write_string(0, place, as_string(head))
        self._sheet.freeze_panes(1, 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _wrong: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Pack the parts into one file, also after a failure: they lie in a folder of their own until then."""
        self._book.close()

    def add(self, cells: Sequence[Cells]) -> None:
        """Take some rows, given as columns."""
        write, row = self._sheet.write_string, self.count
        if row + len(cells[0]) >= ROWS_OF_A_SHEET:
            raise TooLongForBook(most=f"{ROWS_OF_A_SHEET - 1:,}")
        for row, line in enumerate(zip(*cells, strict=True), start=self.count + 1):
            for place, cell in enumerate(line):
                if cell:
                    write(row, place, as_string(cell) if self._typed[place] else cell)
        self._refuse_cut(cells)
        self.count = row

    def _refuse_cut(self, cells: Sequence[Cells]) -> None:
        """What Excel would cut is refused instead: a text that lost its end is worse than another kind of file."""
        for place, column in enumerate(compress(cells, self._typed)):
            if max(map(len, column)) >= LONGEST_BOOK_CELL:
                head = list(compress(self._heads, self._typed))[place]
                raise CellTooLongForBook(column=head, most=f"{LONGEST_BOOK_CELL:,}")


SHEETS: dict[str, type[CsvSheet] | type[BookSheet]] = {".csv": CsvSheet, ".xlsx": BookSheet}


def sheet_for(path: Path, columns: Sequence[Column], heads: Sequence[str]) -> Sheet:
    """The file for a table, by its ending."""
    kind = SHEETS.get(path.suffix.lower())
    if kind is None:
        raise UnknownEnding(file=path.name)
    return kind(path, columns, heads)
