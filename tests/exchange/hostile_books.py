"""Workbooks as they really come, and those that mean harm."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.exchange import old_books as made
from tests.exchange.hostile import CN, CN_NAMES, Hostile


def book(*sheets: Sequence[Sequence[Any]], hidden: Sequence[int] = (), **options: Any) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True, **options}) as made_book:
        day = made_book.add_format({"num_format": "yyyy-mm-dd"})
        for number, rows in enumerate(sheets):
            sheet = made_book.add_worksheet()
            for line, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(line, column, cell, day)
                    elif cell is not None:
                        sheet.write(line, column, cell)
            if number in hidden:
                sheet.hide()
            else:
                sheet.activate()
    return whole.getvalue()


def _hidden_rows() -> bytes:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as made_book:
        sheet = made_book.add_worksheet()
        for line, name in enumerate(["客户名称", "甲公司", "藏起来的公司"]):
            sheet.write(line, 0, name)
        sheet.set_row(2, None, None, {"hidden": True})
    return whole.getvalue()


def _title_and_merged() -> bytes:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as made_book:
        sheet = made_book.add_worksheet()
        sheet.merge_range("A1:D1", "2026 年联系人一览")
        sheet.write_row(1, 0, ["客户", "联系人", "手机", "职位"])
        sheet.merge_range("A3:A4", "老客户有限公司")
        sheet.write_row(2, 1, ["张三", "13800138000", "厂长"])
        sheet.write_row(3, 1, ["李四", 13900139000, "采购"])
    return whole.getvalue()


def _bomb(size: int) -> bytes:
    """A sheet that is nothing but blanks, packed a thousandfold."""
    whole = io.BytesIO(made.xlsx(made.row(1, "客户名称")))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet2.xml", b" " * size)
    return whole.getvalue()


def _many_parts() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as parts:
        parts.writestr("xl/workbook.xml", "")
        for number in range(2_100):
            parts.writestr(f"x/{number}", "")
    return whole.getvalue()


def _locked_parts() -> bytes:
    whole = bytearray(made.xlsx(made.row(1, "客户名称")))
    place = whole.find(b"PK\x01\x02")
    while place >= 0:
        whole[place + 8] |= 1
        place = whole.find(b"PK\x01\x02", place + 4)
    return bytes(whole)


def _formula(cached: str | None, kind: str = "") -> str:
    value = "" if cached is None else f"<v>{cached}</v>"
    return f"<c @{kind}><f>A1&amp;B1</f>{value}</c>"


HEAD = made.row(1, "客户名称", "备注", "编号")
ZEROS = (
    '<numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
)
LEFT = [["联系人", "客户", "离职日期"], ["王五", "老客户有限公司", date(2026, 1, 31)]]
UNREAD = made.row(1, "客户名称", "foo") + made.row(2, "A", "<c @><f>A1</f></c>")
NO_RESULTS = [
    (2, "客户名称", "cell_not_computed"),
    (3, "备注", "cell_not_computed"),
]
MERGED = [(0, 0, "客户"), (0, 1, "联系人"), (1, 0, "老客户有限公司"), (1, 1, "张三"), (2, 1, "李四")]
BILLION = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
    'office:value="1" table:number-columns-repeated="1000"/></table:table-row>'
)
UNCOMPUTED = '<table:table-cell table:formula="of:=1"/>'
LAUGHS = "<!DOCTYPE a [<!ENTITY b '" + "ha" * 10 + "'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"

BOOKS = [
    Hostile("a workbook called CSV", "a.csv", lambda: book([["name"], ["A"]]), names={"A"}),
    Hostile("text called XLS", "a.xls", CN.replace(",", "\t").encode("gb18030"), names=CN_NAMES),
    Hostile("text called XLSX", "a.xlsx", CN.encode(), refused="broken_workbook"),
    Hostile("a web page called XLS", "a.xls", b"<html><table><tr><td>name</table>", refused="web_page"),
    Hostile("a letter called CSV", "a.csv", b"%PDF-1.7\n", refused="not_a_table"),
    Hostile("some other packed file", "a.xlsx", lambda: made.packed({"word/document.xml": "x"}), refused="not_a_table"),
    Hostile("half a workbook", "a.xlsx", lambda: book([["name"], ["A"]])[:2000], refused="broken_workbook"),
    Hostile("an empty workbook", "a.xlsx", lambda: book([]), refused="empty_file"),
    Hostile("a title and merged cells", "a.xlsx", _title_and_merged, kind="contacts", names={"张三", "李四"}),
    Hostile("hidden rows are rows", "a.xlsx", _hidden_rows, names={"甲公司", "藏起来的公司"}),
    Hostile(
        "a hidden sheet is left aside",
        "a.xlsx",
        lambda: book([["name"], ["H"]], [["name"], ["A"]], hidden=[0]),
        names={"A"},
    ),
    Hostile("an empty sheet first", "a.xlsx", lambda: book([], [["name"], ["A"]]), names={"A"}),
    Hostile(
        "a sheet by its name", "a.xlsx", lambda: book([["name"], ["A"]], [["name"], ["B"]]), names={"B"}, sheet="Sheet2"
    ),
    Hostile("a sheet that is not there", "a.xlsx", lambda: book([["name"], ["A"]]), refused="no_such_sheet", sheet="X"),
    Hostile(
        "days since 1900",
        "a.xlsx",
        lambda: book(LEFT),
        kind="contacts",
        names={"王五"},
        also=(("left_on", date(2026, 1, 31)),),
    ),
    Hostile(
        "days since 1904",
        "a.xlsx",
        lambda: book(LEFT, date_1904=True),
        kind="contacts",
        names={"王五"},
        also=(("left_on", date(2026, 1, 31)),),
    ),
    Hostile(
        "a number shown with zeros",
        "a.xlsx",
        lambda: made.xlsx(HEAD + made.row(2, "A", "x", '<c @ s="1"><v>7</v></c>'), styles=ZEROS),
        names={"A"},
        also=(("external_id", "000007"),),
    ),
    Hostile(
        "a code of more digits than a number keeps",
        "a.xlsx",
        lambda: book([["name", "id"], ["A", 330106199001011234]]),
        rejected=[(2, "id", "broken_code")],
    ),
    Hostile(
        "a formula with its result",
        "a.xlsx",
        lambda: made.xlsx(HEAD + made.row(2, _formula("甲公司", ' t="str"'), _formula("", ' t="str"'))),
        names={"甲公司"},
    ),
    Hostile(
        "a formula without a result",
        "a.xlsx",
        lambda: made.xlsx(HEAD + made.row(2, _formula(None)) + made.row(3, "B", "<c @><f>A3</f><v/></c>")),
        rejected=NO_RESULTS,
    ),
    Hostile("a formula without a result that nobody reads", "a.xlsx", lambda: made.xlsx(UNREAD), names={"A"}),
    Hostile(
        "cells in error",
        "a.xlsx",
        lambda: made.xlsx(HEAD + made.row(2, '<c @ t="e"><f>1/0</f><v>#DIV/0!</v></c>') + made.row(3, "B")),
        names={"B"},
        rejected=[(2, "客户名称", "cell_in_error")],
    ),
    Hostile(
        "a packed bomb",
        "a.xlsx",
        lambda: made.lying(_bomb(1 << 20), "xl/worksheets/sheet2.xml", 210 << 20),
        refused="workbook_too_large",
    ),
    Hostile(
        "a packed bomb that lies",
        "a.xlsx",
        lambda: made.lying(_bomb(30 << 20), "xl/worksheets/sheet2.xml", 1000),
        refused="unsafe_workbook",
    ),
    Hostile("thousands of parts", "a.xlsx", _many_parts, refused="unsafe_workbook"),
    Hostile(
        "a thousand laughs",
        "a.xlsx",
        lambda: made.packed({"xl/workbook.xml": LAUGHS + "<workbook/>"}),
        refused="unsafe_workbook",
    ),
    Hostile(
        "two cells far apart",
        "a.xlsx",
        lambda: made.xlsx(HEAD + '<row r="90000"><c r="XFD90000"><v>1</v></c></row>'),
        refused="workbook_too_large",
    ),
    Hostile(
        "a million rows",
        "a.xlsx",
        lambda: made.xlsx(HEAD + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        refused="workbook_too_large",
    ),
    Hostile("locked parts", "a.xlsx", _locked_parts, refused="protected_file"),
    Hostile(
        "a locked workbook",
        "a.xlsx",
        lambda: made.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        refused="protected_file",
    ),
    Hostile(
        "XLS",
        "a.xls",
        lambda: made.xls([(0, 0, "客户名称"), (0, 1, "编号"), (1, 0, "甲公司"), (1, 1, 13812345678)]),
        names={"甲公司"},
        also=(("external_id", "13812345678"),),
    ),
    Hostile(
        "XLS, a hidden sheet and merged cells",
        "a.xls",
        lambda: made.xls([(0, 0, "客户"), (1, 0, "H")], MERGED, hidden=[0], merged=[(1, 2, 0, 0)]),
        kind="contacts",
        names={"张三", "李四"},
    ),
    Hostile(
        "XLS, a cell in error",
        "a.xls",
        lambda: made.xls([(0, 0, "客户名称"), (1, 0, made.Error(0x2A)), (2, 0, "B")]),
        names={"B"},
        rejected=[(2, "客户名称", "cell_in_error")],
    ),
    Hostile(
        "XLS, locked", "a.xls", lambda: made.xls([(0, 0, "name")], records=b"\x2f\0\2\0\0\0"), refused="protected_file"
    ),
    Hostile(
        "XLS, many sheets of far corners",
        "a.xls",
        lambda: made.xls(*[[(0, 0, "name"), (65_535, 255, 1.0)]] * 40),
        refused="workbook_too_large",
    ),
    Hostile("XLS, broken", "a.xls", lambda: made.xls([(0, 0, "name")])[:700], refused="broken_workbook"),
    Hostile("ODS", "a.ods", lambda: made.ods(made.lines(made.said("客户名称"), made.said("甲公司"))), names={"甲公司"}),
    Hostile(
        "ODS, a formula without a result",
        "a.ods",
        lambda: made.ods(made.lines(made.said("客户名称"), UNCOMPUTED, made.said("B"))),
        names={"B"},
        rejected=[(2, "客户名称", "cell_not_computed")],
    ),
    Hostile("ODS, a cell a billion times", "a.ods", lambda: made.ods(BILLION), refused="workbook_too_large"),
    Hostile(
        "ODS, locked", "a.ods", lambda: made.ods("", manifest="<manifest:encryption-data/>"), refused="protected_file"
    ),
]
