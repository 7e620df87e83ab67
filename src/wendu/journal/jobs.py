"""Letting go of what the journal keeps only for a while."""

from __future__ import annotations

from datetime import timedelta

from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.journal.actions import forget_receipts
from wendu.kernel.clock import now

KEPT = timedelta(days=30)  # a phone that logged offline may send its forms weeks later; after that nobody does
EVERY_MINUTES = 24 * 60


@job("journal.forget_receipts", every_minutes=EVERY_MINUTES)
def forget_old_receipts(run: Run) -> dict[str, int]:
    """Drop the receipts of forms sent long ago, some at a time, so that nobody waits for the database."""
    forgotten = 0
    while some := forget_receipts(before=now() - KEPT):
        forgotten += some
        run.check()
    return {"forgotten": forgotten}
