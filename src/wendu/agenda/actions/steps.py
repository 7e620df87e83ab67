"""A step on its way: planned, done or dropped, opened again, moved, handed on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from wendu.access.verbs import permit
from wendu.agenda.actions.errors import DayIsPast, NothingToDo, StepHasEnded, StepIsOpen
from wendu.agenda.actions.telling import tell_of
from wendu.agenda.choices import StepSource
from wendu.agenda.models import Step
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of

declare("step.planned", "step.done", "step.cancelled", "step.reopened", "step.moved", "step.handed")


@transaction.atomic
def plan_step(
    *,
    customer: Model,
    do: str,
    planned_on: date,
    actor: User | None,
    at: datetime,
    user: User | None = None,
    subject: Model | None = None,
    play: str = "",
    objective: str = "",
    source: str = StepSource.HUMAN,
) -> Step:
    """Plan something to do about a customer on a day, for oneself or for `user`, who is told."""
    permit(actor, "step.plan", customer)
    not_past(planned_on, at)
    if not do.strip():
        raise NothingToDo
    taker = user or actor
    if taker is None:
        raise ValueError("a step planned by the system names the person who takes it")
    about = subject or customer
    step = Step.objects.create(
        user=taker,
        subject_kind=kind_of(about),
        subject_id=about.pk,
        customer_id=customer.pk,
        play=play,
        do=do.strip()[:500],
        objective=objective.strip()[:500],
        planned_on=planned_on,
        source=source,
        author=actor,
        created_at=at,
    )
    after = {"user": taker.pk, "do": step.do, "planned_on": planned_on, "source": source}
    record("step.planned", subject=step, actor=actor, at=at, root=customer, after=after)
    if actor is not None:
        tell_of(step, customer, planned_on, actor=actor, at=at)
    return step


@transaction.atomic
def complete_step(*, step: Step, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Mark a step as done."""
    step = open_step("step.done", step, actor=actor, customer=customer)
    step.done_at = at
    step.save(update_fields=["done_at"])
    record("step.done", subject=step, actor=actor, at=at, after={"do": step.do, "planned_on": step.planned_on})
    return step


@transaction.atomic
def cancel_step(*, step: Step, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Drop a step that makes no sense any more."""
    step = open_step("step.cancel", step, actor=actor, customer=customer)
    step.cancelled_at = at
    step.save(update_fields=["cancelled_at"])
    record("step.cancelled", subject=step, actor=actor, at=at, before={"do": step.do, "planned_on": step.planned_on})
    return step


@transaction.atomic
def reopen_step(*, step: Step, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Have a step be done after all, that was ended by mistake."""
    step = _step_to_change("step.edit", step, actor=actor, customer=customer)
    if step.is_open:
        raise StepIsOpen
    before = {"state": "done" if step.done_at else "cancelled"}
    step.done_at = step.cancelled_at = None
    step.save(update_fields=["done_at", "cancelled_at"])
    record("step.reopened", subject=step, actor=actor, at=at, before=before, after={"do": step.do})
    return step


@transaction.atomic
def move_step(*, step: Step, on: date, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Plan a step for another day."""
    step = open_step("step.edit", step, actor=actor, customer=customer)
    not_past(on, at)
    before = {"planned_on": step.planned_on}
    step.planned_on = on
    step.save(update_fields=["planned_on"])
    record("step.moved", subject=step, actor=actor, at=at, before=before, after={"planned_on": on})
    if customer is not None and actor is not None:
        tell_of(step, customer, on, actor=actor, at=at)
    return step


@transaction.atomic
def hand_step(*, step: Step, user: User, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Let somebody else do what one person had planned."""
    step = open_step("step.edit", step, actor=actor, customer=customer)
    before = {"user": step.user_id}
    step.user = user
    step.save(update_fields=["user"])
    record("step.handed", subject=step, actor=actor, at=at, before=before, after={"user": user.pk, "do": step.do})
    return step


def open_step(verb: str, step: Step, *, actor: User | None, customer: Model | None) -> Step:
    """Ask for the right, lock the step, and refuse one that has ended."""
    step = _step_to_change(verb, step, actor=actor, customer=customer)
    if not step.is_open:
        raise StepHasEnded
    return step


def _step_to_change(verb: str, step: Step, *, actor: User | None, customer: Model | None) -> Step:
    """Ask for the right and lock the step; its own person needs no right on the customer."""
    is_own = actor is not None and step.user_id == actor.pk
    permit(actor, verb, step if is_own or customer is None or customer.pk != step.customer_id else customer)
    found: Step = Step.objects.select_for_update().get(pk=step.pk)
    return found


def not_past(on: date, at: datetime) -> None:
    """Refuse a day that is over."""
    if on < Organisation.objects.current().today(at):
        raise DayIsPast
