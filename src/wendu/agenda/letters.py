"""Letters that go out once: claimed before they are sent, and given back if no mail server took them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from wendu.agenda.models import Letter, Notification
from wendu.identity.models import User


def send_once(*, user: User, kind: str, on: date, at: datetime, send: Callable[[], bool]) -> bool:
    """Send a letter of a day unless it was sent or is being sent; says whether it went out now.

    A process that dies between claim and answer leaves the letter unsent: a morning without it is better than two.
    """
    letter, is_new = Letter.objects.get_or_create(user=user, kind=kind, on=on)
    if not is_new:
        return False
    try:
        went = send()
    except BaseException:
        letter.delete()
        raise
    if went:
        Letter.objects.filter(pk=letter.pk).update(sent_at=at)
    return went


def mail_once(*, notices: list[Notification], send: Callable[[list[Notification]], bool]) -> int:
    """Mail what waits of one person unless another process does; says how many were mailed."""
    claimed = [row for row in notices if Notification.objects.to_mail().filter(pk=row.pk).update(mail_due=False)]
    if not claimed:
        return 0
    try:
        went = send(claimed)
    except BaseException:
        Notification.objects.filter(pk__in=[row.pk for row in claimed]).update(mail_due=True)
        raise
    return len(claimed) if went else 0
