"""What people are told: as far as they want to hear of it, each thing once, and only the latest word of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from wendu.access.verbs import permit
from wendu.agenda.choices import KIND_OF
from wendu.agenda.models import Notification, Snooze, Step
from wendu.agenda.wishes import Wish, wishes_of
from wendu.identity.models import User
from wendu.kernel.entity import kind_of

EVERYTHING = Wish(in_app=True, by_mail=False)  # of what nobody can choose


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
        wish = wishes[row.user_id].get(KIND_OF.get(row.code, row.code), EVERYTHING)
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


def tell_of(row: Snooze | Step, customer: Model, on: date, *, actor: User, at: datetime) -> None:
    """Tell a person that somebody else changed the day of something in his plan; of each thing the latest word only."""
    if row.user_id == actor.pk:
        return
    Notification.objects.filter(user_id=row.user_id, key=told_key(row)).delete()
    params = {"name": actor.display_name, "on": on.isoformat()}
    uuid = getattr(customer, "uuid", None)
    notify(user=row.user, code="replanned", at=at, params=params, customer_uuid=uuid, key=told_key(row))


def told_key(row: Snooze | Step) -> str:
    """Under which key the latest word about a thing of a plan is kept."""
    return f"replanned {kind_of(row)} {row.pk}"
