"""A look into XLSX workbooks, piece by piece, before they are read: limits, faults, leading zeros, merged cells."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from wendu.exchange.errors import BrokenWorkbook, UnsafeWorkbook
from wendu.exchange.files.look import NOT_COMPUTED, Look, refuse_large
from wendu.exchange.files.zipped import Packed, open_packed

BOTH = 2
_TEXTS = (".xml", ".rels")
_SHEET = "xl/worksheets/"
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_TAG = re.compile(rb"<(?:\w+:)?(sheet|Relationship|numFmt|cellXfs|xf|mergeCell)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*?\bt\s*=\s*["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)""", re.DOTALL
)
_KINDS = re.compile(rb"""\bt\s*=\s*["'](e)["']""")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STYLED = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?v>\d+</")
_ZEROS = re.compile(rb"0{2,}")


def look_at_xlsx(path: Path) -> dict[str, Look]:
    """Unpack every part under the limits and say what was found on each sheet, by its name."""
    book = open_packed(path)
    styles = _padding(book.read("xl/styles.xml"))
    sheets = {}
    for name in book.parts:
        if name.startswith(_SHEET) and name.endswith(".xml"):
            sheets[name] = _look(_safe(book, name), styles)
        elif name.endswith(_TEXTS):
            for _piece in _safe(book, name):
                pass
    return {title: sheets[part] for title, part in _titles(book) if part in sheets}


def _safe(book: Packed, name: str) -> Iterator[bytes]:
    """The pieces of a part, cut where a cell ends; one that defines entities would grow when it is read."""
    rest: list[bytes] = []
    for piece in book.pieces(name):
        if _ENTITY.search(piece):
            raise UnsafeWorkbook
        cut = piece.rfind(b"</c>") + 4 if b"</c>" in piece else 0
        if cut:
            yield b"".join((*rest, piece[:cut]))
            rest = []
        rest.append(piece[cut:])
    yield b"".join(rest)


def _look(pieces: Iterator[bytes], styles: dict[bytes, int]) -> Look:
    found, rows, columns, cells = Look(), 0, set[bytes](), 0
    for piece in pieces:
        cells += piece.count(b"<c ") + piece.count(b":c ") + piece.count(b"<c>") + piece.count(b"<c/>")
        places = set(_PLACE.findall(piece))
        columns |= {place.rstrip(b"0123456789") for place in places}
        rows = max(rows, max((_row(place) for place in places), default=0))
        refuse_large(rows, max(map(_column, columns), default=0) + 1)
        refuse_large(1, cells)
        _note_faults(piece, found)
        if styles:
            _note_padding(piece, found, styles)
        if b"mergeCell" in piece:
            _note_merged(piece, found)
    return found


def _note_faults(piece: bytes, found: Look) -> None:
    for attributes, text in _ERROR.findall(piece) if b"e" in _KINDS.findall(piece) else ():
        if (place := _place(attributes)) is not None:
            found.faults[place] = text.decode("utf-8", "replace")
    if b"<f" not in piece and b":f" not in piece:
        return
    for attributes, empty in _FORMULA.findall(piece):
        is_text = dict(_ATTRIBUTE.findall(attributes)).get(b"t") == b"str"
        if not (is_text and empty) and (place := _place(attributes)) is not None:
            found.faults.setdefault(place, NOT_COMPUTED)


def _note_padding(piece: bytes, found: Look, styles: dict[bytes, int]) -> None:
    for attributes in _STYLED.findall(piece):
        told = dict(_ATTRIBUTE.findall(attributes))
        if told.get(b"s") in styles and (place := _place(attributes)) is not None:
            found.padded[place] = styles[told[b"s"]]


def _note_merged(piece: bytes, found: Look) -> None:
    for tag, attributes in _TAG.findall(piece):
        ends = dict(_ATTRIBUTE.findall(attributes)).get(b"ref", b"").split(b":")
        if tag == b"mergeCell" and len(ends) == BOTH:
            first, last = _at(ends[0]), _at(ends[1])
            if last[0] > first[0]:
                found.below[first] = last[0] - first[0]


def _padding(styles: bytes) -> dict[bytes, int]:
    """The numbers of the styles that show a number with leading zeros, `000000`, and with how many digits."""
    formats: dict[bytes, int] = {}
    found, number, is_cells = dict[bytes, int](), 0, False
    for tag, attributes in _TAG.findall(styles):
        told = dict(_ATTRIBUTE.findall(attributes))
        if tag == b"numFmt" and _ZEROS.fullmatch(told.get(b"formatCode", b"")):
            formats[told.get(b"numFmtId", b"")] = len(told[b"formatCode"])
        is_cells = is_cells or tag == b"cellXfs"
        if tag == b"xf" and is_cells:
            if told.get(b"numFmtId") in formats:
                found[str(number).encode()] = formats[told[b"numFmtId"]]
            number += 1
    return found


def _titles(book: Packed) -> Iterator[tuple[str, str]]:
    """The names of the sheets and the parts they stand in."""
    targets = {}
    for tag, attributes in _TAG.findall(book.read("xl/_rels/workbook.xml.rels")):
        told = dict(_ATTRIBUTE.findall(attributes))
        if tag == b"Relationship":
            targets[told.get(b"Id")] = told.get(b"Target", b"").decode("utf-8", "replace").removeprefix("/xl/")
    sheets = [told for tag, told in _TAG.findall(book.read("xl/workbook.xml")) if tag == b"sheet"]
    if not sheets:
        raise BrokenWorkbook
    for attributes in sheets:
        told = dict(_ATTRIBUTE.findall(attributes))
        target = next(
            (target for name, key in told.items() if name.endswith(b":id") and (target := targets.get(key))), ""
        )
        yield unescaped(told.get(b"name", b"")), f"xl/{target}"


def unescaped(text: bytes) -> str:
    """The name of a sheet as people see it."""
    return html.unescape(text.decode("utf-8", "replace"))


def _place(attributes: bytes) -> tuple[int, int] | None:
    told = dict(_ATTRIBUTE.findall(attributes)).get(b"r", b"")
    return _at(told) if told[-1:].isdigit() else None


def _at(place: bytes) -> tuple[int, int]:
    return _row(place) - 1, _column(place.rstrip(b"0123456789"))


def _row(place: bytes) -> int:
    return int(place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
