"""What the coach does when nobody acts: a day on which a standing changes has come, or all are rebuilt."""

from datetime import datetime

from wendu.agenda.models import Due
from wendu.coach.actions import judge, recompute
from wendu.coach.frame import Frame
from wendu.customers.models import Customer
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now


def change_standing(due: Due, at: datetime) -> None:
    """Judge a customer anew on the day its standing changes by itself; judged twice it says the same."""
    if Customer.objects.filter(pk=due.subject_id).exists():
        judge(due.subject_id, frame=Frame.at(at), at=at)


@job("coach.recompute")
def recompute_all(run: Run) -> dict[str, int]:
    """Rebuild all standings from the facts."""
    total = Customer.objects.count()
    done = 0
    for reached in recompute(at=now()):
        run.advance(reached - done, total=total)
        done = reached
    return {"customers": done}
