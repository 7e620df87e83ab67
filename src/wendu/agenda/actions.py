"""What a person plans, puts off and is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.choices import StepSource
from wendu.agenda.models import Due, Notification, Snooze, Step
from wendu.agenda.wishes import Wish, wishes_of
from wendu.identity.models import Organisation, User
from wendu.journal.actions import CUSTOMER, record
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError

declare(
    "step.planned",
    "step.done",
    "step.cancelled",
    "step.reopened",
    "step.moved",
    "step.snoozed",
    "step.unsnoozed",
    "step.handed",
)

EVERYTHING = Wish(in_app=True, by_mail=False)  # of what nobody can choose yet


class StepHasEnded(ActionError):
    """What is done or cancelled cannot be changed."""

    code = "step_has_ended"
    message = _("This step is already done or cancelled. Reload the page.")


class StepIsOpen(ActionError):
    """What still has to be done is not opened again."""

    code = "step_is_open"
    message = _("This step is still to be done. Reload the page.")


class DayIsPast(ActionError):
    """Nothing can be planned for yesterday."""

    code = "day_is_past"
    message = _("This day is over. Choose today or a later day.")
    field = "on"


class NothingToDo(ActionError):
    """A step must say what to do."""

    code = "step_says_nothing"
    message = _("Say what is to be done.")
    field = "do"


class NotSnoozed(ActionError):
    """Nothing is put off."""

    code = "not_snoozed"
    message = _("This customer is not put off any more. Reload the page.")


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
    _not_past(planned_on, at)
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
        _tell_of(step, customer, planned_on, actor=actor, at=at)
    return step


@transaction.atomic
def complete_step(*, step: Step, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Mark a step as done."""
    step = _open_step("step.done", step, actor=actor, customer=customer)
    step.done_at = at
    step.save(update_fields=["done_at"])
    record("step.done", subject=step, actor=actor, at=at, after={"do": step.do, "planned_on": step.planned_on})
    return step


@transaction.atomic
def cancel_step(*, step: Step, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Drop a step that makes no sense any more."""
    step = _open_step("step.cancel", step, actor=actor, customer=customer)
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
    step = _open_step("step.edit", step, actor=actor, customer=customer)
    _not_past(on, at)
    before = {"planned_on": step.planned_on}
    step.planned_on = on
    step.save(update_fields=["planned_on"])
    record("step.moved", subject=step, actor=actor, at=at, before=before, after={"planned_on": on})
    if customer is not None and actor is not None:
        _tell_of(step, customer, on, actor=actor, at=at)
    return step


@transaction.atomic
def hand_step(*, step: Step, user: User, actor: User | None, at: datetime, customer: Model | None = None) -> Step:
    """Let somebody else do what one person had planned."""
    step = _open_step("step.edit", step, actor=actor, customer=customer)
    before = {"user": step.user_id}
    step.user = user
    step.save(update_fields=["user"])
    record("step.handed", subject=step, actor=actor, at=at, before=before, after={"user": user.pk, "do": step.do})
    return step


@transaction.atomic
def snooze(
    *, customer: Model, until_on: date, actor: User, at: datetime, reason: str = "", user: User | None = None
) -> Snooze:
    """Keep a customer out of a plan until a day, one's own or that of `user`; a later word replaces an earlier one.

    Who is planned for by somebody else is told.
    """
    permit(actor, "step.snooze", customer)
    whose = _whose_plan(actor, user)
    _not_past(until_on, at)
    standing = Snooze.objects.filter(user=whose, customer_id=customer.pk, ended_at__isnull=True)
    before = standing.values_list("until_on", flat=True).first()
    standing.update(ended_at=at)
    row = Snooze.objects.create(
        user=whose, customer_id=customer.pk, until_on=until_on, reason=reason.strip()[:300], created_at=at
    )
    after = {"until_on": until_on, "reason": row.reason}
    record("step.snoozed", subject=row, actor=actor, at=at, root=customer, before={"until_on": before}, after=after)
    _tell_of(row, customer, until_on, actor=actor, at=at)
    return row


@transaction.atomic
def undo_snooze(*, customer: Model, actor: User, at: datetime, user: User | None = None) -> None:
    """Take a customer back into a plan, one's own or that of `user`, who then need not be told any more."""
    permit(actor, "step.snooze", customer)
    whose = _whose_plan(actor, user)
    standing = Snooze.objects.select_for_update().filter(user=whose, customer_id=customer.pk, ended_at__isnull=True)
    row = standing.first()
    if row is None:
        raise NotSnoozed
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record("step.unsnoozed", subject=row, actor=actor, at=at, root=customer, before={"until_on": row.until_on})
    Notification.objects.of(whose).unread().filter(key=_told_key(row)).delete()


def notify(
    *,
    user: User,
    code: str,
    at: datetime,
    params: Mapping[str, Any] | None = None,
    customer_uuid: UUID | None = None,
    key: str = "",
) -> None:
    """Tell a person something; with a key they are told only once, however often a job is repeated."""
    row = Notification(user=user, code=code, at=at, params=dict(params or {}), customer_uuid=customer_uuid, key=key)
    notify_many([row])


def notify_many(rows: Iterable[Notification]) -> None:
    """Tell many people many things, as far as they want to hear of it; the same person and key is told once."""
    told = list(rows)
    wishes = wishes_of(list(User.objects.filter(pk__in={row.user_id for row in told})))
    for row in told:
        wish = wishes[row.user_id].get(row.code, EVERYTHING)
        row.in_app, row.mail_due = wish.in_app, wish.by_mail
    wanted = [row for row in told if row.in_app or row.mail_due]
    Notification.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def mark_read(*, actor: User, at: datetime, notification: Notification | None = None) -> int:
    """Mark one notification, or all of one's own, as read; says how many were unread."""
    if notification is not None:
        permit(actor, "notification.read", notification)
    unread = Notification.objects.of(actor).unread().filter(at__lte=at)
    if notification is not None:
        unread = unread.filter(pk=notification.pk)
    return unread.update(read_at=at)


def _whose_plan(actor: User, user: User | None) -> User:
    """Whose plan is changed; another's only by who leads that person's team."""
    if user is None or user.pk == actor.pk:
        return actor
    permit(actor, "plan.change", user)
    return user


def _tell_of(row: Snooze | Step, customer: Model, on: date, *, actor: User, at: datetime) -> None:
    """Tell a person that somebody else changed the day of something in his plan; of each thing the latest word only."""
    if row.user_id == actor.pk:
        return
    Notification.objects.filter(user_id=row.user_id, key=_told_key(row)).delete()
    params = {"name": actor.display_name, "on": on.isoformat()}
    uuid = getattr(customer, "uuid", None)
    notify(user=row.user, code="replanned", at=at, params=params, customer_uuid=uuid, key=_told_key(row))


def _told_key(row: Snooze | Step) -> str:
    return f"replanned {kind_of(row)} {row.pk}"


def _open_step(verb: str, step: Step, *, actor: User | None, customer: Model | None) -> Step:
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


def _not_past(on: date, at: datetime) -> None:
    if on < Organisation.objects.current().today(at):
        raise DayIsPast


def forget_about(kind: str, ids: list[int]) -> int:
    """Drop steps, rests and due rows of things that are removed for good."""
    gone = sum(rows.filter(subject_kind=kind, subject_id__in=ids).delete()[0] for rows in (Step.objects, Due.objects))
    if kind == CUSTOMER:
        gone += sum(rows.filter(customer_id__in=ids).delete()[0] for rows in (Step.objects, Snooze.objects))
    return gone
