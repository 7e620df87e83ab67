"""When letters go out: looked at every few minutes, and handed on, since whatever comes round must be quick."""

from wendu.jobs.actions import enqueue
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now
from wendu.web.letters.morning import readers, send_plans
from wendu.web.letters.telling import mail_notices

PLANS = "letters.plans"


@job("letters.morning", every_minutes=10)
def morning(run: Run) -> dict[str, bool]:  # noqa: ARG001  every body is given its run
    """Have the plans of this morning written, if there is anybody to write to and nobody is at it."""
    at_it = Job.objects.filter(kind=PLANS, state__in=(JobState.QUEUED, JobState.RUNNING)).exists()
    asked = not at_it and bool(readers(now()))
    if asked:
        enqueue(PLANS, actor=None)
    return {"asked": asked}


@job(PLANS, stalls_allowed=2)
def plans(run: Run) -> dict[str, int]:
    """Write everybody's plan of the day."""
    return {"sent": send_plans(run, at=now())}


@job("letters.notices", every_minutes=5)
def notices(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Mail what cannot wait to those who want it by mail."""
    return {"mailed": mail_notices(at=now())}
