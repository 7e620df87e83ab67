"""A form over a part of a playbook: its cells as they stand, and what was typed into them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wendu.desk.wording import lang
from wendu.playbooks.paths import value_at
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.labels import CLASSES, OBJECTIVE_OF_A_PLAY, leaf_words
from wendu.web.settings.playbook.layout import Block

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
TONGUES = ("zh", "en")
CARD_LINES, CARD_LISTS = ("name", "motto", "direction"), ("methods", "hard", "soft")
PLAY_TEXTS = ("do", "why", "objective", "fallback", "guard")


@dataclass
class Cell:
    """One box: its place in the playbook, what it is called, what stands in it, and what is wrong with it."""

    path: str
    label: str
    text: str
    kind: str = "number"
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its anchor on the page."""
        return "cell-" + re.sub(r"[^A-Za-z0-9]+", "-", self.path).strip("-")

    @property
    def lines(self) -> int:
        """How tall it is drawn at first."""
        return {"line": 1, "text": 3}.get(self.kind, max(3, self.text.count("\n") + 1))

    @property
    def tongue(self) -> str:
        """The language of its words."""
        return "中文" if self.path.endswith(".zh") else "English"


@dataclass(frozen=True)
class Row:
    """Boxes beside each other under one name."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A titled table of boxes; `heads` name the columns."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def number_sheet(content: Mapping[str, Any], block: Block) -> Sheet:
    """The numbers of a block, as a table of entries or one below the other."""
    found = value_at(content, block.path)
    if not block.is_table:
        names = block.only or tuple(name for name, value in found.items() if _is_number(value))
        cells = (_number(f"{block.path}.{name}", _single(name), found[name]) for name in names)
        return Sheet(str(block.title), (), tuple(Row(cell.label, (cell,)) for cell in cells))
    entries = _entries(found)
    heads = tuple(name for name, value in entries[0][1].items() if _is_number(value))
    rows = tuple(
        Row(
            _entry_name(step, entry),
            tuple(_number(f"{block.path}{step}.{name}", leaf_words(name), entry[name]) for name in heads),
        )
        for step, entry in entries
    )
    return Sheet(str(block.title), tuple(leaf_words(name) for name in heads), rows)


def card_sheets(content: Mapping[str, Any]) -> list[Sheet]:
    """The class cards, each with its words in both languages."""
    return [
        Sheet(
            str(CLASSES.get(name, name)),
            (_("Chinese"), _("English")),
            (
                *(_words(f"classes.{name}.{part}", card[part], "line") for part in CARD_LINES),
                *(_lines(f"classes.{name}.{part}", card[part]) for part in CARD_LISTS),
            ),
        )
        for name, card in content["classes"].items()
    ]


def play_sheets(content: Mapping[str, Any], place: int) -> list[Sheet]:
    """One play and its scripts, in both languages."""
    play, heads = content["plays"][place], (_("Chinese"), _("English"))
    texts = tuple(_words(f"plays[{place}].{part}", play[part], "text") for part in PLAY_TEXTS if play.get(part))
    scripts = tuple(
        _script(f"plays[{place}].scripts[{number}]", script, number, content)
        for number, script in enumerate(play["scripts"])
    )
    return [Sheet(_("Play"), heads, texts), Sheet(_("Scripts"), heads, scripts)]


def fill(sheets: Iterable[Sheet], typed: Mapping[str, str]) -> dict[str, Any]:
    """Take what was typed into the boxes; gives the values it stands for, place by place."""
    values: dict[str, Any] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        for cell in row.cells:
            cell.text = typed.get(cell.path, cell.text).replace("\r\n", "\n").replace("\x00", "")
        if row.cells[0].kind == "lines":
            values |= _paired(row.cells)
        else:
            values |= {cell.path: _read(cell) for cell in row.cells}
    return values


def blame(sheets: Iterable[Sheet], problems: Sequence[Problem]) -> list[str]:
    """Say each problem at its box; gives those that belong to none."""
    cells = {cell.path: cell for cell in all_cells(sheets)}
    rest = []
    for problem in problems:
        words = problem.zh if lang() == "zh" else problem.en
        near = [path for path in cells if _is_about(problem.path, path)]
        if near:
            cells[max(near, key=len)].errors.append(words)
        else:
            rest.append(words if problem.path == "playbook" else f"{problem.path}: {words}")
    return rest


def all_cells(sheets: Iterable[Sheet]) -> Iterator[Cell]:
    """Every box of a form."""
    return (cell for sheet in sheets for row in sheet.rows for cell in row.cells)


def spoken(entry: Any) -> str:
    """Words of the playbook in the reader's language."""
    return str(entry[lang()])


def _is_about(problem: str, path: str) -> bool:
    return problem == path or problem.startswith((f"{_base(path)}[", f"{path}.")) or problem == _base(path)


def for_whom(classes: Iterable[str], markets: Iterable[str], content: Mapping[str, Any]) -> list[str]:
    """Whom a play or a script is for, in words; nothing, if for everybody."""
    known = content["factors"]["market"]
    return [
        *(str(CLASSES.get(each, each)) for each in classes),
        *(spoken(known[each]["name"]) if each in known else each for each in markets),
    ]


def _number(path: str, label: str, value: Any) -> Cell:
    return Cell(path, label, f"{value:g}" if isinstance(value, float) else str(value))


def _words(path: str, value: Mapping[str, str], kind: str) -> Row:
    name = str(OBJECTIVE_OF_A_PLAY) if path.endswith("].objective") else leaf_words(path.rpartition(".")[2])
    return Row(name, tuple(Cell(f"{path}.{tongue}", name, value[tongue], kind) for tongue in TONGUES))


def _lines(path: str, value: Sequence[Mapping[str, str]]) -> Row:
    name = leaf_words(path.rpartition(".")[2])
    texts = {tongue: "\n".join(each[tongue] for each in value) for tongue in TONGUES}
    return Row(name, tuple(Cell(f"{path}.{tongue}", name, texts[tongue], "lines") for tongue in TONGUES))


def _script(path: str, script: Mapping[str, Any], number: int, content: Mapping[str, Any]) -> Row:
    name = _("Script %(n)s") % {"n": number + 1}
    if script["markets"]:
        name = f"{name} · {', '.join(for_whom((), script['markets'], content))}"
    return Row(name, tuple(Cell(f"{path}.{tongue}", name, script[tongue], "text") for tongue in TONGUES))


def _paired(cells: Sequence[Cell]) -> dict[str, Any]:
    zh, en = ([line.strip() for line in cell.text.split("\n") if line.strip()] for cell in cells)
    if len(zh) != len(en):
        words = _("%(zh)s lines in Chinese, %(en)s in English. Give every line its counterpart.")
        cells[0].errors.append(words % {"zh": len(zh), "en": len(en)})
    return {_base(cells[0].path): [{"zh": one, "en": other} for one, other in zip(zh, en, strict=False)]}


def _read(cell: Cell) -> Any:
    if cell.kind != "number":
        return cell.text.strip()
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if not _NUMBER.fullmatch(text):
        cell.errors.append(_("Enter a number, such as 12 or 3.5."))
        return text
    return float(text) if "." in text else int(text)


def _single(name: str) -> str:
    return str(CLASSES[name]) if name in CLASSES else leaf_words(name)


def _entries(found: Any) -> list[tuple[str, Any]]:
    if isinstance(found, list):
        return [(f"[{number}]", entry) for number, entry in enumerate(found)]
    return [(f".{name}", entry) for name, entry in found.items()]


def _entry_name(step: str, entry: Mapping[str, Any]) -> str:
    return spoken(entry["name"]) if "name" in entry else str(CLASSES.get(step[1:], step[1:]))


def _base(path: str) -> str:
    return path.removesuffix(".zh").removesuffix(".en")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
