"""Quotes as the method needs them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wendu.method.deals.quote import Amounts, Line, Terms, line_amounts, total
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import Quote, QuoteLine

GONE_OUT = (QuoteState.SENT, QuoteState.ACCEPTED, QuoteState.DECLINED)


def line_of(row: QuoteLine) -> Line:
    """One line."""
    return Line(row.item, row.quantity, row.unit_minor, row.discount, row.tax, row.list_minor)


def terms_of(quote: Quote, lines: Iterable[QuoteLine]) -> Terms:
    """Everything of a quote that can be given away."""
    return Terms(tuple(map(line_of, lines)), quote.payment_days, quote.rebate, quote.extras)


def lines_of(quote: Quote) -> list[QuoteLine]:
    """What stands on a quote, in the order it was written."""
    return list(quote.lines.filter(removed_at__isnull=True).order_by("pk"))


def sent_before(quote: Quote) -> Quote | None:
    """The latest earlier version that went out: what stands there is granted."""
    return (
        Quote.objects.filter(opportunity=quote.opportunity_id, version__lt=quote.version, state__in=GONE_OUT)
        .order_by("-version")
        .first()
    )


def content_of(quote: Quote, lines: Sequence[QuoteLine], seller: str) -> dict[str, Any]:
    """Everything that stands on the paper, in plain form; what is sent is kept as this."""
    amounts = [line_amounts(line_of(line), tax_included=quote.tax_included) for line in lines]
    whole = total(map(line_of, lines), tax_included=quote.tax_included)
    deal = quote.opportunity
    return {
        "number": f"{quote.written_at:%Y%m%d}-{deal.pk}-V{quote.version}",
        "version": quote.version,
        "seller": seller,
        "customer": deal.customer.name,
        "deal": deal.title,
        "currency": quote.currency,
        "written_on": f"{quote.written_at:%Y-%m-%d}",
        "valid_until": quote.valid_until.isoformat(),
        "tax_included": quote.tax_included,
        "payment_days": quote.payment_days,
        "rebate": plain_number(quote.rebate),
        "extras": quote.extras,
        "terms": quote.terms,
        "lines": [_line(line, each) for line, each in zip(lines, amounts, strict=True)],
        "totals": {**whole._asdict(), "discount": whole.discount},
    }


def _line(line: QuoteLine, amounts: Amounts) -> dict[str, Any]:
    return {
        "item": line.item,
        "detail": line.detail,
        "unit": line.unit,
        "quantity": plain_number(line.quantity),
        "unit_minor": line.unit_minor,
        "discount": plain_number(line.discount),
        "tax_rate": plain_number(line.tax),
        **amounts._asdict(),
    }


def plain_number(value: Decimal) -> str:
    """A number without the zeros nobody wrote."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
