"""Workbooks, told apart by what is in them, looked at first, and then read row by row as texts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import python_calamine as calamine

from wendu.exchange.cells import freed
from wendu.exchange.errors import (
    BrokenWorkbook,
    EmptyFile,
    NoSuchSheet,
    NotATable,
    ProtectedFile,
    UnknownFormat,
    WebPageInDisguise,
)
from wendu.exchange.files.look import Look, refuse_large
from wendu.exchange.files.ods import look_at_ods
from wendu.exchange.files.xls import look_at_xls
from wendu.exchange.files.xlsx import look_at_xlsx
from wendu.exchange.files.zipped import open_packed

TEXT = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
SURE_DIGITS = 10**15
_PACKED, _COMPOUND, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")


def kind_of(path: Path) -> str:
    """Say what a file is by what is in it: `text`, `xlsx`, `ods` or `xls`; its name only says what it may be."""
    suffix = path.suffix.lower()
    if suffix not in (*TEXT, *BOOKS):
        raise UnknownFormat(file=path.name)
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_COMPOUND):
        return "xls"
    if start.startswith(_PACKED):
        parts = open_packed(path).parts
        kind = "xlsx" if "xl/workbook.xml" in parts else "ods" if "content.xml" in parts else ""
        return kind or _refuse(NotATable(file=path.name))
    if start.startswith(_PDF):
        raise NotATable(file=path.name)
    if suffix in BOOKS and start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        raise WebPageInDisguise(file=path.name)
    return "text" if suffix in TEXT or suffix == ".xls" else _refuse(BrokenWorkbook())


_LOOKS: dict[str, Callable[[Path], dict[str, Look] | list[Look]]] = {
    "xlsx": look_at_xlsx,
    "ods": look_at_ods,
    "xls": look_at_xls,
}


class Book:
    """The chosen sheet of a workbook: its rows as texts, and what may not be used of it.

    A merged cell stands for every row it spans: people write a customer once beside its five contacts. Hidden rows are
    rows like the others (a filter hides them); hidden sheets are taken only by name.
    """

    def __init__(self, path: Path, kind: str, sheet: str = "") -> None:
        looks = _LOOKS[kind](path)
        self._book = _opened(path)
        found = self._book.sheets_metadata
        self.sheets = tuple(each.name for each in found if _is_table(each) and _is_visible(each))
        self.name = self._chosen([each.name for each in found if _is_table(each)], sheet)
        self._look = _look_of(looks, self.name, [each.name for each in found])

    @cached_property
    def _sheet(self) -> Any:
        return _read(self._book, self.name)

    def lines(self) -> Iterator[list[str]]:
        """Every row of the sheet, empty ones too, so that their numbers are those a spreadsheet shows."""
        top, left = self._sheet.start or (0, 0)
        padded, below = _by_row(self._look.padded, left), _by_row(self._look.below, left)
        faults, carried = _by_row(self._look.faults, left), dict[int, list[tuple[int, str]]]()
        for _ in range(top):
            yield []
        for row, values in enumerate(self._sheet.to_python(skip_empty_area=True), start=top):
            cells = [_text(value) for value in values]
            for column, width in padded.get(row, ()):
                cells[column] = cells[column].zfill(width)
            for column, text in (*faults.get(row, ()), *carried.pop(row, ())):
                cells[column] = cells[column] or text
            for column, times in below.get(row, ()):
                for more in range(1, times + 1):
                    carried.setdefault(row + more, []).append((column, cells[column]))
            yield cells

    @cached_property
    def faults(self) -> dict[int, list[tuple[int, str]]]:
        """By the number of a row: the cells (0 is the first) that may not be used, with the error that stands there."""
        left = (self._sheet.start or (0, 0))[1]
        return {row + 1: cells for row, cells in _by_row(self._look.faults, left).items()}

    def _chosen(self, names: Sequence[str], wanted: str) -> str:
        """The sheet that was asked for, else the first one to be seen that is not empty."""
        if wanted:
            return wanted if wanted in names else _refuse(NoSuchSheet(sheet=wanted, found=", ".join(names)[:200]))
        for name in self.sheets:
            if _read(self._book, name).start is not None:
                return name
        raise EmptyFile


def _opened(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            return calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        raise ProtectedFile from None
    except (calamine.CalamineError, OSError, ValueError):
        raise BrokenWorkbook from None


def _read(book: Any, name: str) -> Any:
    try:
        sheet = book.get_sheet_by_name(name)
    except (calamine.CalamineError, OSError, ValueError):
        raise BrokenWorkbook from None
    rows, columns = sheet.end or (0, 0)
    refuse_large(rows + 1, columns + 1)
    return sheet


def _look_of(looks: dict[str, Look] | list[Look], name: str, names: list[str]) -> Look:
    if isinstance(looks, dict):
        return looks.get(name, Look())
    place = names.index(name)
    return looks[place] if place < len(looks) else Look()


def _by_row(found: dict[tuple[int, int], Any], left: int) -> dict[int, list[tuple[int, Any]]]:
    rows: dict[int, list[tuple[int, Any]]] = {}
    for (row, column), told in found.items():
        if column >= left:
            rows.setdefault(row, []).append((column - left, told))
    return rows


def _is_table(sheet: Any) -> bool:
    return bool(sheet.typ == calamine.SheetTypeEnum.WorkSheet)


def _is_visible(sheet: Any) -> bool:
    return bool(sheet.visible == calamine.SheetVisibleEnum.Visible)


def _text(value: object) -> str:
    """A value as people would type it; of a number with more digits than a spreadsheet keeps, that it was cut shows."""
    if isinstance(value, str):
        return freed(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < SURE_DIGITS else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse(refusal: Exception) -> str:
    raise refusal
