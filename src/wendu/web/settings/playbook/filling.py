"""What was typed into the boxes of a form, and what is wrong with it, said at its box."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import YES, Cell, Pick, Row, Sheet, base
from wendu.web.settings.playbook.mending import mended, placed

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


def fill(sheets: Iterable[Sheet], typed: Mapping[str, str]) -> dict[str, Any]:
    """Take what was typed into the boxes; gives the values it stands for, place by place, new rows left out."""
    values: dict[str, Any] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        for cell in row.cells:
            cell.text = typed.get(cell.path, cell.text).replace("\r\n", "\n").replace("\x00", "")
        if not row.is_new:
            values |= _read_row(row)
    return values


def blame(
    boxes: Iterable[Cell | Pick], problems: Sequence[Problem], content: Mapping[str, Any], *, instead: str = ""
) -> list[str]:
    """Say each problem at its box; gives those that belong to none.

    What is wrong with a piece as a whole is said at the box `instead`, if that stands in it.
    """
    known = {box.path: box for box in boxes}
    rest = []
    for problem in problems:
        words = mended(problem, content)
        near = [path for path in known if _is_about(problem.path, path)]
        if not near and instead in known and instead.startswith((f"{problem.path}.", f"{problem.path}[")):
            near = [instead]
        if near:
            known[max(near, key=len)].errors.append(words)
        else:
            rest.append(placed(problem, words, content))
    return rest


def all_cells(sheets: Iterable[Sheet]) -> Iterator[Cell]:
    """Every box of a form."""
    return (cell for sheet in sheets for row in sheet.rows for cell in row.cells)


def all_picks(sheets: Iterable[Sheet]) -> Iterator[Pick]:
    """Everything that may be ticked beside the rows of a form."""
    return (row.pick for sheet in sheets for row in sheet.rows if row.pick is not None)


def _is_about(problem: str, path: str) -> bool:
    return problem in (path, base(path)) or problem.startswith((f"{base(path)}[", f"{path}.", f"{path}["))


def _read_row(row: Row) -> dict[str, Any]:
    if row.is_optional:
        return {row.base: None if row.is_empty else row.words}
    if row.cells[0].kind == "lines":
        return _paired(row.cells)
    return {cell.path: _read(cell) for cell in row.cells}


def _paired(cells: Sequence[Cell]) -> dict[str, Any]:
    zh, en = ([line.strip() for line in cell.text.split("\n") if line.strip()] for cell in cells)
    if len(zh) != len(en):
        words = _("%(zh)s lines in Chinese, %(en)s in English. Give every line its counterpart.")
        cells[0].errors.append(words % {"zh": len(zh), "en": len(en)})
    return {base(cells[0].path): [{"zh": one, "en": other} for one, other in zip(zh, en, strict=False)]}


def _read(cell: Cell) -> Any:
    if cell.kind == "flag":
        return cell.text == YES
    if cell.kind != "number":
        return cell.text.strip()
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if not _NUMBER.fullmatch(text):
        cell.errors.append(_("Enter a number, such as 12 or 3.5."))
        return text
    return float(text) if "." in text else int(text)
