"""Tables out: what a person may see, streamed, numbers masked where the role asks for it, no cell ever live."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from wendu.access.verbs import permit
from wendu.exchange.errors import UnknownKind
from wendu.exchange.outgoing.columns import Cells, Column
from wendu.exchange.outgoing.reading import by_key
from wendu.exchange.outgoing.sheets import sheet_for
from wendu.exchange.outgoing.tables import table_of
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.vocabulary import KINDS

Pieces = Iterator[list[Cells]]
Watch = Callable[[int], None]


def run_export(path: Path, *, kind: str, actor: Any, at: datetime, speaks: bool = False) -> int:  # noqa: ARG001
    """Write the whole table of one kind; says how many rows. It `speaks` the active language, or symbols."""
    permit(actor, "export.run")
    if kind not in KINDS:
        raise UnknownKind(kind=kind, allowed=", ".join(KINDS))
    wording = Wording(speaks)
    table = table_of(kind, actor, wording)
    heads = wording.heads(kind, table.columns)
    return write_table(path, table.columns, heads, by_key(table.rows, table.columns))


def write_table(
    path: Path, columns: Sequence[Column], heads: Sequence[str], pieces: Pieces, *, watch: Watch = lambda _rows: None
) -> int:
    """Write a table piece by piece; after each, `watch` hears how many rows there are so far."""
    with sheet_for(path, columns, heads) as sheet:
        for cells in pieces:
            sheet.add(cells)
            watch(sheet.count)
    return sheet.count
