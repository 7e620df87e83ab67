"""Kill an import at random points, and write beside one: no row is lost or doubled, and nobody waits long.

`python -m wendu.ops.faults_import [ROWS] [KILLS]` does so on a throwaway firm with SQLite and prints the figures: first
an import nobody disturbs while somebody else plans steps, then one whose process is killed again and again.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING

from wendu.ops.bench_files import write_file

if TYPE_CHECKING:
    from wendu.imports.models import Import
    from wendu.jobs.models import Job

ROWS, KILLS, SEED = 20_000, 50, 1
CUSTOMERS = 30
ONE_IN, QUIET_WRITES, BETWEEN_WRITES = 100, 40, 0.1
LONGEST_RESUMPTION, LONGEST_SECONDS = 30.0, 1800.0


@dataclass
class Outcome:
    """What became of the rows, and how long others waited, in seconds."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    half: int = 0
    is_told_right: bool = False
    longest_resumption: float = 0.0
    quiet: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    rate: float = 0.0

    @property
    def holds(self) -> bool:
        """Every row is there once and whole, the report says so, and it went on soon; waits depend on the machine."""
        return not (self.lost or self.doubled or self.half) and self.is_told_right and self.resumes_soon

    @property
    def resumes_soon(self) -> bool:
        """Whether each attempt went on where the one before stopped, soon enough."""
        return self.longest_resumption <= LONGEST_RESUMPTION

    def __str__(self) -> str:
        waits = [f"{1000 * _rank(self.beside, share):.0f}" for share in (0.5, 0.95)]
        alone = [f"{1000 * _rank(self.quiet, share):.0f}" for share in (0.5, 0.95)]
        lines = (
            f"kills {self.kills}",
            f"lost {self.lost}",
            f"doubled {self.doubled}",
            f"half {self.half}",
            "report right" if self.is_told_right else "report WRONG",
            f"longest resumption {self.longest_resumption:.1f} s",
            f"others' writes beside it: p50 {waits[0]} ms, p95 {waits[1]} ms of {len(self.beside)}, aim 200 ms",
            f"alone: p50 {alone[0]} ms, p95 {alone[1]} ms",
            f"{self.rate:,.0f} rows/s of wall as a job, with somebody writing",
        )
        return " · ".join(lines)


def _rank(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


def run(rows: int = ROWS, kills: int = KILLS, seed: int = SEED) -> Outcome:
    """Do both on a throwaway firm; Django must not have started yet."""
    with tempfile.TemporaryDirectory(prefix="wendu-faults-") as folder:
        for name in [name for name in os.environ if name.startswith("WENDU_") or name == "DATABASE_URL"]:
            del os.environ[name]
        os.environ |= {"WENDU_DEMO": "1", "WENDU_DATA_DIR": folder, "WENDU_LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "wendu.config.settings"
        command = [sys.executable, "-m", "wendu.ops.demo", str(CUSTOMERS)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ours
        from wendu.ops.setup import start_django

        start_django()
        outcome = Outcome()
        _write_beside(*_begin(Path(folder) / "undisturbed.csv", rows, first=1), outcome)
        row, job = _begin(Path(folder) / "killed.csv", rows, first=rows + 1)
        _kill(job, kills, random.Random(seed), outcome)  # noqa: S311
        _count(row, job, rows, outcome)
        return outcome


def attempt(job_id: int) -> None:
    """Work on the job until it is done, or until somebody kills us."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.jobs.delivery import perform

    perform(job_id, heartbeat=True)


def _begin(path: Path, rows: int, *, first: int) -> tuple[Import, Job]:
    """Have a file brought in; one row in a hundred names an owner who is not there."""
    from wendu.identity.models import User
    from wendu.imports.actions import TRY, begin_import, keep_file, understand
    from wendu.imports.queries import guess_columns, latest_job
    from wendu.jobs.models import Job
    from wendu.kernel.clock import now

    people = list(User.objects.filter(is_active=True).order_by("pk").values_list("username", flat=True)[:20])
    head, *lines = write_file(path, "customers", rows, people=people).read_text("utf-8").splitlines()
    lines = [f"C{first + place:07},{line.partition(',')[2]}" for place, line in enumerate(lines)]
    lines = [line + "?" * (place % ONE_IN == 0) for place, line in enumerate(lines)]
    admin, at = User.objects.filter(role="admin", is_active=True).earliest("pk"), now()
    whole = "\n".join([head, *lines]).encode()
    row = keep_file(kind="customers", name=path.name, chunks=[whole], actor=admin, at=at)
    columns = {int(place): name for place, name in guess_columns(row.kind, row.header).items()}
    row = understand(row=row, columns=columns, on_match="update", actor=admin, at=at)
    Job.objects.filter(kind=TRY).delete()  # no worker carries tries out here
    row = begin_import(row=row, actor=admin, at=now())
    job = latest_job(row)
    assert job is not None  # noqa: S101  it was just asked for
    return row, job


def _write_beside(_row: Import, job: Job, outcome: Outcome) -> None:
    """Plan steps, first alone, then while a file comes in, and note how long each takes."""
    for _number in range(QUIET_WRITES):
        outcome.quiet.append(_one_write())
    child, begun = _child(job), monotonic()
    while child.poll() is None and monotonic() - begun < LONGEST_SECONDS:
        job.refresh_from_db(fields=["progress"])
        if job.progress:
            outcome.beside.append(_one_write())
        sleep(BETWEEN_WRITES)
    job.refresh_from_db()
    if child.returncode:
        raise RuntimeError("the import ended with an error")
    if job.ended_at and job.started_at:
        outcome.rate = job.progress / (job.ended_at - job.started_at).total_seconds()


def _one_write() -> float:
    from wendu.agenda.actions import plan_step
    from wendu.customers.models import Customer
    from wendu.identity.models import Organisation
    from wendu.kernel.clock import now

    at = now()
    customer = Customer.objects.filter(owner__isnull=False).select_related("owner").earliest("pk")
    on, begun = Organisation.objects.current().today(at), perf_counter()
    plan_step(customer=customer, do="回访", planned_on=on, actor=customer.owner, at=at)
    return perf_counter() - begun


def _kill(job: Job, kills: int, rng: random.Random, outcome: Outcome) -> None:
    """Let attempts begin and kill each at a random moment after it got somewhere; the last one is left in peace."""
    begun = monotonic()
    while monotonic() - begun < LONGEST_SECONDS:
        job.refresh_from_db()
        if not job.is_open:
            return
        type(job).objects.filter(pk=job.pk).update(state="queued")  # what the worker's round does after 20 s
        started, before, child = monotonic(), job.progress, _child(job)
        while child.poll() is None and job.progress == before and monotonic() - started < 2 * LONGEST_RESUMPTION:
            sleep(0.01)
            job.refresh_from_db(fields=["progress"])
        outcome.longest_resumption = max(outcome.longest_resumption, monotonic() - started)
        if outcome.kills >= kills:
            child.wait(LONGEST_SECONDS)
        sleep(rng.uniform(0.0, 0.3))
        if child.poll() is None:
            outcome.kills += 1
            child.kill()
        elif child.returncode:
            raise RuntimeError("an attempt ended by itself, with an error")
        child.wait()


def _count(row: Import, job: Job, rows: int, outcome: Outcome) -> None:
    """Compare what is there with what the file says."""
    from collections import Counter

    from wendu.coach.models import Memory, Standing
    from wendu.customers.models import Customer
    from wendu.journal.models import Entry
    from wendu.search.models import Entry as Found

    wanted = {f"C{rows + 1 + place:07}" for place in range(rows) if place % ONE_IN}
    there = dict(Customer.objects.exclude(external_id="").values_list("pk", "external_id"))
    mine = {pk: number for pk, number in there.items() if number in wanted}
    outcome.lost = len(wanted - set(mine.values()))
    outcome.doubled = sum(times - 1 for times in Counter(mine.values()).values())
    said = Entry.objects.filter(verb="customer.created", at=row.begun_at or row.uploaded_at)
    beside = (
        set(Standing.objects.values_list("pk", flat=True)),
        set(Memory.objects.values_list("pk", flat=True)),
        set(Found.objects.filter(kind="customer").values_list("object_id", flat=True)),
        set(said.values_list("subject_id", flat=True)),
    )
    outcome.half = sum(any(pk not in some for some in beside) for pk in mine)
    outcome.doubled += said.count() - len(mine)
    row.refresh_from_db()
    job.refresh_from_db()
    rejected = rows - len(wanted)
    listed = len(row.rejects.read_text("utf-8-sig").splitlines()) - 1
    counts = {"created": len(wanted), "updated": 0, "unchanged": 0, "rejected": rejected}
    outcome.is_told_right = row.counts == counts and listed == rejected and job.state == "done"


def _child(job: Job) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "wendu.ops.faults_import", "attempt", str(job.pk)])  # noqa: S603  ours


def main(words: list[str]) -> int:
    """Read the command line."""
    if words[:1] == ["attempt"]:
        attempt(int(words[1]))
        return 0
    found = run(*(int(word) for word in words))
    print(found)
    return 0 if found.holds else 1


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        raise SystemExit(main(sys.argv[1:]))
