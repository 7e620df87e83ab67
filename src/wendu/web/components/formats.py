"""Numbers, days and money as people read them."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Choices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wendu.desk.days import weekday
from wendu.identity.models import Organisation
from wendu.kernel.money import format_money

from .markup import escaped, format_html


def labels(choices: type[Choices]) -> dict[Any, str]:
    """The words of every choice in the reader's language: what rows by the dozen look up, in markup already."""
    return _labels(choices, get_language())


@lru_cache(maxsize=256)
def _labels(choices: type[Choices], _language: str | None) -> dict[Any, str]:
    return {each.value: escaped(each.label) for each in choices}


def whole(value: float) -> int:
    """Round half up, as people do, not to the even neighbour."""
    return math.floor(value + 0.5)


def day(value: date | None, *, plan: bool = False, year: bool = False) -> SafeString | str:
    """Show a day as MM-DD, with its weekday where one plans; the full date stays in the tooltip."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _day(value, plan=plan, year=year)
    return _day_of(value, plan, year, get_language())


@lru_cache(maxsize=4096)
def _day_of(value: date, plan: bool, year: bool, _language: str | None) -> SafeString:  # noqa: FBT001 - a key
    return _day(value, plan=plan, year=year)


def _day(value: date, *, plan: bool, year: bool) -> SafeString:
    on = value
    if isinstance(value, datetime) and timezone.is_aware(value):
        on = Organisation.objects.current().today(value)  # the day it was where the house is
    text = on.strftime("%Y-%m-%d" if year else "%m-%d")
    if plan:
        text = f"{text} {weekday(on)}"
    full = date_format(on, "DATE_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', on.strftime("%Y-%m-%d"), full, text)


def short_money(minor: int, currency: str) -> str:
    """An amount as lists show it, as plain text."""
    return format_money(minor, currency, get_language() or "", short=True)


def money(minor: int | None, currency: str = "CNY", *, full: bool = False) -> SafeString:
    """Show an amount: in 万 without decimals in lists, to the cent when `full`; unknown is a word, never a zero."""
    if minor is None:
        return format_html('<span class="mut">{}</span>', money_words(None, currency))
    return format_html('<span class="money">{}</span>', money_words(minor, currency, full=full))


def money_words(minor: int | None, currency: str, *, full: bool = False) -> str:
    """Say an amount the same way, where there is no room for more than text."""
    return _money_words(minor, currency, get_language() or "", full)


@lru_cache(maxsize=4096)
def _money_words(minor: int | None, currency: str, language: str, full: bool) -> str:  # noqa: FBT001 - a key
    return _("amount unknown") if minor is None else format_money(minor, currency, language, short=not full)
