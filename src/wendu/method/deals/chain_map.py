"""Where each person stands on the map of a decision: who reports to whom, drawn as a tree (method: 3.7)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH = 2
"""Columns a person takes, so that a boss can stand in the middle of two."""


class Place(NamedTuple):
    """The first of the columns a person takes, and the row, both from nought."""

    column: int
    row: int


def places(people: Sequence[int], above: Mapping[int, int]) -> dict[int, Place]:
    """A place for each person in order; whoever reports to nobody here stands in the first row, of a round its first.

    Those who report to one stand under him side by side, and he over their middle; no two share a place.
    """
    here = set(people)
    boss_of = {each: boss for each, boss in above.items() if each in here and boss in here and boss != each}
    for each in people:
        if _goes_round(each, boss_of):
            del boss_of[each]
    under = defaultdict[int, list[int]](list)
    for each in people:
        if each in boss_of:
            under[boss_of[each]].append(each)
    found: dict[int, Place] = {}
    column = 0
    for each in people:
        if each not in boss_of:
            column = _put(each, 0, column, under, found)
    return found


def _goes_round(start: int, boss_of: Mapping[int, int]) -> bool:
    met, at = set[int](), boss_of.get(start)
    while at is not None and at not in met:
        if at == start:
            return True
        met.add(at)
        at = boss_of.get(at)
    return False


def _put(person: int, row: int, column: int, under: Mapping[int, Sequence[int]], found: dict[int, Place]) -> int:
    """Put somebody and all below him from a column on; gives the first column that is free after them."""
    below = under.get(person, ())
    if not below:
        found[person] = Place(column, row)
        return column + WIDTH
    end = column
    for each in below:
        end = _put(each, row + 1, end, under, found)
    found[person] = Place((found[below[0]].column + found[below[-1]].column) // 2, row)
    return end
