"""Quotes about a deal, as short as a test wants to say them."""

from datetime import datetime, timedelta
from typing import Any

from tests.cast import MONDAY
from wendu.identity.models import Organisation
from wendu.opportunities.models import Opportunity
from wendu.quotes.actions import write_line, write_quote
from wendu.quotes.models import Quote, QuoteLine


def make_quote(opportunity: Opportunity, *lines: tuple[str, int], at: datetime = MONDAY, **head: Any) -> Quote:
    """The next version of a deal's quote with these lines: what, and the price of one; valid for thirty days."""
    today = Organisation.objects.current().today(at)
    values = {"valid_until": today + timedelta(days=30), "payment_days": 30, **head}
    quote = write_quote(opportunity=opportunity, values=values, actor=opportunity.owner, at=at)
    for item, unit in lines:
        make_line(quote, item, unit, at=at)
    return quote


def make_line(
    quote: Quote, item: str = "空压机", unit_minor: int = 100, *, at: datetime = MONDAY, **more: Any
) -> QuoteLine:
    """One thing on a draft."""
    values = {"item": item, "quantity": 1, "unit_minor": unit_minor, **more}
    return write_line(quote=quote, values=values, actor=quote.opportunity.owner, at=at)
