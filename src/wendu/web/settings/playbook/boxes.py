"""What a form over a part of a playbook is made of: boxes, things to tick, rows and tables of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TONGUES = ("zh", "en")
YES, NO = "yes", "no"


@dataclass
class Cell:
    """One box: its place in the playbook, what it is called, what stands in it, and what is wrong with it."""

    path: str
    label: str
    text: str
    kind: str = "number"
    errors: list[str] = field(default_factory=list)
    options: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its anchor on the page."""
        return _anchor(self.path)

    @property
    def is_chosen(self) -> bool:
        """One of its options is chosen; otherwise something is written in it."""
        return bool(self.options)

    @property
    def lines(self) -> int:
        """How tall it is drawn at first."""
        return {"line": 1, "text": 3}.get(self.kind, max(3, self.text.count("\n") + 1))

    @property
    def tongue(self) -> str:
        """The language of its words."""
        return "中文" if self.path.endswith(".zh") else "English"


@dataclass
class Pick:
    """What may be ticked under one name, or put in an order (`ranks` boxes, the best first)."""

    path: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: list[str]
    hint: str = ""
    ranks: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its anchor on the page."""
        return _anchor(self.path)

    @property
    def slots(self) -> list[str]:
        """What stands in each box of an order."""
        return [*self.chosen, *[""] * self.ranks][: max(self.ranks, len(self.chosen))]

    def take(self, said: Sequence[str]) -> None:
        """What was ticked: what was there before keeps its order; an order is taken as it was said."""
        known = [code for code, _words in self.options]
        first = said if self.ranks else self.chosen
        self.chosen = [each for each in dict.fromkeys((*first, *known)) if each in said and each in known]


@dataclass(frozen=True)
class Row:
    """Boxes beside each other under one name; `remove` is the piece a button beside it takes out.

    Of an optional row all boxes may be empty; a new row is for something that is not there yet. `up` and `down` are
    the piece that buttons beside it would move, where it may be moved so.
    """

    name: str
    cells: tuple[Cell, ...]
    pick: Pick | None = None
    remove: str = ""
    is_new: bool = False
    is_optional: bool = False
    up: str = ""
    down: str = ""

    @property
    def base(self) -> str:
        """The place of its words, whatever the language."""
        return base(self.cells[0].path)

    @property
    def is_single(self) -> bool:
        """It has one box, where others of its table may have one a language."""
        return len(self.cells) == 1

    @property
    def is_empty(self) -> bool:
        """Nothing was written in it."""
        return not any(cell.text.strip() for cell in self.cells if not cell.is_chosen)

    @property
    def words(self) -> dict[str, str]:
        """Its words by language."""
        return {cell.path.rpartition(".")[2]: cell.text.strip() for cell in self.cells}


@dataclass(frozen=True)
class Sheet:
    """A titled table of boxes; `heads` name the columns.

    One that is a single entry of a list is folded under its title, and its buttons move or take out that entry.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    is_folded: bool = False
    is_new: bool = False
    remove: str = ""
    up: str = ""
    down: str = ""

    @property
    def is_open(self) -> bool:
        """Something is wrong in it, which has to be seen."""
        return any(cell.errors for row in self.rows for cell in row.cells)


def base(path: str) -> str:
    """A place without its language."""
    return path.removesuffix(".zh").removesuffix(".en")


def _anchor(path: str) -> str:
    return "cell-" + re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")
