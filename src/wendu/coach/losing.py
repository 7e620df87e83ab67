"""Closing a deal as lost: the evidence says why, and whoever closes it agrees or says what he knows (method: 3.17).

No loss by hand goes without: one nobody can explain is kept as not diagnosable, with what to find out.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.identity.models import User
from wendu.method.reading import Reading
from wendu.opportunities.actions import Diagnosed, close_opportunity, correct_diagnosis
from wendu.opportunities.choices import LossReason, NoDealCause, Outcome
from wendu.opportunities.models import Closure, Diagnosis, Opportunity

SAID: Mapping[NoDealCause, LossReason] = {
    NoDealCause.NOT_CONVEYED: LossReason.VALUE_NOT_CONVEYED,
    NoDealCause.NO_TRUST: LossReason.NO_TRUST,
    NoDealCause.TOO_LITTLE: LossReason.VALUE_TOO_LOW,
    NoDealCause.CHEAPER: LossReason.CHEAPER_ELSEWHERE,
    NoDealCause.OTHER: LossReason.NO_DECISION,
    NoDealCause.UNKNOWN: LossReason.UNKNOWN,
}
"""What tables and files call the reason of a loss when nobody wrote down what the customer said."""


def cause_of(reading: Reading) -> NoDealCause:
    """The cause a diagnosis came to; none is not diagnosable."""
    return NoDealCause(str(reading.value)) if reading.value else NoDealCause.UNKNOWN


def why_lost(case: DealCase) -> Reading:
    """The diagnosis of a loss; where nothing was ever written down, silence is no evidence that we said nothing."""
    if case.evidence_is_kept:
        return case.cause
    return Reading(None, "not_diagnosable", missing=("evidence", *case.cause.missing))


@transaction.atomic
def lose_opportunity(
    *,
    opportunity: Opportunity,
    closed_on: date,
    cause: NoDealCause,
    actor: User,
    at: datetime,
    why: str = "",
    said: LossReason | str = "",
    rival: str = "",
    note: str = "",
) -> Closure:
    """Close a deal as lost with its diagnosis; `why` is needed where the cause is not the one the evidence gives."""
    permit(actor, "opportunity.close", opportunity)
    return close_opportunity(
        opportunity=opportunity,
        outcome=Outcome.LOST,
        closed_on=closed_on,
        actor=actor,
        at=at,
        reason=said or SAID[cause],
        rival=rival,
        note=note,
        diagnosis=_diagnosed(opportunity, cause, why, at),
    )


@transaction.atomic
def correct_loss(
    *, opportunity: Opportunity, cause: NoDealCause, actor: User, at: datetime, why: str = ""
) -> Diagnosis:
    """See a loss otherwise than at its closing; `why` is needed where the evidence of that day says another cause."""
    permit(actor, "opportunity.close", opportunity)
    return correct_diagnosis(opportunity=opportunity, said=_diagnosed(opportunity, cause, why, at), actor=actor, at=at)


def _diagnosed(opportunity: Opportunity, cause: NoDealCause, why: str, at: datetime) -> Diagnosed:
    reading = why_lost(deal_case(opportunity, Frame.at(at)))
    return Diagnosed(
        cause=cause,
        found=cause_of(reading),
        reasons=[reason.to_json() for reason in reading.reasons],
        missing=reading.missing,
        why=why,
    )
