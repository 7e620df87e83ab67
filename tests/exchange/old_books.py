"""Workbooks of other makers, written byte by byte: XLS with its small file system, ODS, and packed files that lie."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Cell = tuple[int, int, Any]


class Error(int):
    """A cell of an XLS sheet that holds an error, by its number."""


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file that holds these streams, each of them long enough for sectors of its own."""
    bodies = [body.ljust(4096, b"\0") for body in streams.values()]
    lengths = [-(-len(body) // SECTOR) for body in bodies]
    fats = 1
    while fats * 128 < fats + 1 + sum(lengths):
        fats += 1
    fat, listed, place = [FAT] * fats + [END], _listed("Root Entry", 5, END, 0, child=1), fats + 1
    for number, (name, body, length) in enumerate(zip(streams, bodies, lengths, strict=True), start=1):
        fat += [*range(place + 1, place + length), END]
        following = number + 1 if number < len(bodies) else FREE
        listed += _listed(name, 2, place, len(body), right=following)
        place += length
    fat += [FREE] * (fats * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    table = struct.pack(f"<{len(fat)}I", *fat)
    whole = b"".join(body.ljust(length * SECTOR, b"\0") for body, length in zip(bodies, lengths, strict=True))
    return head + table + listed.ljust(SECTOR, b"\0") + whole


def xls(*sheets: Sequence[Cell], hidden: Sequence[int] = (), records: bytes = b"", merged: Sequence[Any] = ()) -> bytes:
    """An XLS workbook: sheets of texts, numbers and errors; `records` stand in front of everything else."""
    bodies = [
        _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
        + b"".join(_cell(*cell) for cell in cells)
        + (_record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *m) for m in merged)))
        + _record(0x0A)
        for cells in sheets
    ]
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + records
    names = [f"S{number}".encode() for number in range(len(sheets))]
    size = len(begin) + sum(12 + len(name) for name in names) + 4
    starts = [size + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    for number, (name, start) in enumerate(zip(names, starts, strict=True)):
        begin += _record(0x85, struct.pack("<IBBBB", start, number in hidden, 0, len(name), 0) + name)
    return compound({"Workbook": begin + _record(0x0A) + b"".join(bodies)})


def ods(rows: str, *, manifest: str = "") -> bytes:
    """An ODS workbook with one sheet of these rows, written as its own tags."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return packed({"mimetype": MIMETYPE, "META-INF/manifest.xml": f"<m>{manifest}</m>", "content.xml": content})


def lines(*cells: str) -> str:
    """Rows of an ODS sheet, one cell each."""
    return "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells)


MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def said(text: str) -> str:
    """A cell of an ODS sheet that holds a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A packed file of these parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as book:
        for name, body in parts.items():
            book.writestr(name, body)
    return whole.getvalue()


def xlsx(sheet: str, *, styles: str = "", workbook: str = "") -> bytes:
    """An XLSX workbook with one sheet, its rows written as their own tags."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{rel}">{workbook}<sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
            **({"xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>"} if styles else {}),
        }
    )


def row(number: int, *cells: str) -> str:
    """A row of an XLSX sheet: texts as cells of their own, and tags as they are (`@` stands for their place)."""
    written = []
    for column, cell in zip("ABCDEFGH", cells, strict=False):
        place = f'r="{column}{number}"'
        is_tag = cell.startswith("<c ")
        written.append(cell.replace("@", place) if is_tag else f'<c {place} t="inlineStr"><is><t>{cell}</t></is></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def lying(whole: bytes, part: str, size: int) -> bytes:
    """The same packed file, one part of which says it holds only so many bytes."""
    name = part.encode()
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        length = 30 if mark == b"PK\x03\x04" else 46
        place = whole.find(mark)
        while place >= 0:
            if whole[place + length : place + length + len(name)] == name:
                whole = whole[: place + offset] + struct.pack("<I", size) + whole[place + offset + 4 :]
                break
            place = whole.find(mark, place + 4)
    return whole


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(line: int, column: int, value: Any) -> bytes:
    head = struct.pack("<HHH", line, column, 0)
    if isinstance(value, Error):
        return _record(0x205, head + struct.pack("<BB", value, 1))
    if isinstance(value, str):
        return _record(0x204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, head + struct.pack("<d", value))


def _listed(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    line = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + struct.pack("<III", FREE, right, child)
    return line + bytes(36) + struct.pack("<II", start, size) + bytes(4)
