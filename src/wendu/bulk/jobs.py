"""Carrying a batch out, or back, some customers at a time; each attempt goes on where the one before stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wendu.bulk.actions import AT_ONCE, JOB, UNDO_JOB, change_some, forget_drafts, return_some
from wendu.bulk.models import Batch
from wendu.bulk.queries import counted, done_of, left_over, size_of
from wendu.bulk.telling import tell_back, tell_done
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now

CHUNK = 200
DRAFTS_KEPT = timedelta(days=7)  # a list looked at a week ago is another list today
EVERY_MINUTES = 24 * 60


@job(JOB)
def carry_out(run: Run, *, batch: int) -> dict[str, Any]:
    """Change the customers of a batch in the order of their keys."""
    row = Batch.objects.select_related("actor").get(pk=batch)
    if row.done_at is not None:
        return dict(counted(row))
    after = int(run.cursor.get("after", 0))
    if run.total is None:
        with run.batch():
            run.advance(total=size_of(row, row.moment))
    while keys := left_over(row, after, CHUNK):
        with run.batch():
            change_some(row, keys)
            after = keys[-1]
            run.advance(len(keys), cursor={"after": after})
    with run.batch():
        if Batch.objects.filter(pk=row.pk, done_at__isnull=True).update(done_at=now()):
            tell_done(row, at=now(), is_late=(run.total or 0) > AT_ONCE)
        run.advance()
    return dict(counted(row))


@job(UNDO_JOB)
def take_back(run: Run, *, batch: int) -> dict[str, Any]:
    """Take back what nobody changed since."""
    row = Batch.objects.select_related("actor", "undoing_by").get(pk=batch)
    if row.undone_at is not None:
        return dict(counted(row))
    if run.total is None:
        with run.batch():
            run.advance(total=done_of(row).count())
    while some := list(done_of(row).order_by("pk")[:CHUNK]):
        with run.batch():
            return_some(row, some, now())
            run.advance(len(some))
    with run.batch():
        if Batch.objects.filter(pk=row.pk, undone_at__isnull=True).update(undone_at=now()):
            tell_back(row, at=now())
        run.advance()
    return dict(counted(row))


@job("bulk.forget_drafts", every_minutes=EVERY_MINUTES)
def forget_old_drafts(run: Run) -> dict[str, int]:
    """Drop what was picked long ago and never begun, some at a time, so that nobody waits for the database."""
    forgotten = 0
    while some := forget_drafts(before=now() - DRAFTS_KEPT):
        forgotten += some
        run.check()
    return {"forgotten": forgotten}
