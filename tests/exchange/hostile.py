"""Tables of text as they really come: one maker each, and what has to become of their rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

CN = "客户名称,备注\n桐庐精工有限公司,常来往\n惠山铸造厂,去年认识\n"
CN_NAMES = {"桐庐精工有限公司", "惠山铸造厂"}
TW = "客戶名稱,備註\n臺北機械股份有限公司,負責人很忙\n高雄貿易行,去年認識的\n"
TW_NAMES = {"臺北機械股份有限公司", "高雄貿易行"}
JP = "name,note\n株式会社さくら,東京のお客さま\n山田製作所,よろしくお願いします\n"
ASCII_NAMES = {*(f"Company {number}" for number in range(200)), "宁波海天塑机"}
JP_NAMES = {"株式会社さくら", "山田製作所"}


@dataclass(frozen=True)
class Hostile:
    """A file and its fate: refused whole for a reason, or so many rows, these names, and these rejections."""

    says: str
    name: str
    content: bytes | Callable[[], bytes]
    refused: str = ""
    names: set[str] = field(default_factory=set)
    rejected: Sequence[tuple[int, str, str]] = ()
    kind: str = "customers"
    also: tuple[tuple[str, Any], ...] = ()
    sheet: str = ""

    def bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def _gb_row_among_ascii() -> bytes:
    lines = [b"name,note"] + [f"Company {number},plain".encode() for number in range(200)]
    return b"\n".join([*lines[:150], "宁波海天塑机,常来往".encode("gb18030"), *lines[150:]]) + b"\n"


ENCODINGS = [
    Hostile(f"Chinese in {code}", "a.csv", CN.encode(code), names=CN_NAMES)
    for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk")
] + [
    Hostile("UTF-16 big end first with its mark", "a.csv", b"\xfe\xff" + CN.encode("utf-16-be"), names=CN_NAMES),
    Hostile("Traditional Chinese in Big5", "a.csv", TW.encode("big5"), names=TW_NAMES),
    Hostile("Traditional Chinese in UTF-8", "a.csv", TW.encode(), names=TW_NAMES),
    Hostile("Traditional Chinese in GB18030", "a.csv", TW.encode("gb18030"), names=TW_NAMES),
    Hostile("Japanese in Shift-JIS", "a.csv", JP.encode("shift_jis"), names=JP_NAMES),
    Hostile("German in Windows-1252", "a.csv", "name;note\nMüller GmbH;grün\n".encode("cp1252"), names={"Müller GmbH"}),
    Hostile("Arabic, from right to left", "a.csv", "name\nشركة النور\n".encode(), names={"شركة النور"}),
    Hostile("a smiling face", "a.csv", "name\n笑脸公司😀\n".encode(), names={"笑脸公司😀"}),
    Hostile("a smiling face in GB18030", "a.csv", "名称\n笑脸有限公司😀\n".encode("gb18030"), names={"笑脸有限公司😀"}),
    Hostile("one row of GB18030 among 200 of ASCII", "a.csv", _gb_row_among_ascii, names=ASCII_NAMES),
    Hostile("rare signs in GB18030", "a.csv", "name\n祎喆镕堃\n".encode("gb18030"), names={"祎喆镕堃"}),
    Hostile("two bytes that read as Unicode, too", "a.csv", b"name\n" + "赢".encode("gbk") + b"\n", names={"赢"}),
    Hostile("French in UTF-8", "a.csv", "name\nJosé & Père\n".encode(), names={"José & Père"}),
    Hostile(
        "a line of GB18030 in UTF-8", "a.csv", CN.encode() + "宁波海天\n".encode("gb18030"), refused="mixed_encodings"
    ),
    Hostile("no text at all", "a.csv", bytes(range(256)) * 4, refused="unreadable_encoding"),
    Hostile("UTF-16 cut in the middle of a sign", "a.csv", CN.encode("utf-16")[:-1], refused="unreadable_encoding"),
]
TABLES = [
    Hostile("semicolons", "a.csv", CN.replace(",", ";").encode(), names=CN_NAMES),
    Hostile("tabs under the wrong name", "a.csv", CN.replace(",", "\t").encode(), names=CN_NAMES),
    Hostile("bars", "a.txt", CN.replace(",", "|").encode(), names=CN_NAMES),
    Hostile("a line that says its delimiter", "a.csv", b"sep=;\nname;note\nA;x,y,z\n", names={"A"}),
    Hostile("commas in texts, semicolons between", "a.csv", b"name;note\nA;a,b,c\nB;d,e,f\n", names={"A", "B"}),
    Hostile(
        "quotes and line ends in a cell", "a.csv", b'name,note\n"A ""one""","x\r\ny"\nB,\n', names={'A "one"', "B"}
    ),
    Hostile("line ends of three systems", "a.csv", b"name,note\r\nA,1\rB,2\nC,3", names={"A", "B", "C"}),
    Hostile("a quote that never closes", "a.csv", b'name,note\nA,"x\nB,\n', refused="broken_table"),
    Hostile("NUL in one row", "a.csv", b"name,note\nA,x\0y\nB,\n", names={"B"}, rejected=[(2, "note", "no_text_sign")]),
    Hostile("NUL in a column nobody reads", "a.csv", b"name,foo\nA,x\0y\n", names={"A"}),
    Hostile("short rows", "a.csv", b"name,note,city\nA\nB,x\n", names={"A", "B"}),
    Hostile("a row too long", "a.csv", b"name,note\nA,x,y\nB,\n", names={"B"}, rejected=[(2, "", "too_many_cells")]),
    Hostile("a row of empty cells too long", "a.csv", b"name,note\nA,x,,,\n", names={"A"}),
    Hostile("one name twice: the first that is filled counts", "a.csv", b"name,city,city\nA,,X\n", names={"A"}),
    Hostile("columns without a name", "a.csv", b"name,,,\nA,x,y\n", names={"A"}),
    Hostile("a title above the table", "a.csv", ("2026 年客户名单\n\n" + CN).encode(), names=CN_NAMES),
    Hostile("a title and a date above", "a.csv", ("客户名单,\n制表,2026-01-02\n" + CN).encode(), refused="no_header"),
    Hostile("names nobody knows", "a.csv", b"foo,bar\nA,x\n", refused="no_header"),
    Hostile("names without the one that is needed", "a.csv", "省,市\n江苏,苏州\n".encode(), refused="column_missing"),
    Hostile("nothing", "a.csv", b"", refused="empty_file"),
    Hostile("nothing but blank lines", "a.csv", b"\n \n,,\n", refused="empty_file"),
    Hostile("nothing but a mark", "a.csv", b"\xef\xbb\xbf", refused="empty_file"),
    Hostile("a header alone", "a.csv", b"name,note\n"),
    Hostile(
        "the error of a spreadsheet",
        "a.csv",
        b"name,note\n#N/A,x\nB,\n",
        names={"B"},
        rejected=[(2, "name", "cell_in_error")],
    ),
    Hostile(
        "a code a spreadsheet cut short",
        "a.csv",
        b"id,name\n6.92E+12,A\n007,B\n",
        names={"B"},
        rejected=[(2, "id", "broken_code")],
        also=(("external_id", "007"),),
    ),
    Hostile(
        "a phone a spreadsheet cut short",
        "a.csv",
        b"name,mobile\nA,1.38E+10\n",
        rejected=[(2, "mobile", "broken_phone")],
    ),
    Hostile("a note of a million signs", "a.csv", lambda: b"name,note\nA," + b"x" * 1_000_000 + b"\n", names={"A"}),
    Hostile(
        "a name of a million signs",
        "a.csv",
        lambda: b"name\n" + b"x" * 1_000_000 + b"\nB\n",
        names={"B"},
        rejected=[(2, "name", "bad_value")],
    ),
    Hostile(
        "a cell without end", "a.csv", lambda: b"name,note\nA," + b"x" * 16_500_000 + b"\n", refused="cell_too_long"
    ),
    Hostile("a million columns", "a.csv", lambda: b"name," + b"c," * 1_000_000 + b"x\nA\n", refused="too_wide"),
    Hostile("a million empty columns", "a.csv", lambda: b"name" + b"," * 1_000_000 + b"\nA\n", names={"A"}),
]
