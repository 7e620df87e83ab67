"""What the coach does when nobody acts: a day on which a standing changes has come, or all are rebuilt."""

from datetime import datetime

from wendu.agenda.models import Due
from wendu.coach.actions import judge, judge_next
from wendu.coach.frame import Frame
from wendu.coach.models import Preview
from wendu.coach.preview import PREVIEW, finish_preview, foresee_next
from wendu.customers.models import Customer
from wendu.jobs.actions import enqueue
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.journal.models import Entry
from wendu.kernel.clock import now

RECOMPUTE = "coach.recompute"
JUDGED_BY = {"organisation.edited": {"time_zone", "currency"}, "solution.described": {"cycle_days"}}
"""Of what was written, what customers are judged by."""


def change_standing(due: Due, at: datetime) -> None:
    """Judge a customer anew on the day its standing changes by itself; judged twice it says the same."""
    if Customer.objects.filter(pk=due.subject_id).exists():
        judge(due.subject_id, frame=Frame.at(at), at=at)


def rebuild_all(entry: Entry) -> None:
    """What all are judged by has changed: have them judged anew, unless nobody is there or it is asked for already."""
    judged_by = JUDGED_BY.get(entry.verb)
    if judged_by is not None and not judged_by & set(entry.after or {}):
        return
    waits = Job.objects.filter(kind=RECOMPUTE, state=JobState.QUEUED).exists()
    if not waits and Customer.objects.exists():
        enqueue(RECOMPUTE, actor=None)


@job(RECOMPUTE, most_seconds=6 * 3600)
def recompute_all(run: Run) -> dict[str, int]:
    """Rebuild all standings from the facts; stopped on the way, it goes on behind the last customer judged."""
    total = Customer.objects.count()
    while True:
        with run.batch():
            ids = judge_next(run.cursor.get("after", 0), at=now())
            if not ids:
                return {"customers": run.progress}
            run.advance(len(ids), total=total, cursor={"after": ids[-1]})


@job(PREVIEW, most_seconds=6 * 3600)
def preview(run: Run, *, preview: int) -> dict[str, int]:
    """Work out what a draft would do, customer by customer; a draft written on meanwhile is not worth finishing."""
    total = Customer.objects.count()
    while True:
        with run.batch():
            row = Preview.objects.select_related("pack").filter(pk=preview).first()
            if row is None or row.revision != row.pack.revision:
                return {"customers": run.progress}
            ids = foresee_next(row, run.cursor.get("after", 0), at=now())
            if not ids:
                finish_preview(row, customers=run.progress, at=now())
                return {"customers": run.progress}
            run.advance(len(ids), total=total, cursor={"after": ids[-1]})
