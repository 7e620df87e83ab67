"""What a customer told, for whoever may see it."""

from typing import Any

from wendu.care.models import Satisfaction, SatisfactionQuerySet
from wendu.customers.models import Customer


def answers_of(user: Any, customer: Customer) -> SatisfactionQuerySet:
    """What one customer told, the latest first."""
    rows = Satisfaction.objects.visible_to(user).standing().filter(customer=customer)
    return rows.select_related("author", "contact").order_by("-told_on", "-pk")
