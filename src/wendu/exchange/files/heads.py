"""Where the names of the columns stand: the first row, or below the title that people write above a table."""

from collections.abc import Sequence

from wendu.exchange.files.delimited import is_said
from wendu.exchange.vocabulary import all_names, key_of

LOOKED_AT, SURE, CUSTOM = 20, 2, "custom."


def head_place(rows: Sequence[Sequence[str]]) -> int | None:
    """Say which of the first rows names the columns (0 is the first); nothing when all of them are empty.

    Rows above it are a title only if they are much emptier than it is: a table whose names we do not know keeps its
    first row as its header.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    first = next((place for place, row in enumerate(rows) if filled[place] and not is_said(list(row))), None)
    if first is None:
        return None
    known = [_known(row) for row in rows]
    best = max(range(len(rows)), key=lambda place: known[place])
    if (
        best > first
        and known[best] >= SURE
        and known[best] > known[first]
        and _is_title(filled[first:best], filled[best])
    ):
        return best
    if known[first] == 0 and filled[first] == 1:
        widest = max(filled)
        full = next(place for place in range(first, len(rows)) if filled[place] * 2 > widest)
        return full if widest > SURE else first
    return first


def _known(row: Sequence[str]) -> int:
    names = all_names()
    return len({key_of(cell) for cell in row if key_of(cell) in names or cell.startswith(CUSTOM)})


def _is_title(above: Sequence[int], filled: int) -> bool:
    return all(number * 2 <= filled or number == 1 for number in above)
