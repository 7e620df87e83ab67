"""Letting go of what is kept only as long as a merge may be taken apart."""

from __future__ import annotations

from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now
from wendu.merges.actions import KEPT_FOR, forget_traces

EVERY_MINUTES = 24 * 60


@job("merges.forget_traces", every_minutes=EVERY_MINUTES)
def forget_old_traces(run: Run) -> dict[str, int]:
    """Drop the traces of merges nobody can take apart any more, some at a time."""
    forgotten = 0
    while some := forget_traces(before=now() - KEPT_FOR):
        forgotten += some
        run.check()
    return {"forgotten": forgotten}
