"""How an opportunity ends, and how an end is taken back (method: 2.3 convert, 2.5 state machines).

Won from the signing stage only; lost from any stage before it, with a reason; cancelled once it is being implemented.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line
from wendu.opportunities.actions.diagnosing import Diagnosed, keep_diagnosis, said_of
from wendu.opportunities.actions.stages import BY_JUDGEMENT, LONGEST
from wendu.opportunities.actions.standing import (
    SELLING,
    NotOpen,
    ReasonNeeded,
    checked_day,
    lock,
    place,
    restart_stage,
    standing_closure,
)
from wendu.opportunities.choices import LossReason, Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity

declare("opportunity.closed", "opportunity.reopened", "opportunity.closure_withdrawn")

REOPENED = "reopened"


class NotAtSigning(ActionError):
    """A signature is the end of the signing stage."""

    code = "not_at_signing"
    field = "outcome"
    message = _(
        "An opportunity is won from the stage %(signing)s; this one is at %(stage)s. Move it there first, or confirm "
        "that the stages in between are done."
    )


class LossNeedsReason(ActionError):
    """A loss nobody explains teaches nothing."""

    code = "loss_needs_reason"
    field = "reason"
    message = _("Say why it was lost; choose “Not known” if nobody can tell.")


class NotBeingImplemented(ActionError):
    """Only an order that is being implemented can be cancelled."""

    code = "not_being_implemented"
    field = "outcome"
    message = _("Only a won opportunity in the stage %(stage)s can be cancelled. One not yet won is closed as lost.")


class NotLost(ActionError):
    """Only a lost opportunity is reopened."""

    code = "not_lost"
    message = _("Only a lost opportunity can be reopened; this one is: %(state)s. Resume it if it is paused.")


class NothingToWithdraw(ActionError):
    """An end entered by mistake can be withdrawn while it stands and nothing was built on it."""

    code = "nothing_to_withdraw"
    message = _("There is no end to withdraw, or work has gone on since. Move or reopen the opportunity instead.")


@transaction.atomic
def close_opportunity(
    *,
    opportunity: Opportunity,
    outcome: Outcome,
    closed_on: date,
    actor: User,
    at: datetime,
    reason: LossReason | str = "",
    amount_minor: int | None = None,
    rival: str = "",
    note: str = "",
    through_stages: bool = False,
    diagnosis: Diagnosed | None = None,
) -> Closure:
    """End an opportunity as won, lost or cancelled; `through_stages` passes the stages before signing by judgement.

    A loss by hand brings its diagnosis along (`coach.losing`); one from a file has none.
    """
    permit(actor, "opportunity.close", opportunity)
    state = lock(opportunity)
    before = {"state": state, "stage": opportunity.stage}
    _admit(opportunity, state, outcome, reason=reason, through_stages=through_stages)
    closure = Closure(opportunity=opportunity, closed_by=actor)
    given = {
        "outcome": outcome,
        "closed_on": closed_on,
        "reason": reason if outcome == Outcome.LOST else "",
        "amount_minor": opportunity.amount_minor if amount_minor is None else amount_minor,
        "rival": rival,
        "note": note,
    }
    change = apply_changes(closure, given, writable=tuple(given))
    checked_day(opportunity, closure.closed_on, at=at, field="closed_on")
    if outcome == Outcome.CANCELLED:
        opportunity.closures.filter(reopened_on__isnull=True).update(reopened_on=closure.closed_on)
    if outcome == Outcome.WON:
        _advance_to_implementation(opportunity, on=closure.closed_on, actor=actor)
    closure.save()
    said = keep_diagnosis(closure, diagnosis) if outcome == Outcome.LOST and diagnosis is not None else {}
    after = {"closure": closure.pk, **change.after, **said, "stage": opportunity.stage}
    record("opportunity.closed", subject=opportunity, actor=actor, at=at, before=before, after=after)
    return closure


@transaction.atomic
def reopen_opportunity(
    *, opportunity: Opportunity, actor: User, at: datetime, to_stage: Stage | None = None, reason: str = ""
) -> Opportunity:
    """Take up a lost opportunity again, at one of the first two stages."""
    permit(actor, "opportunity.reopen", opportunity)
    why = tidy_line(reason)
    if len(why) > LONGEST:
        raise ReasonNeeded
    state = lock(opportunity)
    closure = standing_closure(opportunity)
    if state != State.LOST or closure is None:
        raise NotLost(state=state.label)
    stage = restart_stage(opportunity, to_stage)
    today = Organisation.objects.current().today(at)
    before = {"state": state, "stage": opportunity.stage, "closed_on": plain(closure.closed_on)}
    closure.reopened_on = today
    closure.save(update_fields=["reopened_on"])
    place(opportunity, stage, on=today, actor=actor, reason=why or REOPENED)
    after = {"stage": stage, "reopened_on": plain(today), **({"reason": why} if why else {})}
    record("opportunity.reopened", subject=opportunity, actor=actor, at=at, before=before, after=after)
    return opportunity


@transaction.atomic
def withdraw_closure(*, opportunity: Opportunity, actor: User, at: datetime) -> Opportunity:
    """Take back an end that was entered by mistake: it never happened, only the journal remembers."""
    permit(actor, "opportunity.close", opportunity)
    lock(opportunity)
    closure = standing_closure(opportunity)
    if closure is None or closure.outcome == Outcome.CANCELLED or opportunity.stage == Stage.ST6:
        raise NothingToWithdraw
    before = {
        name: plain(getattr(closure, name))
        for name in ("outcome", "closed_on", "reason", "amount_minor", "rival", "note")
    }
    before |= said_of(closure)
    if closure.outcome == Outcome.WON:
        today = Organisation.objects.current().today(at)
        place(opportunity, Stage.ST4, on=today, actor=actor, reason="withdrawn")
    closure.delete()
    after = {"stage": opportunity.stage}
    record("opportunity.closure_withdrawn", subject=opportunity, actor=actor, at=at, before=before, after=after)
    return opportunity


def _admit(
    opportunity: Opportunity, state: State, outcome: Outcome, *, reason: LossReason | str, through_stages: bool
) -> None:
    stage = Stage(opportunity.stage)
    if outcome == Outcome.CANCELLED:
        if state != State.WON or stage != Stage.ST5:
            raise NotBeingImplemented(stage=Stage.ST5.label)
        return
    if state != State.OPEN:
        raise NotOpen(state=state.label)
    if outcome == Outcome.WON and stage != Stage.ST4 and not through_stages:
        raise NotAtSigning(signing=Stage.ST4.label, stage=stage.label)
    if outcome == Outcome.LOST and not reason:
        raise LossNeedsReason


def _advance_to_implementation(opportunity: Opportunity, *, on: date, actor: User) -> None:
    for stage in SELLING[SELLING.index(Stage(opportunity.stage)) + 1 :]:
        place(opportunity, stage, on=on, actor=actor, reason=BY_JUDGEMENT)
    place(opportunity, Stage.ST5, on=on, actor=actor, reason="won")
