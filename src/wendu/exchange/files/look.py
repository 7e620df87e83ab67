"""What a look at a sheet finds before it is read: cells we may not use, and cells that stand for others."""

from dataclasses import dataclass, field

from wendu.exchange.errors import WorkbookTooLarge

MOST_ROWS, MOST_CELLS = 100_000, 6_000_000
NOT_COMPUTED = ""


@dataclass(slots=True)
class Look:
    """One sheet: its faults by row and column, numbers shown with leading zeros, and cells merged with the one above.

    Places count from 0. A fault is the error that stands there, or empty for a formula that has no result.
    `padded` is how many digits a number shows, `below` how many rows below it a cell stands for as well.
    """

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)
    below: dict[tuple[int, int], int] = field(default_factory=dict)


def refuse_large(rows: int, columns: int) -> None:
    """Refuse a sheet whose first and last cell lie so far apart that what is between them fills the memory."""
    if rows > MOST_ROWS + 1 or rows * columns > MOST_CELLS:
        raise WorkbookTooLarge(rows=rows, size=rows * columns >> 16)
