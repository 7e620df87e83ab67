"""How a section is written and read: plain lines that anybody can type, and the blocks they stand for.

`# ` begins a heading, `- ` an item, `|` a row of a table whose first row is its head; anything else is a paragraph.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

MOST_COLUMNS = 8
_RULE = re.compile(r"[\s|:-]+")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a section: `heading` and `text` have one line, `items` several, a `table` rows of cells."""

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """The first row of a table."""
        return self.rows[0]

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The other rows of a table."""
        return self.rows[1:]


def blocks(text: str) -> tuple[Block, ...]:
    """Read a section."""
    lines = [fit(line).strip() for line in text.splitlines()]
    found: list[Block] = []
    for kind, some in groupby((line for line in lines if line), key=_kind):
        found += _read(kind, list(some))
    return tuple(found)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; without rows there is none."""
    told = [tuple(cell_of(cell) for cell in row) for row in rows]
    return "\n".join(_row(row) for row in [tuple(head), *told]) if told else ""


def items(lines: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {line}" for line in lines)


def heading(text: str) -> str:
    """Write a heading."""
    return f"# {cell_of(text)}"


def cell_of(text: str) -> str:
    """A text on one line that does not end its cell."""
    return " ".join(text.split()).replace("|", "/")


def fit(text: str) -> str:
    """Without what no document can hold: control characters and halves of characters."""
    return _UNFIT.sub("", text)


def _kind(line: str) -> str:
    if line.startswith("|"):
        return "table"
    if line.startswith(("- ", "· ", "• ")):
        return "items"
    return "heading" if line.startswith("# ") else "text"


def _read(kind: str, lines: list[str]) -> list[Block]:
    if kind == "table":
        return _table(lines)
    if kind == "items":
        return [Block("items", tuple(line[2:].strip() for line in lines))]
    cut = 2 if kind == "heading" else 0
    return [Block(kind, (line[cut:],)) for line in lines]


def _table(lines: list[str]) -> list[Block]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not _RULE.fullmatch(line)]
    if not rows:
        return []
    width = min(MOST_COLUMNS, max(len(row) for row in rows))
    even = tuple(tuple((row + [""] * width)[:width]) for row in rows)
    return [Block("table", rows=even)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
