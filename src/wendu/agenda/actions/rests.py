"""A customer kept out of a plan until a day, and taken back into it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from wendu.access.verbs import permit
from wendu.agenda.actions.errors import NotSnoozed
from wendu.agenda.actions.steps import not_past
from wendu.agenda.actions.telling import tell_of, told_key
from wendu.agenda.models import Notification, Snooze
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare

declare("step.snoozed", "step.unsnoozed")


@transaction.atomic
def snooze(
    *, customer: Model, until_on: date, actor: User, at: datetime, reason: str = "", user: User | None = None
) -> Snooze:
    """Keep a customer out of a plan until a day, one's own or that of `user`; a later word replaces an earlier one.

    Who is planned for by somebody else is told.
    """
    permit(actor, "step.snooze", customer)
    whose = _whose_plan(actor, user)
    not_past(until_on, at)
    standing = Snooze.objects.filter(user=whose, customer_id=customer.pk, ended_at__isnull=True)
    before = standing.values_list("until_on", flat=True).first()
    standing.update(ended_at=at)
    row = Snooze.objects.create(
        user=whose, customer_id=customer.pk, until_on=until_on, reason=reason.strip()[:300], created_at=at
    )
    after = {"until_on": until_on, "reason": row.reason}
    record("step.snoozed", subject=row, actor=actor, at=at, root=customer, before={"until_on": before}, after=after)
    tell_of(row, customer, until_on, actor=actor, at=at)
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
    Notification.objects.of(whose).unread().filter(key=told_key(row)).delete()


def _whose_plan(actor: User, user: User | None) -> User:
    """Whose plan is changed; another's only by who leads that person's team."""
    if user is None or user.pk == actor.pk:
        return actor
    permit(actor, "plan.change", user)
    return user
