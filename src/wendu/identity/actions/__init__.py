"""Writes of the identity room, one function per verb."""

from wendu.identity.actions.invitations import accept_invitation, invite_user, withdraw_invitation
from wendu.identity.actions.organisation import (
    add_holiday,
    edit_organisation,
    found_organisation,
    load_holidays,
    remove_holiday,
)
from wendu.identity.actions.teams import close_team, create_team, move_team, rename_team, reopen_team
from wendu.identity.actions.users import (
    create_user,
    deactivate_user,
    edit_preferences,
    edit_user,
    reactivate_user,
    set_password,
    set_role,
    set_team,
)

__all__ = [
    "accept_invitation",
    "add_holiday",
    "close_team",
    "create_team",
    "create_user",
    "deactivate_user",
    "edit_organisation",
    "edit_preferences",
    "edit_user",
    "found_organisation",
    "invite_user",
    "load_holidays",
    "move_team",
    "reactivate_user",
    "remove_holiday",
    "rename_team",
    "reopen_team",
    "set_password",
    "set_role",
    "set_team",
    "withdraw_invitation",
]
