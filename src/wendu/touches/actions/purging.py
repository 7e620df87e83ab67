"""Removing a touch that was taken back for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.entity import kind_of
from wendu.kernel.events import declare
from wendu.kernel.purge import confirm, purge
from wendu.touches.actions.errors import NotUndone
from wendu.touches.models import Touch

declare("touch.purged")


@transaction.atomic
def purge_touch(*, touch: Touch, typed: str, actor: User, at: datetime) -> int:
    """Remove a touch that was taken back, with what hung on it; the customer's name was typed. Says how many rows."""
    permit(actor, "touch.purge", touch)
    lock_customer(touch.customer)
    touch = Touch.objects.select_for_update().get(pk=touch.pk)
    if touch.undone_at is None:
        raise NotUndone
    confirm(typed, touch.customer.name)
    subject, root = (kind_of(touch), touch.pk), touch.customer
    gone = purge(touch)
    record("touch.purged", subject=subject, root=root, actor=actor, at=at, after={"rows": gone})
    return gone
