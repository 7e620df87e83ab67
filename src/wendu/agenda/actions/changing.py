"""A planned step said otherwise, and set back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from wendu.agenda.actions.errors import ChangedAgain, NothingToDo
from wendu.agenda.actions.steps import not_past, open_step
from wendu.agenda.actions.telling import tell_of, told_key
from wendu.agenda.models import Notification, Step
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes
from wendu.kernel.entity import kind_of

declare("step.changed")

WORDS = ("do", "objective", "planned_on")


@transaction.atomic
def change_step(
    *, step: Step, given: Mapping[str, Any], user: User, actor: User, at: datetime, customer: Model | None = None
) -> Step:
    """Change what, when, what for, or who does it; a colleague whose step it is, or was, is told."""
    step = open_step("step.edit", step, actor=actor, customer=customer)
    if not str(given["do"]).strip():
        raise NothingToDo
    if given["planned_on"] != step.planned_on:
        not_past(given["planned_on"], at)
    change, earlier = apply_changes(step, given, writable=WORDS), step.user_id
    before, after = dict(change.before), dict(change.after)
    if user.pk != earlier:
        step.user = user
        before["user"], after["user"] = earlier, user.pk
    if not after:
        return step
    step.save(update_fields=[*WORDS, "user"])
    record("step.changed", subject=step, actor=actor, at=at, before=before, after=after)
    Notification.objects.filter(key=told_key(step), read_at__isnull=True).exclude(user=user).delete()
    if customer is not None:
        tell_of(step, customer, step.planned_on, actor=actor, at=at)
    return step


@transaction.atomic
def undo_change(*, step: Step, actor: User, at: datetime, customer: Model | None = None) -> Step:
    """Set a step as it was before its latest change, if nothing became of it since."""
    step = open_step("step.edit", step, actor=actor, customer=customer)
    latest = Entry.objects.about(kind_of(step), step.pk).order_by("-pk").first()
    if latest is None or latest.verb != "step.changed":
        raise ChangedAgain
    was = {name: getattr(step, name) for name in WORDS} | (latest.before or {})
    user = User.objects.get(pk=was.pop("user", step.user_id))
    was["planned_on"] = date.fromisoformat(str(was["planned_on"]))
    return change_step(step=step, given=was, user=user, actor=actor, at=at, customer=customer)
