"""Moving a deal on by its evidence, or without it by a judgement that is kept, shown and expires (method: 2.3, U7)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import can, permit
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.identity.models import User
from wendu.journal.choices import Door
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError
from wendu.method.deals.gates import Gate
from wendu.opportunities.actions import (
    NotLost,
    NotPaused,
    close_opportunity,
    move_stage,
    reopen_opportunity,
    restart_stage,
    resume_opportunity,
    state_of,
)
from wendu.opportunities.choices import Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity
from wendu.readings.actions import end_override, set_override
from wendu.readings.models import Override

GATE = "gate."
"""Under this code and the stage an override of a gate is kept about its deal."""
BY_HAND = (Door.WEB, Door.API)
SIGNED = "signed"


class GateClosed(ActionError):
    """A deal does not move on by hope."""

    code = "gate_closed"
    field = "reason"
    message = _(
        "Evidence missing before %(stage)s: %(count)s. Get it, or say why you move on without; your manager sees it."
    )


class SignedUnproven(ActionError):
    """A signature without its evidence is told of, by whoever got it."""

    code = "signed_unproven"
    field = "note"
    message = _(
        "Evidence missing before the signature: %(count)s. Say why it was signed all the same; your manager sees it."
    )


class Unfit(ActionError):
    """What does not do the job is not sold."""

    code = "unfit"
    field = "note"
    message = _(
        "They must have something the product cannot do, or cannot use it well. Only your manager can sign for that, "
        "with a reason; or agree with them on a request we can meet."
    )


@transaction.atomic
def advance_stage(
    *, opportunity: Opportunity, to_stage: Stage, actor: User, at: datetime, reason: str = ""
) -> Opportunity:
    """Move a deal to another stage; one stage on needs its gate met, or a reason that is kept as an override."""
    permit(actor, "opportunity.move", opportunity)
    missing = _missing(opportunity, to_stage, at)
    if missing and not reason.strip():
        raise GateClosed(count=len(missing), stage=to_stage.label)
    stage = opportunity.stage
    moved = move_stage(opportunity=opportunity, to_stage=to_stage, actor=actor, at=at, reason=reason)
    if missing:
        _keep(opportunity, stage, missing, reason=reason, actor=actor, at=at)
    return moved


@transaction.atomic
def restart_opportunity(
    *, opportunity: Opportunity, to_stage: Stage, actor: User, at: datetime, reason: str = ""
) -> Opportunity:
    """Take up a lost deal again; the second stage needs the gate before it met, or a reason kept as an override."""
    permit(actor, "opportunity.reopen", opportunity)
    state = state_of(opportunity)
    if state != State.LOST:
        raise NotLost(state=state.label)
    return _taken_up(reopen_opportunity, opportunity, to_stage, actor=actor, at=at, reason=reason)


@transaction.atomic
def wake_opportunity(
    *, opportunity: Opportunity, to_stage: Stage, actor: User, at: datetime, reason: str = ""
) -> Opportunity:
    """Take up a paused deal by hand; the second stage needs the gate before it met, or a reason kept as an override."""
    permit(actor, "opportunity.resume", opportunity)
    state = state_of(opportunity)
    if state != State.PAUSED:
        raise NotPaused(state=state.label)
    return _taken_up(resume_opportunity, opportunity, to_stage, actor=actor, at=at, reason=reason)


def _taken_up(
    take_up: Callable[..., Opportunity],
    opportunity: Opportunity,
    to_stage: Stage,
    *,
    actor: User,
    at: datetime,
    reason: str,
) -> Opportunity:
    stage = restart_stage(opportunity, to_stage)
    missing = [item.code for item in entry_gate(deal_case(opportunity, Frame.at(at)), stage).open_items]
    if missing and not reason.strip():
        raise GateClosed(count=len(missing), stage=stage.label)
    opened = take_up(opportunity=opportunity, to_stage=stage, actor=actor, at=at, reason=reason)
    if missing:
        _keep(opportunity, _before(stage), missing, reason=reason, actor=actor, at=at)
    return opened


def entry_gate(case: DealCase, stage: str) -> Gate:
    """The gate a deal passes on its way into a stage; the first stage asks for nothing."""
    return case.gate_of(_before(stage))


def _before(stage: str) -> str:
    earlier = [each.value for each in Stage if each.value < stage]
    return earlier[-1] if earlier else ""


@transaction.atomic
def win_opportunity(
    *,
    opportunity: Opportunity,
    closed_on: date,
    actor: User,
    at: datetime,
    amount_minor: int | None = None,
    note: str = "",
) -> Closure:
    """Close a deal as signed; where a gate was never met, the note says why it was signed all the same."""
    permit(actor, "opportunity.close", opportunity)
    case = deal_case(opportunity, Frame.at(at))
    _refuse_unfit(case, actor)
    missing = unproven_points(case)
    if missing and not note.strip():
        raise SignedUnproven(count=len(missing))
    return close_opportunity(
        opportunity=opportunity,
        outcome=Outcome.WON,
        closed_on=closed_on,
        actor=actor,
        at=at,
        amount_minor=amount_minor,
        note=note,
        through_stages=True,
    )


def unproven_points(case: DealCase) -> list[str]:
    """What no gate of the deal has evidence for."""
    return [item.code for gate in case.gates for item in gate.open_items]


def note_unproven_win(entry: Entry) -> None:
    """A deal signed by hand although its gates were not met: written down for the manager, inside the transaction."""
    said: Mapping[str, Any] = entry.after or {}
    if said.get("outcome") != Outcome.WON or entry.door not in BY_HAND or entry.actor is None:
        return
    deal = Opportunity.objects.select_related("customer").get(pk=entry.subject_id)
    case = deal_case(deal, Frame.at(entry.at))
    _refuse_unfit(case, entry.actor)
    missing = unproven_points(case)
    if missing:
        reason = str(said.get("note") or SIGNED)
        _keep(deal, SIGNED, missing, reason=reason, actor=entry.actor, at=entry.at)


def forget_unproven_win(entry: Entry) -> None:
    """A win taken back was never signed: nothing of it is left for the manager to look at."""
    deal = Opportunity.objects.select_related("customer").get(pk=entry.subject_id)
    kept = Override.objects.about(deal).filter(code=f"{GATE}{SIGNED}", ended_at__isnull=True).first()
    if kept is not None:
        end_override(override=kept, subject=deal, actor=None, at=entry.at, root=deal.customer)


def _refuse_unfit(case: DealCase, actor: User) -> None:
    if case.fit.band == "unfit" and not can(actor, "opportunity.overrule", case.deal):
        raise Unfit


def _missing(opportunity: Opportunity, to_stage: Stage, at: datetime) -> list[str]:
    """The open points of the gate before the next stage; a step back has no gate."""
    stages = list(Stage)
    if stages.index(to_stage) <= stages.index(Stage(opportunity.stage)):
        return []
    case = deal_case(opportunity, Frame.at(at))
    return [item.code for item in case.gate_of(opportunity.stage).open_items]


def _keep(deal: Opportunity, stage: str, missing: list[str], *, reason: str, actor: User, at: datetime) -> None:
    set_override(
        subject=deal, code=f"{GATE}{stage}", value=missing, reason=reason, actor=actor, at=at, root=deal.customer
    )
