"""What a whole large file costs: brought in by the command, with matching on, seconds, rows a second and peak memory.

`python -m wendu.ops.bench_whole_file [ROWS]` does so on a throwaway firm (SQLite, or the empty database `DATABASE_URL`
names): a CSV of so many customers, the same file once more - which changes nothing -, and an XLSX of a tenth of them.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import xlsxwriter

from wendu.ops.bench_files import write_file

ROWS, IN_A_BOOK = 1_000_000, 10
CUSTOMERS = 30
KILOBYTES = 1024
WENDU = ("-c", "from wendu.ops.cli import main; main()")


class Cost(NamedTuple):
    """Seconds of wall and CPU, and the most memory held, in MB."""

    wall: float
    cpu: float
    peak: int


def run(rows: int = ROWS) -> None:
    """Print a line for each file."""
    with tempfile.TemporaryDirectory(prefix="wendu-bench-") as folder:
        place = Path(folder)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WENDU_")}
        environment |= {"WENDU_DEMO": "1", "WENDU_DATA_DIR": folder, "WENDU_LOG_LEVEL": "ERROR"}
        _carry_out(["-m", "wendu.ops.demo", str(CUSTOMERS)], environment)
        table = write_file(place / "customers.csv", "customers", rows)
        book = _as_book(write_file(place / "others.csv", "customers with people", rows // IN_A_BOOK))
        for name, path, count in (
            ("csv", table, rows),
            ("csv again, unchanged", table, rows),
            ("xlsx, with people", book, rows // IN_A_BOOK),
        ):
            cost = _carry_out([*WENDU, "import", str(path), "--kind", "customers"], environment)
            print(
                f"{name}: {count:,} rows in {cost.wall:.1f} s ({cost.cpu:.1f} s of CPU): "
                f"{count / cost.wall:,.0f} rows/s, {count / cost.cpu:,.0f} rows/s of CPU, peak {cost.peak} MB",
                flush=True,
            )


def _as_book(path: Path) -> Path:
    """The same table as an XLSX; its numbers begin with X, so that they are other customers."""
    book = path.with_suffix(".xlsx")
    with path.open(encoding="utf-8", newline="") as file, xlsxwriter.Workbook(book, {"constant_memory": True}) as out:
        sheet = out.add_worksheet()
        for number, cells in enumerate(csv.reader(file)):
            sheet.write_row(number, 0, [f"X{cells[0]}", f"新{cells[1]}", *cells[2:]] if number else cells)
    return book


def _carry_out(words: list[str], environment: dict[str, str]) -> Cost:
    began = perf_counter()
    with subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL) as child:  # noqa: S603
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{words} ended with {child.returncode}")
    return Cost(perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // KILOBYTES)


if __name__ == "__main__":
    run(*(int(word) for word in sys.argv[1:]))
