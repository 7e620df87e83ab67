"""Trying a file out, bringing it in, taking it back: in batches, each attempt going on where the last one stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from time import monotonic
from typing import Any

from django.utils import translation

from wendu.exchange.importing import run_import
from wendu.exchange.keeping import Place
from wendu.exchange.previewing import preview
from wendu.identity.models import Organisation
from wendu.imports.actions import CARRY, TRY, UNDO, forget_files, map_of
from wendu.imports.models import Import
from wendu.imports.returning import entries_of, take_back
from wendu.insights.choices import STUDY
from wendu.jobs.actions import enqueue
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.journal.choices import Door
from wendu.journal.doors import door
from wendu.kernel.clock import now

TOLD = 20
LONGEST_SECONDS = 12 * 3600
AT_ONCE = 20
SAY_WHAT_WAS_BOUGHT = ("orders", "opportunities")
COUNTS = ("created", "updated", "unchanged", "rejected")


class JobKeeper:
    """Writes the place of an import into the cursor of its job, in the transaction of the rows themselves."""

    def __init__(self, run: Run, rows: int) -> None:
        self._run, self._rows = run, rows
        held = dict(run.cursor.get("place", {}))
        self.place = Place(**{**held, "waiting": tuple(held.get("waiting", ()))}) if held else Place()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """The transaction of one batch; stops here if the job was cancelled or overtaken."""
        with self._run.batch():
            yield

    def keep(self, place: Place) -> None:
        """Note the place and how far that is."""
        done = place.created + place.updated + place.unchanged + place.rejected
        self._run.advance(done - self._run.progress, total=self._rows, cursor={"place": asdict(place)})
        self.place = place


@job(TRY, stalls_allowed=2, most_seconds=LONGEST_SECONDS)
def try_out(run: Run, *, row: int, language: str = "") -> dict[str, Any]:
    """Say what would become of every row, without any of it staying; an attempt that died begins anew."""
    found = Import.objects.select_related("actor").filter(pk=row, begun_at__isnull=True).first()
    if found is None:
        return {}
    with _speaking(language or found.actor.language), door(Door.IMPORT):
        report = preview(
            found.source,
            kind=found.kind,
            actor=found.actor,
            at=now(),
            by=map_of(found),
            on_match=found.on_match,
            sheet=found.sheet,
            progress=_Watch(run),
        )
        reasons = [
            {"row": each.row, "column": each.column, "message": each.message}
            for each in islice(report.rejections(), TOLD)
        ]
    trial = {name: getattr(report, name) for name in ("rows", *COUNTS)} | {"reasons": reasons}
    report.close()
    with run.batch():
        Import.objects.filter(pk=row, begun_at__isnull=True, columns=found.columns).update(trial=trial)
        run.advance(max(0, found.rows - run.progress), total=found.rows)
    return {"rows": trial["rows"]}


class _Watch:
    """Notes how far a try is, once a second, and stops it when it is not wanted any more."""

    def __init__(self, run: Run) -> None:
        self._run, self._told = run, monotonic()

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self._told >= 1:
            self._told = monotonic()
            with self._run.batch():
                self._run.advance(max(0, done - self._run.progress), total=total)


@job(CARRY, most_seconds=LONGEST_SECONDS)
def carry_out(run: Run, *, row: int, language: str = "") -> dict[str, Any]:
    """Bring the whole file in."""
    found = Import.objects.select_related("actor").get(pk=row)
    if found.done_at is not None:
        return dict(found.counts)
    keeper = JobKeeper(run, found.rows)
    with _speaking(language or found.actor.language), door(Door.IMPORT):
        report = run_import(
            found.source,
            kind=found.kind,
            actor=found.actor,
            at=found.begun_at or now(),
            by=map_of(found),
            on_match=found.on_match,
            rejects=found.rejects,
            keeper=keeper,
            sheet=found.sheet,
        )
    report.close()
    counts = {name: getattr(report, name) for name in COUNTS}
    with run.batch():
        Import.objects.filter(pk=row).update(counts=counts, done_at=now())
        _let_orders_be_looked_at(found)
        run.advance()
    return counts


@job(UNDO, most_seconds=LONGEST_SECONDS)
def take_all_back(run: Run, *, row: int) -> dict[str, Any]:
    """Take back, latest first, what nobody worked on since."""
    found = Import.objects.select_related("actor").get(pk=row)
    if found.undone_at is not None:
        return dict(found.returned)
    if run.total is None:
        with run.batch():
            run.advance(total=entries_of(found).count())
    told = {"returned": 0, "kept": 0, **run.cursor}
    while True:
        rest = entries_of(found)
        some = list((rest.filter(pk__lt=told["before"]) if "before" in told else rest)[:AT_ONCE])
        if not some:
            break
        with run.batch():
            for entry in some:
                told["returned" if take_back(found, entry, actor=run.actor or found.actor) else "kept"] += 1
            told["before"] = some[-1].pk
            run.advance(len(some), cursor=told)
    returned = {name: told[name] for name in ("returned", "kept")}
    with run.batch():
        Import.objects.filter(pk=row).update(undone_at=now(), returned=returned)
        _let_orders_be_looked_at(found)
        run.advance()
    return returned


@job("imports.forget", every_minutes=60 * 24)
def forget(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Let go of files that were sent long ago."""
    return {"forgotten": forget_files(at=now())}


def _let_orders_be_looked_at(found: Import) -> None:
    """What a whole file says about buying is worth looking at now, not only tonight."""
    if found.kind in SAY_WHAT_WAS_BOUGHT:
        enqueue(STUDY, actor=found.actor, key=STUDY)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """What is said about the rows is said in the language in which it was asked for."""
    with translation.override(language or Organisation.objects.current().language):
        yield
