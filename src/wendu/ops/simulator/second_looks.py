"""Deals of the demo looked at again by their owner: a loss diagnosed anew, one reopened, one set aside."""

from datetime import datetime, timedelta

from wendu.coach.gates import restart_opportunity
from wendu.coach.losing import correct_loss
from wendu.opportunities.actions import pause_opportunity
from wendu.opportunities.choices import NoDealCause, Outcome, Stage
from wendu.opportunities.models import Opportunity
from wendu.ops.simulator.words import table

WAKES_IN = timedelta(days=21)


def look_again(at: datetime) -> int:
    """Correct a diagnosis, reopen a lost deal and pause another; tells how many deals were looked at."""
    owner = Opportunity.objects.filter(title=table("findings")[0]["deal"]).values_list("owner", flat=True).first()
    mine = Opportunity.objects.standing().filter(owner=owner).select_related("customer", "owner")
    ended = mine.filter(closures__outcome=Outcome.LOST, closures__reopened_on__isnull=True).order_by("-pk")
    lost = list(ended.distinct()[:2])
    for deal in lost[:1]:
        _see_otherwise(deal, at)
    for deal in lost[1:]:
        if deal.owner is not None:
            why = "换了采购负责人，愿意重新谈"
            restart_opportunity(opportunity=deal, to_stage=Stage.ST2, actor=deal.owner, at=at, reason=why)
    resting = mine.open().filter(stage__in=(Stage.ST1, Stage.ST2)).order_by("-pk").first()
    if resting is not None and resting.owner is not None:
        on = at.date() + WAKES_IN
        pause_opportunity(opportunity=resting, reason="等明年预算", wake_on=on, actor=resting.owner, at=at)
    return len(lost)


def _see_otherwise(deal: Opportunity, at: datetime) -> None:
    if deal.owner is None:
        return
    for cause, why in (
        (NoDealCause.NO_TRUST, "他们怕我们人手不够，交不出来"),
        (NoDealCause.TOO_LITTLE, "后来厂长说，对手交期快两周"),
    ):
        correct_loss(opportunity=deal, cause=cause, actor=deal.owner, at=at, why=why)
