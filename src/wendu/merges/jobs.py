"""Looking for pairs, and letting go of what is kept only as long as a merge may be taken apart."""

from __future__ import annotations

from typing import Any

from wendu.customers.models import Customer
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now
from wendu.merges.actions import KEPT_FOR, forget_traces
from wendu.merges.finding import JOB, compare, crowded_keys, end_scan, forget_keys, give_keys, shared_keys
from wendu.merges.models import Pair, Scan

EVERY_MINUTES = 24 * 60


@job("merges.forget_traces", every_minutes=EVERY_MINUTES)
def forget_old_traces(run: Run) -> dict[str, int]:
    """Drop the traces of merges nobody can take apart any more, some at a time."""
    forgotten = 0
    while some := forget_traces(before=now() - KEPT_FOR):
        forgotten += some
        run.check()
    while forget_keys(DROPPED):
        run.check()
    return {"forgotten": forgotten}


GIVEN, COMPARED, DROPPED = 500, 400, 20_000
LONGEST_SECONDS = 6 * 3600


@job(JOB, most_seconds=LONGEST_SECONDS)
def look_for_pairs(run: Run, *, scan: int) -> dict[str, Any]:
    """Give every customer its keys, then compare who shares one; each attempt goes on where the last one stopped."""
    row = Scan.objects.get(pk=scan)
    if row.done_at is not None:
        return _found(row)
    if run.total is None:
        with run.batch():
            run.advance(total=2 * Customer.objects.standing().count() + 1)
    place = {"member": 0, "given": 0, "key": None, "is_given": False, **run.cursor}
    while not place["is_given"]:
        with run.batch():
            ids = give_keys(run.job_id, place["member"], GIVEN)
            place |= {"member": ids[-1], "given": place["given"] + len(ids)} if ids else {"is_given": True}
            run.advance(len(ids), cursor=place)
    while keys := shared_keys(run.job_id, place["key"], COMPARED):
        with run.batch():
            compare(row, run.job_id, keys)
            place["key"] = keys[-1]
            run.advance(_part_of(place, run), cursor=place)
    Scan.objects.filter(pk=scan).update(crowded=crowded_keys(run.job_id))
    with run.batch():
        end_scan(row, customers=place["given"], at=now())
        run.advance(max(0, (run.total or 0) - run.progress))
    while forget_keys(DROPPED, job_id=run.job_id):
        run.check()
    row.refresh_from_db()
    return _found(row)


def _part_of(place: dict[str, Any], run: Run) -> int:
    """Keys lie evenly over all numbers, so that where one is says how far that is."""
    span = (place["key"] + 2**63) / 2**64
    return max(0, place["given"] + int(span * place["given"]) - run.progress)


def _found(row: Scan) -> dict[str, Any]:
    return {"customers": row.customers, "pairs": Pair.objects.filter(scan=row.pk).count(), "crowded": row.crowded}
