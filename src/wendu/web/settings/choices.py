"""What can be chosen about an organisation, in the reader's words: zones, currencies, calendars."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language

from wendu.kernel.clock import now
from wendu.kernel.currencies import MINOR_DIGITS

Choices = list[tuple[str, str]]
ELSEWHERE = ("Etc/", "SystemV/", "posix/", "right/")
USUAL = ("CNY", "USD", "EUR", "HKD", "TWD", "JPY", "SGD", "GBP")


def time_zones(kept: str) -> Choices:
    """Every place with a zone of its own, by its distance from Greenwich; `kept` is always among them."""
    places = _places(get_language() or "")
    if kept not in dict(places):
        places = [*places, (kept, kept)]
    at = now()
    rows = [(at.astimezone(ZoneInfo(code)), code, place) for code, place in places]
    rows.sort(key=lambda row: (row[0].utcoffset() or timedelta(), row[2]))
    return [(code, f"{_distance(moment)} {place}") for moment, code, place in rows]


def currencies(kept: str) -> Choices:
    """Every currency in use, those of our neighbours first."""
    return _currencies(get_language() or "", kept)


def calendars() -> Choices:
    """Every country whose days off are known."""
    return _calendars(get_language() or "")


def place_name(zone: str) -> str:
    """The place of a zone."""
    return dict(_places(get_language() or "")).get(zone, zone)


@lru_cache(maxsize=4)
def _places(language: str) -> Choices:
    locale = _locale(language)
    named = [(code, str(get_timezone_location(code, locale=locale, return_city=True))) for code in _zones()]
    if locale.language == "zh":  # an older name of a place has no Chinese one
        named = [(code, name) for code, name in named if not name.isascii()]
    return named


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    return [code for code in sorted(available_timezones()) if "/" in code and not code.startswith(ELSEWHERE)]


@lru_cache(maxsize=16)
def _currencies(language: str, kept: str) -> Choices:
    names = _locale(language).currencies
    rest = sorted(code for code in MINOR_DIGITS if code in names and code not in USUAL)
    codes = dict.fromkeys([kept, *USUAL, *rest])
    return [(code, f"{code} {names.get(code, '')}".strip()) for code in codes if code]


@lru_cache(maxsize=4)
def _calendars(language: str) -> Choices:
    names = _locale(language).territories
    known = [code for code in holidays.list_supported_countries() if len(code) == len("CN") and code in names]
    return sorted(((code, str(names[code])) for code in known), key=lambda row: (row[0] != "CN", row[1]))


def _locale(language: str) -> Locale:
    return Locale.parse("zh_Hans" if language.startswith("zh") else "en")


def _distance(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:]}"
