"""The tables of the forms of a draft: numbers, class cards, and what everything is called."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wendu.playbooks.paths import value_at
from wendu.web.settings.playbook.boxes import NO, TONGUES, YES, Cell, Row, Sheet
from wendu.web.settings.playbook.labels import CLASSES, leaf_words
from wendu.web.settings.playbook.layout import BOOK, NAMED, Block
from wendu.web.settings.playbook.speaking import spoken

CHOICES = {"default_tier": "cadence.tiers", "unknown_class": "plan.class_share"}
"""Codes chosen among the entries of a part, by the last step of their place."""
CARD_LINES, CARD_LISTS = ("name", "motto", "direction"), ("methods", "hard", "soft")


def number_sheet(content: Mapping[str, Any], block: Block) -> Sheet:
    """The numbers of a block, as a table of entries or one below the other."""
    found = value_at(content, block.path)
    if not block.is_table:
        names = block.only or tuple(name for name, value in found.items() if _is_number(value) or name in CHOICES)
        cells = (_cell(content, f"{block.path}.{name}", _single(name), found[name]) for name in names)
        return Sheet(str(block.title), (), tuple(Row(cell.label, (cell,)) for cell in cells))
    entries = _entries(found)
    heads = block.only or tuple(name for name, value in entries[0][1].items() if _is_number(value))
    rows = tuple(
        Row(
            _entry_name(step, entry),
            tuple(_cell(content, f"{block.path}{step}.{name}", leaf_words(name), entry[name]) for name in heads),
        )
        for step, entry in entries
    )
    return Sheet(str(block.title), tuple(leaf_words(name) for name in heads), rows)


def card_sheets(content: Mapping[str, Any]) -> list[Sheet]:
    """The class cards, each with its words in both languages."""
    return [
        Sheet(
            str(CLASSES.get(name, name)),
            tongue_heads(),
            (
                *(_words(f"classes.{name}.{part}", card[part], "line") for part in CARD_LINES),
                *(_lines(f"classes.{name}.{part}", card[part]) for part in CARD_LISTS),
            ),
        )
        for name, card in content["classes"].items()
    ]


def name_sheets(content: Mapping[str, Any], fresh: str) -> list[Sheet]:
    """What the playbook and its entries are called; `fresh` is the code a new trade would have."""
    book = (_words("name", content["name"], "line"), _words("about", content["about"], "text"))
    return [Sheet(str(BOOK), tongue_heads(), book), *(_names(content, block, fresh) for block in NAMED)]


def tongues(path: str, label: str, value: Mapping[str, str], kind: str) -> tuple[Cell, ...]:
    """The same words in every language, each in its box."""
    return tuple(Cell(f"{path}.{tongue}", label, value[tongue], kind) for tongue in TONGUES)


def tongue_heads() -> tuple[str, str]:
    """What stands above words in both languages."""
    return _("Chinese"), _("English")


def _names(content: Mapping[str, Any], block: Block, fresh: str) -> Sheet:
    rows = []
    for step, entry in _entries(value_at(content, block.path)):
        name, place = spoken(entry["name"]), f"{block.path}{step}"
        cells = tongues(f"{place}.name", name, entry["name"], "line")
        rows.append(Row(name, cells, remove=place if block.is_open else ""))
    if block.is_open:
        name, empty = _("Another one"), dict.fromkeys(TONGUES, "")
        rows.append(Row(name, tongues(f"{block.path}.{fresh}.name", name, empty, "line"), is_new=True))
    return Sheet(str(block.title), tongue_heads(), tuple(rows))


def _cell(content: Mapping[str, Any], path: str, label: str, value: Any) -> Cell:
    """A box for a number, or a list to choose from."""
    if isinstance(value, bool):
        return Cell(path, label, YES if value else NO, "flag", options=((YES, _("yes")), (NO, _("no"))))
    if isinstance(value, str):
        options = tuple((code, _called(code, entry)) for code, entry in value_at(content, CHOICES[_leaf(path)]).items())
        return Cell(path, label, value, "choice", options=options)
    return Cell(path, label, f"{value:g}" if isinstance(value, float) else str(value))


def _words(path: str, value: Mapping[str, str], kind: str) -> Row:
    name = leaf_words(_leaf(path))
    return Row(name, tongues(path, name, value, kind))


def _lines(path: str, value: Sequence[Mapping[str, str]]) -> Row:
    name = leaf_words(_leaf(path))
    texts = {tongue: "\n".join(each[tongue] for each in value) for tongue in TONGUES}
    return Row(name, tongues(path, name, texts, "lines"))


def _single(name: str) -> str:
    return str(CLASSES[name]) if name in CLASSES else leaf_words(name)


def _entries(found: Any) -> list[tuple[str, Any]]:
    if isinstance(found, list):
        return [(f"[{number}]", entry) for number, entry in enumerate(found)]
    return [(f".{name}", entry) for name, entry in found.items()]


def _entry_name(step: str, entry: Mapping[str, Any]) -> str:
    return _called(step[1:], entry)


def _called(code: str, entry: Any) -> str:
    known = isinstance(entry, Mapping) and "name" in entry
    return spoken(entry["name"]) if known else str(CLASSES.get(code, code))


def _leaf(path: str) -> str:
    return path.rpartition(".")[2]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
