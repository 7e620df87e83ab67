"""Who reads phone numbers and addresses in clear, and how they look to the others."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

from wendu.access.querysets import collaborations_of
from wendu.access.scope import scope_of
from wendu.identity.choices import Role
from wendu.kernel.phones import mask_email, mask_phone

MASKED_ROLES = frozenset({Role.MARKETING, Role.EXECUTIVE})


def may_see_contact_points(user: Any, customer: Any) -> bool:
    """Tell whether a user reads this (visible) customer's numbers and addresses in clear."""
    return customer.pk in clear_for(user, [customer])


def clear_for(user: Any, customers: Collection[Any], *, of: type[models.Model] | None = None) -> set[int]:
    """Give the ids of those among these visible customers whose numbers the user reads in clear; at most one query.

    Rows with `pk` and `owner_id` do as well as customers themselves; `of` then names their model.
    """
    if scope_of(user).sees_nothing:
        return set()
    if user.role not in MASKED_ROLES:
        return {customer.pk for customer in customers}
    own = {customer.pk for customer in customers if customer.owner_id == user.pk}
    others = [customer.pk for customer in customers if customer.pk not in own]
    if not others:
        return own
    shared = collaborations_of(user.pk, of or type(next(iter(customers)))).filter(customer_id__in=others)
    return own | set(shared.values_list("customer_id", flat=True))


def shown_phone(number: str, *, clear: bool) -> str:
    """Write a phone number as this reader may see it."""
    return number if clear else mask_phone(number)


def shown_email(address: str, *, clear: bool) -> str:
    """Write an e-mail address as this reader may see it."""
    return address if clear else mask_email(address)


def shown_values(values: Iterable[str], *, clear: bool) -> list[str]:
    """Write contact points of any kind as this reader may see them."""
    return [shown_email(value, clear=clear) if "@" in value else shown_phone(value, clear=clear) for value in values]
