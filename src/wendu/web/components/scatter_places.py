"""Where the points of the board go: as near to their scores as they can without covering one another.

A quadrant is a sheet of squares, each row a number whose bits are the squares that are taken; a point takes a block of
free squares, looked for row by row outwards from where it belongs.
"""

from functools import lru_cache
from typing import NamedTuple

SQUARE = 5


class Spot(NamedTuple):
    """A point before it is placed: where it belongs, and how much room it takes to the sides, above and below.

    `bare` is the room it takes all around without its name.
    """

    x: float
    y: float
    beside: float
    above: float
    below: float
    bare: float


class Place(NamedTuple):
    """Where a point went, and whether its name found room there, too."""

    x: float
    y: float
    has_name: bool = True


class Field(NamedTuple):
    """The edges of a quadrant."""

    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=512)
def places_of(spots: tuple[Spot, ...], field: Field) -> tuple[Place, ...]:
    """Place points one after the other: whoever comes first stands nearest to where it belongs."""
    wide, high = int((field.right - field.left) // SQUARE), int((field.bottom - field.top) // SQUARE)
    rows = [0] * high
    return tuple([_placed(spot, field, rows, wide) for spot in spots])


def _placed(spot: Spot, field: Field, rows: list[int], wide: int) -> Place:
    """Take the free block nearest to a spot; whose name finds no room goes without it, else points cover each other."""
    named = _block(spot, field, rows, wide)
    if named is not None:
        return named
    nameless = spot._replace(beside=spot.bare, above=spot.bare, below=spot.bare)
    found = _block(nameless, field, rows, wide)
    if found is not None:
        return found._replace(has_name=False)
    x = min(max(spot.x, field.left + spot.bare), field.right - spot.bare)
    y = min(max(spot.y, field.top + spot.bare), field.bottom - spot.bare)
    return Place(x, y, has_name=False)


def _block(spot: Spot, field: Field, rows: list[int], wide: int) -> Place | None:
    width, height = _squares(2 * spot.beside), _squares(spot.above + spot.below)
    column = _kept(int((spot.x - spot.beside - field.left) // SQUARE), wide - width)
    row = _kept(int((spot.y - spot.above - field.top) // SQUARE), len(rows) - height)
    found = _nearest(column, row, (width, height), rows, wide)
    if found is None:
        return None
    column, row = found
    for each in range(row, min(row + height, len(rows))):
        rows[each] |= ((1 << width) - 1) << column
    return Place(field.left + column * SQUARE + spot.beside, field.top + row * SQUARE + spot.above)


def _nearest(column: int, row: int, size: tuple[int, int], rows: list[int], wide: int) -> tuple[int, int] | None:
    """The free block nearest to a square; rows farther away than the best block so far need no look."""
    width, height = size
    best: tuple[int, int] | None = None
    least = float("inf")
    for away in range(len(rows)):
        if away * away >= least:
            break
        for y in {row - away, row + away}:
            if 0 <= y <= len(rows) - height:
                x = _nearest_bit(_free(rows[y : y + height], width, wide), column)
                distance = away * away + (x - column) ** 2 if x is not None else least
                if x is not None and distance < least:
                    best, least = (x, y), distance
    return best


def _free(rows: list[int], width: int, wide: int) -> int:
    """The columns at which a block of this width is free in all of some rows, as bits."""
    taken = 0
    for row in rows:
        taken |= row
    free, run = ~taken & ((1 << wide) - 1), 1
    while run < width and free:
        step = min(run, width - run)
        free &= free >> step
        run += step
    return free


def _nearest_bit(bits: int, column: int) -> int | None:
    """The set bit nearest to a column."""
    below, above = bits & ((2 << column) - 1), bits >> column
    left = below.bit_length() - 1 if below else None
    right = (above & -above).bit_length() - 1 + column if above else None
    if left is None or right is None:
        return left if right is None else right
    return left if column - left <= right - column else right


def _squares(length: float) -> int:
    return max(1, -int(-length // SQUARE))


def _kept(value: int, most: int) -> int:
    return max(0, min(value, most))
