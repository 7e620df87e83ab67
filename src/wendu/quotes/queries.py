"""Reads of quotes; every one starts with who is looking."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.kernel.prepared import Among, prepared_records_of
from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import Quote, QuoteLine, QuoteQuerySet


def quotes_of(user: Any, deal: Opportunity) -> list[Quote]:
    """The versions of a deal's quote, latest first."""
    return _quotes(user, deal.pk)


def lines_by_quote(quotes: Sequence[Quote]) -> dict[int, list[QuoteLine]]:
    """What stands on these quotes, in the order it was written (one query)."""
    found: dict[int, list[QuoteLine]] = {quote.pk: [] for quote in quotes}
    for line in _lines(list(found)):
        found[line.quote_id].append(line)
    return found


@prepared_records
def _quotes(me: Scope, deal_id: int) -> QuoteQuerySet:
    return Quote.objects.visible_to(me).filter(opportunity=deal_id).order_by("-version")


@prepared_records_of
def _lines(quote_ids: Collection[int]) -> QuerySet[QuoteLine]:
    return QuoteLine.objects.filter(Among("quote_id", quote_ids), removed_at__isnull=True).order_by("pk")


def awaiting(user: Any) -> QuoteQuerySet:
    """What waits for somebody to allow it, longest first."""
    rows = Quote.objects.visible_to(user).filter(
        state=QuoteState.AWAITING, opportunity__deleted_at__isnull=True, opportunity__customer__deleted_at__isnull=True
    )
    return rows.select_related("opportunity__customer").order_by("written_at", "pk")
