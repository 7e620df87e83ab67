"""A look into ODS workbooks before they are read: how far they unfold, formulas without a result, merged cells."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from wendu.exchange.errors import BrokenWorkbook, ProtectedFile, UnsafeWorkbook
from wendu.exchange.files.look import NOT_COMPUTED, Look, refuse_large
from wendu.exchange.files.zipped import open_packed

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*["']([^"']*)["']""")
_ERROR = re.compile(rb"\s*<text:p[^>]*>\s*(#[A-Z0-9/!?]{3,8}|Err:\d+)\s*</text:p>")
_FURTHEST = 1 << 21


def look_at_ods(path: Path) -> dict[str, Look]:
    """Unpack the content under the limits and say what was found on each sheet, by its name."""
    book = open_packed(path)
    if b"encryption-data" in book.read(_MANIFEST):
        raise ProtectedFile
    if _CONTENT not in book.parts:
        raise BrokenWorkbook
    content = book.read(_CONTENT)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnsafeWorkbook
    return dict(_looks(content))


def _looks(content: bytes) -> Iterator[tuple[str, Look]]:
    sheet: _Sheet | None = None
    for tag in _TAG.finditer(content):
        name, told = tag[2], dict(_ATTRIBUTE.findall(tag[3]))
        if name == b"table" and not tag[1]:
            sheet = _Sheet()
            yield html.unescape(told.get(b"table:name", b"").decode("utf-8", "replace")), sheet.look
        elif sheet is not None and not tag[1]:
            if name == b"table-row":
                sheet.begin_row(_times(told, b"table:number-rows-repeated"))
            else:
                sheet.add_cell(told, content, tag.end(), is_covered=name != b"table-cell")


class _Sheet:
    """One sheet as its tags come by."""

    def __init__(self) -> None:
        self.look = Look()
        self._row, self._next_row, self._column = 0, 0, 0
        self._rows, self._columns = 0, 0

    def begin_row(self, times: int) -> None:
        self._row, self._column = self._next_row, 0
        self._next_row = min(_FURTHEST, self._row + times)

    def add_cell(self, told: dict[bytes, bytes], content: bytes, end: int, *, is_covered: bool) -> None:
        times = _times(told, b"table:number-columns-repeated")
        place = (self._row, self._column)
        has_value, has_formula = b"office:value-type" in told, b"table:formula" in told
        if has_value or has_formula:
            self._columns = max(self._columns, self._column + times)
            self._rows = max(self._rows, self._next_row)
            refuse_large(self._rows, self._columns)
        if has_formula and not is_covered:
            error = _ERROR.match(content, end)
            if error or not has_value:
                self.look.faults[place] = error[1].decode() if error else NOT_COMPUTED
        if (below := _times(told, b"table:number-rows-spanned")) > 1:
            self.look.below[place] = below - 1
        self._column += times


def _times(told: dict[bytes, bytes], name: bytes) -> int:
    given = told.get(name, b"1")
    return min(_FURTHEST, int(given)) if given.isdigit() else 1
