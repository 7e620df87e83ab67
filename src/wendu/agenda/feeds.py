"""The secret address a person's own calendar programme reads: made, renewed, withdrawn, and found by its secret."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.models import Feed
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.errors import ActionError

declare("feed.made", "feed.renewed", "feed.revoked", "feed.restored")

SECRET_BYTES = 32  # nobody guesses 256 bits, so a plain hash is enough to look them up by
NOTED_EVERY = timedelta(hours=1)


class NoFeed(ActionError):
    """There is nothing to withdraw, or nothing to take back."""

    code = "no_feed"
    message = _("There is no such calendar address any more. Reload the page.")


@transaction.atomic
def make_feed(*, user: User, actor: User, at: datetime) -> str:
    """Give a person a new secret, which is shown once and never again; an earlier one stops working."""
    permit(actor, "feed.make", user)
    User.objects.select_for_update().get(pk=user.pk)
    was_there = Feed.objects.standing().filter(user=user).update(revoked_at=at)
    secret = token_urlsafe(SECRET_BYTES)
    row = Feed.objects.create(user=user, secret_hash=_hash(secret), made_at=at)
    record("feed.renewed" if was_there else "feed.made", subject=row, actor=actor, at=at, after={"user": user.pk})
    return secret


@transaction.atomic
def revoke_feed(*, user: User, actor: User, at: datetime) -> Feed:
    """Let a person's address stop working."""
    permit(actor, "feed.revoke", user)
    row = Feed.objects.select_for_update().standing().filter(user=user).first()
    if row is None:
        raise NoFeed
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record("feed.revoked", subject=row, actor=actor, at=at, before={"user": user.pk})
    return row


@transaction.atomic
def restore_feed(*, user: User, actor: User, at: datetime) -> Feed:
    """Let the address that was withdrawn latest work again, as the way back from withdrawing it."""
    permit(actor, "feed.make", user)
    User.objects.select_for_update().get(pk=user.pk)
    row = Feed.objects.filter(user=user).order_by("-made_at", "-pk").first()
    if row is None or row.revoked_at is None:
        raise NoFeed
    row.revoked_at = None
    row.save(update_fields=["revoked_at"])
    record("feed.restored", subject=row, actor=actor, at=at, after={"user": user.pk})
    return row


def feed_of(user: User) -> Feed | None:
    """The address of a person that works today."""
    return Feed.objects.standing().filter(user=user).first()


def feed_by_secret(secret: str) -> Feed | None:
    """Whose days a secret opens; nobody's if it was withdrawn or its person's login is closed (one query)."""
    found = Feed.objects.standing().filter(secret_hash=_hash(secret), user__is_active=True)
    return found.select_related("user__team").first()


def note_read(feed: Feed, *, at: datetime) -> None:
    """Remember that a calendar programme asked; once an hour is exact enough to see that it does."""
    if feed.read_at is None or at - feed.read_at >= NOTED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(read_at=at)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
