"""What a deal takes with it: a customer who said no owes nothing any more of what was agreed for it."""

from datetime import date

from django.db import transaction

from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.opportunities.choices import Outcome
from wendu.touches.choices import CommitmentState
from wendu.touches.models import Commitment

SETTLED, REOPENED, WITH_DEAL = "commitment.settled", "commitment.reopened", "with_deal"


@transaction.atomic
def settle_with_deal(entry: Entry) -> None:
    """Close what the customer agreed to in touches about a deal that was lost; what we promised stays promised."""
    told = entry.after or {}
    if told.get("outcome") != Outcome.LOST:
        return
    closed_on = date.fromisoformat(str(told["closed_on"]))
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("customer", "touch")
    for row in rows.filter(touch__opportunity_id=entry.subject_id, state=CommitmentState.OPEN).order_by("pk"):
        agreed_on = row.touch.touched_on if row.touch else closed_on
        row.state, row.settled_on = CommitmentState.DROPPED, max(closed_on, agreed_on)
        row.save(update_fields=["state", "settled_on"])
        told_of = {"from_on": row.settled_on.isoformat(), "state": row.state, "what": row.what}
        after = {**told_of, WITH_DEAL: entry.subject_id}
        record(SETTLED, subject=row, root=row.customer, actor=entry.actor, at=entry.at, after=after)


@transaction.atomic
def reopen_with_deal(entry: Entry) -> None:
    """Open again what was closed with a deal that goes on after all; what somebody settled by hand stays settled."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("customer")
    for row in rows.filter(touch__opportunity_id=entry.subject_id, state=CommitmentState.DROPPED).order_by("pk"):
        latest = Entry.objects.about("commitment", row.pk).order_by("-pk").first()
        if latest is None or latest.verb != SETTLED or WITH_DEAL not in (latest.after or {}):
            continue
        row.state, row.settled_on = CommitmentState.OPEN, None
        row.save(update_fields=["state", "settled_on"])
        after = {"from_on": row.due_on.isoformat(), "state": row.state, WITH_DEAL: entry.subject_id, "what": row.what}
        record(REOPENED, subject=row, root=row.customer, actor=entry.actor, at=entry.at, after=after)
