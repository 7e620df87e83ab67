"""Letting a colleague in by a link: invite, withdraw, accept."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.identity.actions.users import set_password
from wendu.identity.models import Invitation, User
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.ports import permit, record

declare("user.invited", "invitation.withdrawn", "invitation.accepted")

LASTS = timedelta(days=7)
SALT = "wendu.invitation"


class NobodyToInvite(ActionError):
    """A closed login is opened first."""

    code = "nobody_to_invite"
    message = _("This login is closed. Open it again before you invite.")


class InvitationOver(ActionError):
    """The link was used, withdrawn, has run out, or never was one."""

    code = "invitation_over"
    message = _("This link no longer works. Ask your administrator for a new one.")


@transaction.atomic
def invite_user(*, user: User, actor: User | None, at: datetime) -> Invitation:
    """Give a colleague a link to choose a password by; an earlier link stops working. Valid for `LASTS`."""
    permit(actor, "user.invite", user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise NobodyToInvite
    Invitation.objects.filter(user=user).standing().update(withdrawn_at=at)
    invitation = Invitation.objects.create(user=user, invited_by=actor, invited_at=at, expires_at=at + LASTS)
    record("user.invited", subject=user, actor=actor, at=at, after={"expires_at": invitation.expires_at})
    return invitation


@transaction.atomic
def withdraw_invitation(*, user: User, actor: User | None, at: datetime) -> None:
    """Stop the link of a colleague from working."""
    permit(actor, "user.invite", user)
    if Invitation.objects.filter(user=user).standing().update(withdrawn_at=at):
        record("invitation.withdrawn", subject=user, actor=actor, at=at)


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> User:
    """Choose the first password; the link has then done its work."""
    found = invitation_of(token, at=at)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if not invitation.is_open(at):
        raise InvitationOver
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    user = set_password(user=found.user, password=password, actor=found.user, at=at)
    record("invitation.accepted", subject=user, actor=user, at=at)
    return user


def invitation_of(token: str, *, at: datetime) -> Invitation:
    """The invitation a link speaks of; `InvitationOver` unless it still works."""
    try:
        uuid = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise InvitationOver from None
    invitation = Invitation.objects.select_related("user").filter(uuid=uuid).first()
    if invitation is None or not invitation.is_open(at) or not invitation.user.is_active:
        raise InvitationOver
    return invitation


def token_of(invitation: Invitation) -> str:
    """The part of the link that cannot be guessed: the invitation's name under our signature, never stored."""
    return signing.dumps(str(invitation.uuid), salt=SALT)
