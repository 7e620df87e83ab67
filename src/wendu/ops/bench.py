"""`wendu bench`: time the budgets of the design on simulated data, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

BASE = 10_000  # customers made up one by one; the rest are copies, see simulator/copies.py
ROOT = Path(__file__).resolve().parents[3]
ROUNDS, WARM_UP = 40, 3
LONG_HISTORY = 3_000
RECOMPUTED = 4_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What one piece of work cost."""

    name: str
    budget: str
    cpu_p50: float | None = None
    cpu_p95: float | None = None
    wall_p50: float | None = None
    wall_p95: float | None = None
    note: str = ""


def run_bench(customers: int = 200_000, database_url: str | None = None) -> None:
    """Measure on the database named, else on SQLite and, where it is installed, on a throwaway PostgreSQL."""
    environment = {
        **os.environ,
        "WENDU_DEMO": "1",
        "WENDU_DATA_DIR": str(_folder(customers)),
        "WENDU_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "wendu.ops.bench", str(customers)]
    database_url = database_url or os.environ.get("DATABASE_URL")
    if database_url:
        _run(command, {**environment, "DATABASE_URL": database_url})
        return
    _run(command, environment)
    helper = ROOT / "scripts" / "postgres"
    if helper.exists() and subprocess.run([helper, "--present"], check=False).returncode == 0:  # noqa: S603  ours
        _run([str(helper), "--durable", *command], environment)
    else:
        print("PostgreSQL 没有安装，只测了 SQLite。 PostgreSQL is not installed; only SQLite was measured.")


def main(customers: int) -> None:
    """Build the data once per size and database, measure, print and write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    seconds = build(customers)
    from wendu.ops.bench_work import figures

    found = figures()
    size = _size()
    built = f"built in {seconds:.0f} s" if seconds else "built before"
    print(f"\n{connection.vendor} · {size['customers']:,} customers · {size['touches']:,} touches · {built}\n")
    print(table(found))
    path = settings.DATA_DIR / f"bench-{connection.vendor}.json"
    report = {
        "database": connection.vendor,
        **size,
        "build_seconds": seconds,
        "figures": [asdict(row) for row in found],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    print(f"\n{path}")


def build(customers: int) -> float:
    """Fill an empty database with so many customers; says how long it took, 0 if it was there."""
    from wendu.kernel.clock import now
    from wendu.ops.simulator import firm, load
    from wendu.ops.simulator.copies import multiply

    if firm.known() is not None:
        return 0.0
    began, at, base = perf_counter(), now(), min(BASE, customers)
    for progress in load.load_demo(base, at=at, firm_for=customers):
        print(f"  {progress.customers:,} customers, {progress.seconds:.0f} s", flush=True)
    for number in multiply(customers // base):
        print(f"  {base * (number + 1):,} customers, {perf_counter() - began:.0f} s", flush=True)
    return perf_counter() - began


def measure(name: str, budget: str, work: Callable[[int], object], *, rounds: int = ROUNDS) -> Figure:
    """Time a piece of work, the first few rounds aside, in milliseconds."""
    cpu, wall = [], []
    for number in range(rounds + WARM_UP):
        began, spent = perf_counter(), process_time()
        work(number)
        if number >= WARM_UP:
            wall.append((perf_counter() - began) * 1000)
            cpu.append((process_time() - spent) * 1000)
    return Figure(name, budget, _rank(cpu, 0.5), _rank(cpu, 0.95), _rank(wall, 0.5), _rank(wall, 0.95))


def table(figures: list[Figure]) -> str:
    """The figures as a table."""
    head = f"{'work':<34}{'cpu p50':>9}{'cpu p95':>9}{'wall p50':>10}{'wall p95':>10}  budget"
    lines = [head, "-" * len(head)]
    for row in figures:
        numbers = "".join(
            f"{'' if value is None else format(value, '.1f'):>{width}}"
            for value, width in ((row.cpu_p50, 9), (row.cpu_p95, 9), (row.wall_p50, 10), (row.wall_p95, 10))
        )
        lines.append(f"{row.name:<34}{numbers}  {row.budget} {row.note}".rstrip())
    return "\n".join(lines)


def _rank(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)


def _size() -> dict[str, int]:
    from wendu.customers.models import Customer
    from wendu.touches.models import Touch

    return {"customers": Customer.objects.count(), "touches": Touch.objects.count()}


def _folder(customers: int) -> Path:
    kept = os.environ.get("WENDU_BENCH_DIR") or str(
        Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "wendu-bench"
    )
    return Path(kept).expanduser() / str(customers)


def _run(command: list[str], environment: dict[str, str]) -> None:
    program = shutil.which(command[0]) or command[0]
    subprocess.run([program, *command[1:]], env=environment, check=True)  # noqa: S603  our own commands


if __name__ == "__main__":
    main(int(sys.argv[1]))
