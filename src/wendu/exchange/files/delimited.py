"""Tables of text: which sign parts the cells, and the rows one by one."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wendu.exchange.cells import freed
from wendu.exchange.errors import BrokenTable, CellTooLong

DELIMITERS = ",\t;|"
LOOKED_AT_BYTES, LOOKED_AT_ROWS = 1 << 16, 60
LONGEST_CELL, MILLION = 16_000_000, 1_000_000
_SAID = re.compile(r"\s*\"?sep=(.)\"?\s*")


def sniff_delimiter(path: Path, encoding: str) -> str:
    """Tell the sign that parts most of the first rows into the same number of cells; a line `sep=;` says it itself."""
    with path.open(encoding=encoding, newline="") as file:
        lines = file.read(LOOKED_AT_BYTES).splitlines(keepends=True)
    if lines and (said := _SAID.fullmatch(lines[0])):
        return said[1]
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(DELIMITERS, key=lambda sign: _agreement(lines, sign))


def is_said(cells: list[str]) -> bool:
    """Tell the line that only says which sign parts the cells."""
    return bool(cells) and cells[0].strip().strip('"').startswith("sep=")


def _agreement(lines: list[str], sign: str) -> tuple[int, int]:
    """How many of the first rows have the width most of them have, and that width; one column agrees with nothing."""
    widths: Counter[int] = Counter()
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=sign)):
            if number >= LOOKED_AT_ROWS:
                break
            if len(cells) > 1:
                widths[len(cells)] += 1
    except csv.Error:
        return (0, 0)
    width, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return (times, width)


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
        except csv.Error as wrong:
            if "field limit" in str(wrong):
                raise CellTooLong(row=number + 1, most=LONGEST_CELL // MILLION) from None
            raise BrokenTable(row=number + 1) from None
