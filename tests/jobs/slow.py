"""A job that takes its time, to be killed in the middle."""

from time import sleep

from wendu.identity.models import Team
from wendu.jobs.registry import job
from wendu.jobs.run import Run

STEPS = 400


@job("test.slow")
def slowly(run: Run) -> dict[str, int]:
    """Write one row per step, each in its own batch."""
    for step in range(run.cursor.get("step", 0), STEPS):
        with run.batch():
            Team.objects.create(name=f"step {step}", path=f"/{step}/")
            sleep(0.01)
            run.advance(1, total=STEPS, cursor={"step": step + 1})
    return {"made": STEPS}
