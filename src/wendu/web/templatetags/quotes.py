"""Numbers as a quote prints them."""

from decimal import Decimal

from django import template

from wendu.kernel.currencies import SYMBOLS, minor_digits
from wendu.quotes.facts import plain_number

register = template.Library()


@register.simple_tag
def cents(minor: int, currency: str) -> str:
    """An amount with all its decimals, so that the column lines up: `¥12,800.50`."""
    digits = minor_digits(currency)
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{Decimal(minor).scaleb(-digits):,.{digits}f}"


@register.filter
def number(value: Decimal) -> str:
    """A quantity or share without the zeros nobody wrote."""
    return plain_number(value)
