"""The report of an import: counts that always add up, and every rejection with row, column, code and reason."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
IN_MEMORY = 4_000_000


@dataclass(frozen=True, slots=True)
class Rejection:
    """One reason why one row was not taken; `row` is counted as a spreadsheet shows it, the header being row 1."""

    row: int
    column: str
    code: str
    message: str


@dataclass(slots=True)
class Report:
    """What became of the rows of a file; rejections are kept on disk when there are many."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    _kept: IO[str] | None = None

    def __del__(self) -> None:
        """A report nobody closed is closed with its last reader."""
        self.close()

    @property
    def accepted(self) -> int:
        """Rows that were taken."""
        return self.created + self.updated + self.unchanged

    @property
    def rows(self) -> int:
        """Rows of the file, empty ones aside."""
        return self.accepted + self.rejected

    def accept(self, what: str) -> None:
        """Count a row that was taken as created, updated or unchanged."""
        setattr(self, what, getattr(self, what) + 1)

    def reject(self, *reasons: Rejection) -> None:
        """Count one row that was not taken, with all its reasons."""
        self.rejected += 1
        for reason in reasons:
            row = {"row": reason.row, "column": reason.column, "code": reason.code, "message": reason.message}
            self._lines.write(json.dumps(row, ensure_ascii=False) + "\n")

    @property
    def _lines(self) -> IO[str]:
        if self._kept is None:
            self._kept = SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115  closed with the report
        return self._kept

    def rejections(self) -> Iterator[Rejection]:
        """Tell every rejection, in the order in which they were found."""
        self._lines.seek(0)
        for line in self._lines:
            yield Rejection(**json.loads(line))
        self._lines.seek(0, 2)

    def write(self, path: Path) -> None:
        """Write the report as JSON, row by row, so that a million rejections need no memory."""
        counts = {
            name: getattr(self, name) for name in ("rows", "accepted", "created", "updated", "unchanged", "rejected")
        }
        with path.open("w", encoding="utf-8") as file:
            file.write(json.dumps(counts, ensure_ascii=False, indent=2).removesuffix("\n}"))
            file.write(',\n  "rejections": [')
            self._lines.seek(0)
            for number, line in enumerate(self._lines):
                file.write(("," if number else "") + "\n    " + line.rstrip("\n"))
            self._lines.seek(0, 2)
            file.write(("\n  " if self.rejected else "") + "]\n}\n")

    def close(self) -> None:
        """Let go of what is kept on disk."""
        if self._kept is not None:
            self._kept.close()
