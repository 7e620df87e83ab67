"""Reads of quotes; every one starts with who is looking."""

from typing import Any

from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import Quote, QuoteQuerySet


def quotes_of(user: Any, deal: Opportunity) -> QuoteQuerySet:
    """The versions of a deal's quote, latest first."""
    return Quote.objects.visible_to(user).filter(opportunity=deal).order_by("-version")


def awaiting(user: Any) -> QuoteQuerySet:
    """What waits for somebody to allow it, longest first."""
    rows = Quote.objects.visible_to(user).filter(
        state=QuoteState.AWAITING, opportunity__deleted_at__isnull=True, opportunity__customer__deleted_at__isnull=True
    )
    return rows.select_related("opportunity__customer").order_by("written_at", "pk")
