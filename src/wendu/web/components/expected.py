"""The day a deal is expected to sign on: plain while it lies ahead, a word, an icon and a colour once it is over."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from .formats import day
from .icons import icon
from .markup import format_html


def expected(on: date | None, today: date, *, is_open: bool, year: bool = False) -> SafeString | str:
    """Show the day; of an open deal that should have signed by now also how long it is over."""
    shown = day(on, year=year)
    if on is None or on >= today or not is_open:
        return shown
    days = (today - on).days
    words = ngettext("%(n)s day over", "%(n)s days over", days) % {"n": days}
    return format_html(
        '<span class="late overdue">{} {} <span class="nowrap">{}</span></span>', icon("clock"), shown, words
    )
