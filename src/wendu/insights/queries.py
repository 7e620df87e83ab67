"""Reads of insights; every one about customers starts with who is looking."""

from django.db.models import QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.insights.models import Score, ScoreQuerySet, Study
from wendu.kernel.prepared import prepared_records_of


def latest_study() -> Study | None:
    """The latest look at all orders; none before the first night."""
    return next(iter(_latest()), None)


@prepared_records_of
def _latest() -> QuerySet[Study]:
    return Study.objects.order_by("-on")[:1]


@prepared_records
def score_of_customer(me: Scope, customer_id: int) -> ScoreQuerySet:
    """The score of a customer one sees, if there is one."""
    return Score.objects.visible_to(me).filter(pk=customer_id)
