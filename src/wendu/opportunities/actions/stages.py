"""Moves along the stages: forward one at a time, back with a reason (method: 2.3 convert).

The gates between the stages are asked by `coach.gates`, which knows the evidence. Whoever calls this alone, as files
and history do, moves forward by a person's judgement, and it is kept as such.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line
from wendu.opportunities.actions.standing import SELLING, NotOpen, ReasonNeeded, lock, place
from wendu.opportunities.choices import Stage, State
from wendu.opportunities.models import Opportunity

declare("opportunity.moved")

BY_JUDGEMENT = "by_judgement"
LONGEST = 300
AFTER_WINNING = (Stage.ST5, Stage.ST6)


class NotNextStage(ActionError):
    """Stages are not skipped, and the signature lies between selling and implementing."""

    code = "not_next_stage"
    field = "to_stage"
    message = _("From %(stage)s an opportunity can move to: %(allowed)s. Move one stage at a time.")


@transaction.atomic
def move_stage(
    *, opportunity: Opportunity, to_stage: Stage, actor: User, at: datetime, reason: str = ""
) -> Opportunity:
    """Move an opportunity to the next stage by judgement, or back to any earlier one with a reason."""
    permit(actor, "opportunity.move", opportunity)
    state = lock(opportunity)
    lane = _lane(state)
    from_stage, target = Stage(opportunity.stage), _known(to_stage, lane, opportunity)
    is_forward = lane.index(target) > lane.index(from_stage)
    why = tidy_line(reason)
    if len(why) > LONGEST or not (why or is_forward):
        raise ReasonNeeded
    today = Organisation.objects.current().today(at)
    place(opportunity, target, on=today, actor=actor, reason=why or BY_JUDGEMENT)
    record(
        "opportunity.moved",
        subject=opportunity,
        actor=actor,
        at=at,
        before={"stage": from_stage},
        after={"stage": target, "reason": why, "basis": BY_JUDGEMENT if is_forward else "reason"},
    )
    return opportunity


def selling_steps(stage: Stage) -> tuple[Stage, ...]:
    """Where an open opportunity may go from a stage: back to any earlier one, or one on."""
    return _steps(stage, SELLING)


def _steps(stage: Stage, lane: tuple[Stage, ...]) -> tuple[Stage, ...]:
    here = lane.index(stage)
    return (*lane[:here], *lane[here + 1 : here + 2])


def _lane(state: State) -> tuple[Stage, ...]:
    if state == State.OPEN:
        return SELLING
    if state == State.WON:
        return AFTER_WINNING
    raise NotOpen(state=state.label)


def _known(to_stage: Stage, lane: tuple[Stage, ...], opportunity: Opportunity) -> Stage:
    allowed = _steps(Stage(opportunity.stage), lane)
    if to_stage not in allowed:
        names = ", ".join(str(stage.label) for stage in allowed)
        raise NotNextStage(stage=Stage(opportunity.stage).label, allowed=names)
    return Stage(to_stage)
