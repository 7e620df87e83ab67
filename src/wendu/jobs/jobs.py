"""The jobs room's own machine work."""

from __future__ import annotations

from datetime import timedelta

from wendu.jobs.actions import forget_jobs
from wendu.jobs.delivery import redeliver_lost
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now

KEEP = timedelta(days=90)
KEEP_ROUNDS = timedelta(days=3)


@job("jobs.redeliver", every_minutes=1)
def redeliver(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Hand lost jobs to the queue again."""
    return {"redelivered": redeliver_lost(now())}


@job("jobs.sweep", every_minutes=720)
def sweep(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Drop the rows of jobs that ended long ago."""
    at = now()
    return {"dropped": forget_jobs(before=at - KEEP, scheduled_before=at - KEEP_ROUNDS)}
