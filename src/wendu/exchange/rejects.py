"""The rows an import did not take, each with its reasons beside it: correct them there and import that file again."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from wendu.exchange.cells import guarded
from wendu.exchange.files.delimited import text_rows
from wendu.exchange.report import Rejection
from wendu.exchange.shaping import Row

ROW, REASON = "_row", "_reason"
BOM = "\ufeff"


class Rejected(NamedTuple):
    """One row that was not taken: its number in the file, why, and its cells as they came."""

    row: str
    why: str
    cells: tuple[str, ...]


def rejected_rows(path: Path) -> Iterator[Rejected]:
    """Read a file of rejects back, row by row."""
    lines = text_rows(path, "utf-8-sig", ",")
    next(lines, None)
    for *cells, row, why in lines:
        yield Rejected(row, why, tuple(cells))


class Rejects:
    """A file of rejected rows; what stands in it beyond `keep` bytes belongs to an attempt that did not count."""

    def __init__(self, path: Path, header: Sequence[str], keep: int = 0) -> None:
        self._header, self._begins = header, not keep
        self._file = path.open("r+" if keep else "w", encoding="utf-8", newline="")
        if keep:
            self._file.seek(keep)
            self._file.truncate()
        self._writer = csv.writer(self._file)

    def __enter__(self) -> Self:
        """Begin with the header, unless an attempt before did."""
        if self._begins:
            self._file.write(BOM)
            self._writer.writerow([guarded(head) for head in (*self._header, ROW, REASON)])
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _wrong: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Close the file, whatever happened."""
        self._file.close()

    def add(self, row: Row, reasons: Iterable[Rejection]) -> None:
        """Note one row as it came, with its number and its reasons."""
        width = len(self._header)
        cells = [*row.cells, *[""] * (width - len(row.cells))][:width]
        why = "; ".join(f"{reason.column}: {reason.message}" if reason.column else reason.message for reason in reasons)
        self._writer.writerow([guarded(cell) for cell in (*cells, str(row.number), why)])

    def tell(self) -> int:
        """How many bytes are written for good."""
        self._file.flush()
        return self._file.tell()
