"""Whose customers a user may find: asked of the room of customers, never copied into the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from wendu.access.masking import MASKED_ROLES

Customers = QuerySet[Any]


class NobodyAnswers(RuntimeError):
    """No room said which customers a user sees: call `register_visibility` in its `AppConfig.ready`."""


_providers: dict[str, Callable[[Any], Customers]] = {}


def register_visibility(
    visible: Callable[[Any], Customers], *, clear: Callable[[Any], Customers] | None = None
) -> None:
    """Say which customers a user sees, and for masked roles: of which of them the numbers may be read in clear.

    Both give a queryset of customers; without `clear`, a masked role finds nobody by number or address.
    """
    _providers["visible"] = visible
    if clear is not None:
        _providers["clear"] = clear


def visible_customers(user: Any) -> Customers:
    """The customers this user sees."""
    if "visible" not in _providers:
        raise NobodyAnswers
    return _providers["visible"](user)


def reads_all_in_clear(user: Any) -> bool:
    """Tell whether no number or address of a visible customer is masked for this user."""
    return getattr(user, "role", None) not in MASKED_ROLES


def clear_customers(user: Any) -> Customers:
    """The visible customers whose numbers and addresses a user of a masked role reads in clear."""
    if "clear" not in _providers:
        return visible_customers(user).none()
    return _providers["clear"](user)
