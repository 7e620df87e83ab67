"""How many rows a second go out: the list of customers as an executive's table, and the touches of the whole firm."""

from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from wendu.exchange.exporting import write_table
from wendu.exchange.outgoing.reading import in_order
from wendu.exchange.outgoing.wording import Wording
from wendu.exports.choices import Columns
from wendu.exports.keys import Keys
from wendu.exports.lists import listed
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.ops.bench_figures import Figure

AIM = "≥ 50,000 rows/s:"
TABLES = (
    ("customers", Columns.SHOWN, ".csv"),
    ("customers", Columns.ALL, ".csv"),
    ("contacts", Columns.ALL, ".csv"),
    ("touches", Columns.ALL, ".csv"),
    ("customers", Columns.SHOWN, ".xlsx"),
)
KILOBYTES = 1024


def take_out(user: User) -> Iterator[Figure]:
    """Write a table of each kind as its job does, from the keys of the list to the file."""
    with TemporaryDirectory() as folder:
        for kind, columns, ending in TABLES:
            yield _take(Path(folder) / f"table{ending}", kind, columns, user)


def _take(path: Path, kind: str, columns: str, user: User) -> Figure:
    began, spent = perf_counter(), process_time()
    found = listed(kind, "sort=heat", columns, user=user, at=now())
    keys = Keys.write(path.with_suffix(".keys"), found.in_order())
    heads = Wording(speaks=True).heads(kind, found.columns)
    rows = write_table(path, found.columns, heads, in_order(found.rows, found.columns, keys))
    wall, cpu = perf_counter() - began, process_time() - spent
    most = getrusage(RUSAGE_SELF).ru_maxrss // KILOBYTES
    note = f"{rows / cpu:,.0f} rows/s of CPU, {rows / wall:,.0f}/s of wall, {rows:,} rows, process at most {most} MB"
    return Figure(f"export {kind}, {columns}, {path.suffix[1:]}", AIM, note=note)
