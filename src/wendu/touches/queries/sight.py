"""Who reads what a customer felt: its owner and the owner's managers, nobody else (method: privacy)."""

from typing import Any

from wendu.access.scope import scope_of
from wendu.customers.models import Customer
from wendu.identity.choices import Role


def may_see_emotion(user: Any, customer: Customer) -> bool:
    """Tell whether a user reads the emotion notes of this (visible) customer."""
    scope = scope_of(user)
    if scope.sees_nothing:
        return False
    is_manager = user.role == Role.MANAGER and customer.team_id is not None and customer.team_id in scope.team_ids
    return customer.owner_id == scope.user_id or is_manager
