"""The days of the calendar, a card each: a month shows up to forty-two of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.desk.calendar import Day
from wendu.desk.days import weekday
from wendu.web.shell import address

from .days import Around, entries, sayings
from .markup import NOTHING, escaped, format_html

STATES = ("is_past", "is_today", "is_off", "is_beside")


def day_cards(around: Around) -> SafeString:
    """Draw every day shown: how full it is, who stands on it, and what was said for it."""
    return SafeString("\n".join([_card(day, around) for day in around.calendar.days]))


def _card(day: Day, around: Around) -> str:
    css = " ".join(["card day", *(state.replace("_", "-") for state in STATES if getattr(day, state))])
    today = format_html(" <small>{}</small>", _("today")) if day.is_today else NOTHING
    rows = f"<ul>{entries(day.entries, around)}</ul>" if day.entries else ""
    said = f'<ul class="sayings">{sayings(day.sayings, around)}</ul>' if day.sayings else ""
    return (
        f'<li class="{css}" data-day="{day.on.isoformat()}"><h2><span>{escaped(_words(day))}</span>{today}'
        f"{_load(day, around)}</h2>{_closed(day)}{rows}{said}{_late(day)}{_unlisted(day, around)}</li>"
    )


def _words(day: Day) -> str:
    return f"{day.on:%m-%d} {weekday(day.on)}"


def _load(day: Day, around: Around) -> SafeString:
    """What was done on a day gone by; what stands on another, against what one person can do."""
    if day.is_past:
        words = ngettext("%(n)s touch", "%(n)s touches", day.load) % {"n": day.load} if day.load else ""
        return format_html('<b class="load mut">{}</b>', words)
    if not day.load:
        return NOTHING
    words = _("%(n)s of %(room)s") % {"n": day.load, "room": around.calendar.capacity}
    return format_html('<b class="load{}">{}</b>', " late" if around.calendar.is_over(day) else "", words)


def _closed(day: Day) -> SafeString:
    if day.holiday:
        return format_html('<p class="tag wait">{}</p>', day.holiday)
    return format_html('<p class="f1 mut">{}</p>', _("day off")) if day.is_off else NOTHING


def _late(day: Day) -> SafeString:
    if not day.late:
        return NOTHING
    words = ngettext("%(n)s of them late", "%(n)s of them late", day.late) % {"n": day.late}
    return format_html('<p class="f1 late">{}</p>', words)


def _unlisted(day: Day, around: Around) -> SafeString:
    """The way to those there is no room for."""
    if day.unlisted <= 0:
        return NOTHING
    shown = around.calendar
    asked = {"by": "day", "on": day.on.isoformat()} | ({} if shown.is_own else {"owner": str(shown.person.uuid)})
    words = ngettext("%(n)s more", "%(n)s more", day.unlisted) % {"n": day.unlisted}
    return format_html('<a class="link f1" href="{}?{}">{}</a>', address("calendar:page"), urlencode(asked), words)
