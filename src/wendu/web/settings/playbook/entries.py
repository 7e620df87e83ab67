"""A list of the playbook in one form: its entries written, added, put in another order and taken out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest

from wendu.playbooks.paths import value_at, with_values
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import Row, Sheet
from wendu.web.settings.playbook.filling import all_cells, blame, fill

Content = Mapping[str, Any]
Pieces = Sequence[Any]
UP, DOWN, WITHOUT = "up", "down", "without"
"""How the buttons beside an entry are called."""


@dataclass(frozen=True)
class Entry:
    """The rows of one entry, which stands at `number` in the list; a new one is not in the playbook yet."""

    number: int
    code: str
    rows: tuple[Row, ...]
    is_new: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was written in it."""
        return all(row.is_empty for row in self.rows)


@dataclass
class EntriesForm:
    """The boxes of the list at `root`; the last entry of `content` is the blank one, if the list is open.

    `trim` takes away from an entry what a form shows and nobody filled in; `day` says by what number the entries
    stand in order, where nobody puts them in one.
    """

    content: Content
    root: str
    sheets: list[Sheet]
    entries: list[Entry]
    trim: Callable[[Any], Any] = lambda piece: piece
    day: Callable[[Any], Any] | None = None
    _standing: list[int] = field(default_factory=list)

    def read(self, request: HttpRequest) -> tuple[Content, Content]:
        """What was typed: the whole list in its order, and what else stands on the form, place by place."""
        typed = {name: str(text) for name, text in request.POST.items()}
        for cell in all_cells(self.sheets):
            cell.text = typed.get(cell.path, cell.text)
        kept = [entry for entry in self.entries if not (entry.is_new and entry.is_empty)]
        ours = {cell.path for entry in self.entries for row in entry.rows for cell in row.cells}
        around = [row for sheet in self.sheets for row in sheet.rows if row.cells[0].path not in ours]
        rows = [*around, *(replace(row, is_new=False) for entry in kept for row in entry.rows)]
        values = fill([Sheet("", (), tuple(rows))], typed)
        whole = value_at(with_values(self.content, values), self.root)
        pieces = {entry.number: self.trim(whole[entry.number]) for entry in kept}
        order = self._ordered(pieces, kept, typed)
        gone = typed.get(WITHOUT, "")
        self._standing = [number for number in order if f"{self.root}.{_code_of(pieces[number])}" != gone]
        apart = {path: value for path, value in values.items() if not path.startswith(f"{self.root}[")}
        return {**apart, self.root: [pieces[number] for number in order]}, {}

    def blame(self, problems: tuple[Problem, ...]) -> list[str]:
        """Say each problem at its box; gives those that belong to none."""
        return blame(all_cells(self.sheets), [self._as_drawn(each) for each in problems], self.content)

    def _ordered(self, pieces: Mapping[int, Any], kept: list[Entry], typed: Mapping[str, str]) -> list[int]:
        day = self.day
        if day is not None:
            return sorted(pieces, key=lambda number: (day(pieces[number]), number))
        places = [f"{self.root}.{entry.code}" for entry in kept]
        moved = shifted(places, up=typed.get(UP, ""), down=typed.get(DOWN, ""))
        return [kept[places.index(place)].number for place in moved]

    def _as_drawn(self, problem: Problem) -> Problem:
        """The same problem at the place where the form shows the entry, which was sorted since."""
        found = re.match(rf"{re.escape(self.root)}\[(\d+)\](.*)", problem.path)
        number = int(found[1]) if found else -1
        if found is None or number >= len(self._standing):
            return problem
        return replace(problem, path=f"{self.root}[{self._standing[number]}]{found[2]}")


def shifted(places: Sequence[str], *, up: str = "", down: str = "") -> list[str]:
    """The places with one moved by one step; at the end of its way it stays."""
    moved = list(places)
    step = -1 if up else 1
    asked = up or down
    if asked in moved:
        was = moved.index(asked)
        to = min(max(was + step, 0), len(moved) - 1)
        moved.insert(to, moved.pop(was))
    return moved


def movable(place: str, number: int, count: int) -> tuple[str, str]:
    """What the buttons up and down move beside an entry among so many; nothing, where there is no way."""
    return place if number else "", place if number < count - 1 else ""


def _code_of(piece: Any) -> str:
    return str(piece["code"])
