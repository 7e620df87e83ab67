"""The tick, as machine work."""

from __future__ import annotations

from wendu.agenda.due import tick
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now


@job("agenda.tick", every_minutes=5)
def agenda_tick(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Carry out all that is due by now."""
    ticked = tick(now())
    return {"done": ticked.done, "failed": ticked.failed}
