"""Writes of the identity room, one function per verb."""

from wendu.identity.actions.organisation import (
    add_holiday,
    edit_organisation,
    found_organisation,
    load_holidays,
    remove_holiday,
)
from wendu.identity.actions.teams import create_team, move_team, remove_team, rename_team
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
    "add_holiday",
    "create_team",
    "create_user",
    "deactivate_user",
    "edit_organisation",
    "edit_preferences",
    "edit_user",
    "found_organisation",
    "load_holidays",
    "move_team",
    "reactivate_user",
    "remove_holiday",
    "remove_team",
    "rename_team",
    "set_password",
    "set_role",
    "set_team",
]
