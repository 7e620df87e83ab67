"""`wendu bench`: time the budgets of the design on simulated data, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from wendu.ops.bench_figures import BASE, pace, table

ROOT = Path(__file__).resolve().parents[3]


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
    from wendu.kernel.statistics import count_anew

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    count_anew()
    call_command("collectstatic", interactive=False, verbosity=0)
    seconds = build(customers)
    from wendu.kernel.memory import settle
    from wendu.ops.bench_work import figures

    settle()  # as the server does
    before = pace()
    found = figures()
    paces = (before, pace())
    size = _size()
    built = f"built in {seconds:.0f} s" if seconds else "built before"
    print(f"\n{connection.vendor} · {size['customers']:,} customers · {size['touches']:,} touches · {built}\n")
    print(f"a million additions in Python: {paces[0]} ms before, {paces[1]} ms after\n")
    print(table(found))
    path = settings.DATA_DIR / f"bench-{connection.vendor}.json"
    report = {
        "database": connection.vendor,
        **size,
        "build_seconds": seconds,
        "million_additions_ms": paces,
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
