"""The rhythm calendar."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wendu.desk.board.options import owner_options
from wendu.desk.calendar import DAY, MONTH, WEEK, Calendar, calendar_of
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.patience import unhurried


@require_safe
@unhurried
def calendar(request: HttpRequest) -> HttpResponse:
    """Show one's own days, or those of somebody in scope."""
    user = person(request)
    shown = calendar_of(user, now(), request.GET)
    owners = [(str(uuid), name) for uuid, name in owner_options(user)]
    context = {
        "calendar": shown,
        "title": _title(shown),
        "spans": [(words, _address(shown, by=span), shown.span == span) for span, words in _spans().items()],
        "earlier": _address(shown, on=shown.earlier),
        "later": _address(shown, on=shown.later),
        "now": _address(shown, on=shown.today),
        "here": _address(shown),
        "owners": owners,
        "current": str(shown.person.uuid),
    }
    return render(request, "calendar/page.html", context)


def _address(shown: Calendar, **changes: Any) -> str:
    """This calendar, perhaps of another day or span."""
    asked = {"by": shown.span, "on": shown.on, **changes}
    if not shown.is_own:
        asked["owner"] = shown.person.uuid
    return f"{reverse('calendar:page')}?{urlencode(asked)}"


def _spans() -> dict[str, str]:
    return {DAY: pgettext("span", "Day"), WEEK: pgettext("span", "Week"), MONTH: pgettext("span", "Month")}


def _title(shown: Calendar) -> str:
    first, last = shown.days[0].on, shown.days[-1].on
    if shown.span == MONTH:
        return f"{shown.on:%Y-%m}"
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} – {last:%m-%d}"
