"""Days as people say them."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def day_name(day: date, today: date) -> str:
    """A day as people say it: today, tomorrow, else MM-DD with its weekday."""
    if day <= today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return f"{day:%m-%d} {weekday(day)}"


def dated(day: date) -> str:
    """A day that may lie behind, with its weekday: MM-DD Mon."""
    return f"{day:%m-%d} {weekday(day)}"


def weekday(day: date) -> str:
    """The weekday, short."""
    return weekday_names()[day.weekday()]


def weekday_names() -> tuple[str, ...]:
    """Name all weekdays, short, Monday first."""
    return _weekdays(get_language())


@lru_cache(maxsize=8)
def _weekdays(_language: str | None) -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def by_day(day: date, today: date) -> str:
    """By when something should be done."""
    return day_name(day, today) if day <= today else _("by %(day)s") % {"day": day_name(day, today)}
