"""How many rows of a file come in a second: each table brought into the firm of the bench, then taken back."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from django.db import transaction

from wendu.exchange.importing import run_import
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.ops.bench_figures import Figure
from wendu.ops.bench_files import write_file

AIM = "≥ 10,000 rows/s of CPU:"
TABLES = {"customers": 5000, "contacts": 5000, "opportunities": 5000, "touches": 10_000}


def bring_files() -> Iterator[Figure]:
    """Import a table of each kind in one transaction that is undone at the end, so that the next bench begins alike."""
    people = list(User.objects.filter(is_active=True).order_by("pk").values_list("username", flat=True)[:20])
    with TemporaryDirectory() as folder, transaction.atomic():
        for kind, rows in TABLES.items():
            path = write_file(Path(folder) / f"{kind}.csv", kind, rows, people=people)
            yield _bring(path, kind)
        transaction.set_rollback(True)


def _bring(path: Path, kind: str) -> Figure:
    began, spent = perf_counter(), process_time()
    report = run_import(path, kind=kind, actor=None, at=now())
    wall, cpu = perf_counter() - began, process_time() - spent
    rate = f"{report.rows / cpu:,.0f} rows/s of CPU, {report.rows / wall:,.0f}/s of wall"
    kept = f"{report.rejected:,} of {report.rows:,} rejected" if report.rejected else f"{report.rows:,} rows"
    return Figure(f"import {kind}", AIM, note=f"{rate}, {kept}")
