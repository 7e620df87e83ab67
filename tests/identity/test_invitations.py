"""A link lets a new colleague choose a password: once, for a week, until it is withdrawn."""

from datetime import timedelta

import pytest
from django.contrib.auth.backends import ModelBackend

from tests.cast import MONDAY
from wendu.identity.actions import (
    accept_invitation,
    create_user,
    deactivate_user,
    invite_user,
    set_password,
    withdraw_invitation,
)
from wendu.identity.actions.invitations import LASTS, InvitationOver, NobodyToInvite, invitation_of, token_of
from wendu.identity.actions.users import WeakPassword
from wendu.identity.models import Invitation
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

STRONG = "Kmf7-stretch"


def dora(cast):
    return create_user(username="dora", full_name="朵拉", actor=cast.ada, at=MONDAY)


def accepted(token, at=MONDAY):
    return accept_invitation(token=token, password=STRONG, at=at)


def test_who_is_invited_chooses_a_password_and_gets_in(cast):
    invitation = invite_user(user=dora(cast), actor=cast.ada, at=MONDAY)

    user = accepted(token_of(invitation))

    assert ModelBackend().authenticate(None, username="dora", password=STRONG) == user
    verbs = list(Entry.objects.order_by("pk").values_list("verb", "actor__username"))
    assert verbs[-3:] == [("user.invited", "ada"), ("user.password_set", "dora"), ("invitation.accepted", "dora")]


def test_a_link_works_once(cast):
    token = token_of(invite_user(user=dora(cast), actor=cast.ada, at=MONDAY))
    accepted(token)

    with pytest.raises(InvitationOver):
        accepted(token)


def test_a_link_runs_out(cast):
    token = token_of(invite_user(user=dora(cast), actor=cast.ada, at=MONDAY))

    invitation_of(token, at=MONDAY + LASTS - timedelta(seconds=1))
    with pytest.raises(InvitationOver):
        accepted(token, at=MONDAY + LASTS)


def test_a_new_link_ends_the_old_one(cast):
    user = dora(cast)
    old = token_of(invite_user(user=user, actor=cast.ada, at=MONDAY))

    new = token_of(invite_user(user=user, actor=cast.ada, at=MONDAY))

    with pytest.raises(InvitationOver):
        accepted(old)
    assert accepted(new) == user


def test_a_withdrawn_link_and_one_of_a_closed_login_work_no_more(cast):
    user = dora(cast)
    token = token_of(invite_user(user=user, actor=cast.ada, at=MONDAY))
    deactivate_user(user=user, actor=cast.ada, at=MONDAY)
    with pytest.raises(InvitationOver):
        accepted(token)
    with pytest.raises(NobodyToInvite):
        invite_user(user=user, actor=cast.ada, at=MONDAY)

    withdraw_invitation(user=user, actor=cast.ada, at=MONDAY)

    assert Invitation.objects.get().withdrawn_at == MONDAY


def test_a_password_given_by_hand_ends_the_link(cast):
    user = dora(cast)
    token = token_of(invite_user(user=user, actor=cast.ada, at=MONDAY))

    set_password(user=user, password=STRONG, actor=cast.ada, at=MONDAY)

    with pytest.raises(InvitationOver):
        accepted(token)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "ImZvbyI:1abc:xyz", "\x00"])
def test_a_made_up_link_works_never(cast, token):
    with pytest.raises(InvitationOver):
        accepted(token)


def test_a_weak_password_is_refused_and_the_link_goes_on_working(cast):
    token = token_of(invite_user(user=dora(cast), actor=cast.ada, at=MONDAY))

    with pytest.raises(WeakPassword):
        accept_invitation(token=token, password="1234567890", at=MONDAY)

    assert accepted(token).username == "dora"


@pytest.mark.parametrize("who", ["alice", "mona", "charlie", "eve", "mia", "sam"])
def test_only_an_administrator_invites(cast, who):
    user = dora(cast)

    with pytest.raises(Denied):
        invite_user(user=user, actor=getattr(cast, who), at=MONDAY)
    with pytest.raises(Denied):
        withdraw_invitation(user=user, actor=getattr(cast, who), at=MONDAY)

    assert not Invitation.objects.exists()
