"""Pieces of a playbook that come and go as a whole: a play, a script of a play, a trade.

A place is written with names, never with numbers: `plays.strike_a`, `plays.strike_a.scripts.s2`,
`factors.industry.food`.
"""

import copy
from collections.abc import Mapping
from typing import Any

from wendu.playbooks.paths import NAMES, NoSuchPlace

Content = Mapping[str, Any]


def piece_at(content: Content, place: str) -> Any:
    """What stands at a place; None where nothing does."""
    found: Any = content
    for step in place.split("."):
        found = _entry(found, step)
        if found is None:
            return None
    return found


def without_piece(content: Content, place: str) -> dict[str, Any]:
    """The same content with a piece taken out."""
    changed, around, name = _opened(content, place)
    piece = _entry(around, name)
    if piece is None:
        raise NoSuchPlace(place)
    if isinstance(around, list):
        around.remove(piece)
    else:
        del around[name]
    return changed


def with_piece(content: Content, place: str, piece: Any, *, after: str = "") -> dict[str, Any]:
    """The same content with a piece put in: behind the one of this name, else at the end."""
    changed, around, name = _opened(content, place)
    if _entry(around, name) is not None:
        raise NoSuchPlace(place)
    if isinstance(around, list):
        before = _entry(around, after) if after else None
        around.insert(around.index(before) + 1 if before is not None else len(around), copy.deepcopy(piece))
    else:
        around[name] = copy.deepcopy(piece)
    return changed


def name_before(content: Content, place: str) -> str:
    """The name of the piece in front of this one; nothing for the first, and where there is no order."""
    way, _dot, name = place.rpartition(".")
    around = piece_at(content, way)
    if not isinstance(around, list):
        return ""
    number = around.index(_entry(around, name))
    return str(_name_of(around[number - 1])) if number else ""


def _opened(content: Content, place: str) -> tuple[dict[str, Any], Any, str]:
    changed = copy.deepcopy(dict(content))
    way, _dot, name = place.rpartition(".")
    around = piece_at(changed, way) if way else None
    if not name or not isinstance(around, list | dict):
        raise NoSuchPlace(place)
    return changed, around, name


def _entry(around: Any, name: str) -> Any:
    if isinstance(around, Mapping):
        return around.get(name)
    if isinstance(around, list):
        return next((each for each in around if isinstance(each, Mapping) and _name_of(each) == name), None)
    return None


def _name_of(entry: Mapping[str, Any]) -> Any:
    return next((entry[name] for name in NAMES if name in entry), None)
