"""Bring a table in: short transactions of some rows each, every row accounted for, the coach asked after each batch."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import transaction

from wendu.access.verbs import permit
from wendu.agenda.due import due_row, write_dues
from wendu.coach.actions import CHANGE_RULE, judge_many, judge_new
from wendu.coach.frame import Frame
from wendu.exchange.errors import UnknownKind
from wendu.exchange.findings.agreed import AGREED, AgreedLoader
from wendu.exchange.findings.loader import SORTS, FindingsLoader
from wendu.exchange.keeping import Keeper, NoKeeper, Place
from wendu.exchange.loaders.contracts import ContractsLoader
from wendu.exchange.loaders.customers import CustomersLoader
from wendu.exchange.loaders.deals import OpportunitiesLoader
from wendu.exchange.loaders.orders import OrdersLoader
from wendu.exchange.loaders.own_labels import own_labels
from wendu.exchange.loaders.people import ContactsLoader
from wendu.exchange.loaders.products import ProductsLoader
from wendu.exchange.loaders.receipts import ReceiptsLoader
from wendu.exchange.loaders.subscriptions import SubscriptionsLoader
from wendu.exchange.loaders.touches import TouchesLoader
from wendu.exchange.loaders.users import UsersLoader
from wendu.exchange.maps import ImportMap, load_map
from wendu.exchange.pace import Pace, one_at_a_time
from wendu.exchange.reading import Table, open_table
from wendu.exchange.rejects import Rejects
from wendu.exchange.report import Report
from wendu.exchange.run import UPDATE, Run, Verdict
from wendu.exchange.shaping import Row, Shape
from wendu.exchange.vocabulary import KINDS
from wendu.journal.actions import CUSTOMER
from wendu.kernel.errors import ActionError

LOADERS: dict[str, Any] = {
    "users": UsersLoader,
    "customers": CustomersLoader,
    "contacts": ContactsLoader,
    "touches": TouchesLoader,
    "opportunities": OpportunitiesLoader,
    "orders": OrdersLoader,
    "receipts": ReceiptsLoader,
    "subscriptions": SubscriptionsLoader,
    "contracts": ContractsLoader,
    "products": ProductsLoader,
    **dict.fromkeys(SORTS, FindingsLoader),
    **dict.fromkeys(AGREED, AgreedLoader),
}
JUDGED_AT_ONCE, JUDGED_AT_THE_END = ("customers",), ("touches", "opportunities", "orders")
JUDGED_FIRST = 50
IF_THE_IMPORT_DIES = timedelta(minutes=30)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Waiting:
    """Rows that name a parent which has not come yet."""

    rows: list[tuple[Row, Any]]


def run_import(
    path: Path,
    *,
    kind: str,
    actor: Any,
    at: datetime,
    map_path: Path | None = None,
    by: ImportMap | None = None,
    on_match: str = UPDATE,
    rejects: Path | None = None,
    dry_run: bool = False,
    most_rows: int | None = None,
    progress: Progress | None = None,
    keeper: Keeper | None = None,
    sheet: str = "",
) -> Report:
    """Import a file and report on every row; a file that cannot be read whole is refused before anything is written.

    A map is given as a file (`map_path`) or ready to use (`by`). With `most_rows` only the first rows are looked at.
    A `keeper` remembers how far it is: an import that was stopped goes on there, with its counts and its rejects.
    """
    if kind not in KINDS:
        raise UnknownKind(kind=kind, allowed=", ".join(KINDS))
    permit(actor, "import.users" if kind == "users" else "import.run")
    table = open_table(path, sheet=sheet)
    run = Run(shape_of(path, table, kind=kind, map_path=map_path, by=by), actor, at, on_match)
    keeper = keeper or NoKeeper()
    with ExitStack() as stack:
        if dry_run:
            stack.enter_context(transaction.atomic())
            stack.callback(transaction.set_rollback, True)
        out = stack.enter_context(Rejects(rejects, table.header, keeper.place.rejects)) if rejects else None
        return _Import(run, table, out, progress, keeper).carry_out(most_rows)


def shape_of(
    path: Path, table: Table, *, kind: str, map_path: Path | None = None, by: ImportMap | None = None
) -> Shape:
    """How the rows of a table are read: by a map, given as a file or ready to use, else by the words at their heads."""
    by = load_map(map_path, kind=kind) if map_path else by
    near = [path.parent, *([map_path.parent] if map_path else [])]
    return Shape(kind, table.header, by, near=near, width=table.width, own=own_labels(kind))


def read_rows(
    table: Table, run: Run, loader: Any, *, most: int | None = None, after: int = 0, but: frozenset[int] = frozenset()
) -> Iterator[tuple[Row, Any, list[ActionError]]]:
    """Every row below row `after` and those named in `but`, as its loader reads it, with what speaks against it.

    A loader that counts rows is shown those that are settled, too.
    """
    counts = getattr(loader, "counts_rows", False)
    for number, cells in islice(table.rows(), most):
        is_settled = number <= after and number not in but
        if is_settled and not counts:
            continue
        try:
            row = run.shape.read(number, cells)
            draft, refusals = loader.prepare(row)
            if number in table.faults:
                unusable = run.shape.unusable(table.faults[number])
                named = {refusal.field for refusal in unusable}
                refusals = [*unusable, *(refusal for refusal in refusals if refusal.field not in named)]
        except ActionError as refusal:
            row, draft, refusals = Row(number, cells), None, [refusal]
        if is_settled:
            continue
        yield row, draft, refusals


class _Import:
    """One import under way."""

    def __init__(self, run: Run, table: Table, out: Rejects | None, progress: Progress | None, keeper: Keeper) -> None:
        self.run, self.table, self.progress, self.keeper, self.out = run, table, progress, keeper, out
        place = keeper.place
        self.report = Report(place.created, place.updated, place.unchanged, place.rejected)
        self.after, self.open = place.after, set(place.waiting)
        self.waiting = _Waiting([])
        self.frame = Frame.at(run.at)
        self.pace = Pace()
        self.loader: Any = None
        self.stale: set[int] = set()

    def carry_out(self, most_rows: int | None = None) -> Report:
        """Read, check and write all rows, then those that waited for a parent, until none finds one any more."""
        with transaction.atomic():
            self.loader = LOADERS[self.run.shape.kind](self.run)
        self._take(self._checked(most_rows))
        self._keep_the_end()
        while self.waiting.rows and most_rows is None:
            before, again = len(self.waiting.rows), self.waiting.rows
            self.waiting.rows = []
            self._take(iter(again))
            if len(self.waiting.rows) == before:
                self.run.is_last_pass = True
        self._judge_stale()
        return self.report

    def _checked(self, most_rows: int | None) -> Iterator[tuple[Row, Any]]:
        """Rows that read well, those settled before aside; the others are rejected at once."""
        before = self.after
        rows = read_rows(self.table, self.run, self.loader, most=most_rows, after=before, but=frozenset(self.open))
        for row, draft, refusals in rows:
            self.after = max(self.after, row.number)
            if row.number <= before:
                self.waiting.rows.append((row, draft))
            elif refusals:
                self._reject(row, refusals)
            else:
                yield row, draft

    def _take(self, rows: Iterator[tuple[Row, Any]]) -> None:
        while batch := list(islice(rows, self.pace.size)):
            start = perf_counter()
            with self.keeper.batch():
                verdicts = self._write(batch)
                for (row, draft), verdict in zip(batch, verdicts, strict=True):
                    self._settle(row, draft, verdict)
                self.keeper.keep(self._place())
            self.pace.took(perf_counter() - start)
            if self.progress:
                self.progress(self.report.rows, self.table.count)

    def _keep_the_end(self) -> None:
        """Rows rejected after the last one that was taken are settled, too."""
        with self.keeper.batch():
            self.keeper.keep(self._place())

    def _place(self) -> Place:
        done = self.report
        at = self.out.tell() if self.out else 0
        counts = (done.created, done.updated, done.unchanged, done.rejected)
        return Place(self.after, *counts, at, tuple(sorted(self.open)))

    def _write(self, batch: list[tuple[Row, Any]]) -> list[Verdict]:
        """One short transaction: rows, journal, search and standings stand together or not at all."""
        one_at_a_time()
        verdicts, stale = self.loader.write([row for row, _ in batch], [draft for _, draft in batch])
        if self.run.shape.kind in JUDGED_AT_ONCE:
            judge_new(self.loader.fresh, frame=self.frame)
            if stale:
                judge_many(sorted(stale), frame=self.frame, at=self.run.at)
        elif self.run.shape.kind in JUDGED_AT_THE_END:
            self._note_stale(stale - self.stale)
        elif stale:
            self.loader.index(stale)
        found: list[Verdict] = verdicts
        return found

    def _note_stale(self, customer_ids: set[int]) -> None:
        """Many rows may tell of one customer: judge it once, when all are in; if we die before, the tick does it."""
        self.stale |= customer_ids
        later = self.run.at + IF_THE_IMPORT_DIES
        write_dues(due_row(on=later, rule=CHANGE_RULE, kind=CUSTOMER, subject_id=pk) for pk in sorted(customer_ids))

    def _judge_stale(self) -> None:
        """Judge those that rows told of, as many at once as others can wait for."""
        pace, rest = Pace(JUDGED_FIRST), iter(sorted(self.stale))
        while ids := list(islice(rest, pace.size)):
            start = perf_counter()
            judge_many(ids, frame=self.frame, at=self.run.at)
            pace.took(perf_counter() - start)

    def _settle(self, row: Row, draft: Any, verdict: Verdict) -> None:
        if verdict.waits:
            self.open.add(row.number)
            self.waiting.rows.append((row, draft))
            return
        self.open.discard(row.number)
        if verdict.refusals:
            self._reject(row, verdict.refusals)
        else:
            self.report.accept(verdict.what)

    def _reject(self, row: Row, refusals: Iterable[ActionError]) -> None:
        found = self.run.shape.rejections(row, refusals)
        self.report.reject(*found)
        if self.out:
            self.out.add(row, found)
