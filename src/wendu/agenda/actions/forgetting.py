"""What goes with a thing that is removed for good."""

from wendu.agenda.models import Due, Snooze, Step
from wendu.journal.actions import CUSTOMER


def forget_about(kind: str, ids: list[int]) -> int:
    """Drop steps, rests and due rows of things that are removed for good."""
    gone = sum(rows.filter(subject_kind=kind, subject_id__in=ids).delete()[0] for rows in (Step.objects, Due.objects))
    if kind == CUSTOMER:
        gone += sum(rows.filter(customer_id__in=ids).delete()[0] for rows in (Step.objects, Snooze.objects))
    return gone
