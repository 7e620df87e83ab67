"""What would become of every row of a file: batches are written and taken back at once, so that nothing stays.

A batch alone does not know what came before it in the file. Rows that others mean - by a number or a name they share,
one that was given up on the way too, or as a parent - are therefore written again in front of those others, and taken
back with them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import transaction

from wendu.access.verbs import permit
from wendu.exchange.importing import LOADERS, Progress, read_rows, run_import, shape_of
from wendu.exchange.keys import KEYS, Key
from wendu.exchange.loaders.deals import OpportunitiesLoader
from wendu.exchange.maps import ImportMap
from wendu.exchange.pace import Pace, one_at_a_time
from wendu.exchange.reading import Table, open_table
from wendu.exchange.rejects import Rejects
from wendu.exchange.report import Report
from wendu.exchange.run import UPDATE, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.kernel.errors import ActionError

Prepared = tuple[Row, Any]


def preview(
    path: Path,
    *,
    kind: str,
    actor: Any,
    at: datetime,
    map_path: Path | None = None,
    by: ImportMap | None = None,
    on_match: str = UPDATE,
    rejects: Path | None = None,
    sheet: str = "",
    progress: Progress | None = None,
) -> Report:
    """Report what an import would do with every row, in short transactions none of which lasts.

    A map is given as for the import, and `rejects` may take the rows that would not be taken. A file of colleagues is
    short and each row may open a team for the next: it is tried in one transaction.
    """
    if kind not in KEYS:
        wishes: dict[str, Any] = {"map_path": map_path, "by": by, "on_match": on_match, "rejects": rejects}
        return run_import(path, kind=kind, actor=actor, at=at, sheet=sheet, dry_run=True, **wishes)
    permit(actor, "import.run")
    table = open_table(path, sheet=sheet)
    shape = shape_of(path, table, kind=kind, map_path=map_path, by=by)
    with Rejects(rejects, table.header) if rejects else nullcontext() as out:
        return _Preview(Run(shape, actor, at, on_match), table, progress, out).carry_out()


class _Preview:
    """One file being tried out."""

    def __init__(self, run: Run, table: Table, progress: Progress | None, out: Rejects | None) -> None:
        self.run, self.table, self.progress, self.out = run, table, progress, out
        self.report, self.pace = Report(), Pace()
        self.keys = KEYS[run.shape.kind]
        with transaction.atomic():  # fields of the company's own that a map defines are not kept either
            self.loader: Any = LOADERS[run.shape.kind](run)
            transaction.set_rollback(True)
        self.meant: set[int] = set()
        self.said = array("q")
        self.kept: dict[Key, list[Prepared]] = {}
        self.waiting: list[Prepared] = []

    def carry_out(self) -> Report:
        """Find out which rows others mean, then try all of them, then those that waited for a parent."""
        self.meant = self._meant()
        self._try_all(self._readable(counts=True))
        while self.waiting:
            again, self.waiting = self.waiting, []
            self._try_all(iter(again))
            self.run.is_last_pass = self.run.is_last_pass or len(self.waiting) == len(again)
        return self.report

    def _readable(self, *, counts: bool) -> Iterator[Prepared]:
        for row, draft, refusals in read_rows(self.table, self.run, self.loader):
            if not refusals:
                yield row, draft
            elif counts:
                self._reject(row, refusals)

    def _meant(self) -> set[int]:
        """What several rows are called, and what is named as a parent: as hashes, for a file may be long.

        `said` keeps what any row is called, for those that get another name on the way.
        """
        seen, meant = set[int](), set[int]()
        for row, draft in self._readable(counts=False):
            own, named = self.keys(row, draft)
            for key in map(hash, own):
                (meant if key in seen else seen).add(key)
            meant.update(map(hash, named))
        self.said = array("q", sorted(seen))
        return meant

    def _try_all(self, rows: Iterator[Prepared]) -> None:
        while batch := list(islice(rows, self.pace.size)):
            start = perf_counter()
            verdicts = self._try(batch)
            former = self.loader.former
            for place, (prepared, verdict) in enumerate(zip(batch, verdicts, strict=True)):
                self._settle(prepared, verdict, former.get(place, ()))
            self.pace.took(perf_counter() - start)
            if self.progress:
                self.progress(self.report.rows, self.table.count)

    def _try(self, batch: Sequence[Prepared]) -> list[Verdict]:
        """Write what the rows of a batch may mean and the batch itself, and take all of it back."""
        with transaction.atomic():
            one_at_a_time()
            before = self._before(batch)
            while before:
                left = [row for row, verdict in zip(before, self._write(before), strict=True) if verdict.waits]
                before = left if len(left) < len(before) else []
            verdicts = self._write(batch)
            transaction.set_rollback(True)
        if isinstance(self.loader, OpportunitiesLoader):
            self.loader.forget()
        return verdicts

    def _write(self, rows: Sequence[Prepared]) -> list[Verdict]:
        verdicts: list[Verdict] = self.loader.write([row for row, _ in rows], [draft for _, draft in rows])[0]
        return verdicts

    def _before(self, batch: Sequence[Prepared]) -> list[Prepared]:
        """The rows of the file, in their order, that these rows may mean, and those that they in turn may mean."""
        found: dict[int, Prepared] = {}
        here = {row.number for row, _ in batch}
        asked = list(batch)
        while asked:
            own, named = self.keys(*asked.pop())
            for row, draft in [each for key in (*own, *named) for each in self.kept.get(key, ())]:
                if row.number not in found and row.number not in here:
                    found[row.number] = (row, draft)
                    asked.append((row, draft))
        return [found[number] for number in sorted(found)]

    def _settle(self, prepared: Prepared, verdict: Verdict, former: Sequence[Key]) -> None:
        row, draft = prepared
        if verdict.waits:
            self.waiting.append(prepared)
        elif verdict.refusals:
            self._reject(row, verdict.refusals)
        else:
            self.report.accept(verdict.what)
            kept = [key for key in self.keys(row, draft)[0] if hash(key) in self.meant]
            for key in (*kept, *(key for key in former if self._is_said(hash(key)))):
                self.kept.setdefault(key, []).append(prepared)

    def _reject(self, row: Row, refusals: Sequence[ActionError]) -> None:
        found = self.run.shape.rejections(row, refusals)
        self.report.reject(*found)
        if self.out:
            self.out.add(row, found)

    def _is_said(self, key: int) -> bool:
        """Whether a row of the file calls something by this, or names it as a parent."""
        place = bisect_left(self.said, key)
        return key in self.meant or (place < len(self.said) and self.said[place] == key)
