"""Reads of merges; every one starts with who is looking."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wendu.access.verbs import can
from wendu.customers.models import Customer
from wendu.merges.models import Merge

PARTED_WITHIN_DAYS = 30
AT_MOST = 100


def merges_of(user: Any) -> QuerySet[Merge]:
    """The merges that left a customer one sees."""
    return Merge.objects.visible_to(user).select_related(
        "customer__owner", "gone_customer", "contact", "gone_contact", "actor", "undone_by"
    )


def latest_merges(user: Any) -> list[Merge]:
    """The latest of them."""
    return list(merges_of(user).order_by("-at", "-pk")[:AT_MOST])


def may_part(user: Any, merge: Merge, at: datetime) -> bool:
    """Whether this person may take it apart, and still can."""
    if merge.undone_at is not None or (at - merge.at).days >= PARTED_WITHIN_DAYS:
        return False
    both = [merge, *([merge.gone_customer] if merge.gone_customer else [])]
    return all(can(user, "customer.unmerge", each) for each in both)


def may_merge(user: Any, *customers: Customer) -> bool:
    """Whether this person may make one of these."""
    return all(can(user, "customer.merge", each) for each in customers)
