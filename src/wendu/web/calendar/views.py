"""The rhythm calendar."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wendu.desk.board.options import owner_options
from wendu.desk.calendar import DAY, DAYS_OF_A_WEEK, MONTH, WEEK, Calendar, calendar_of
from wendu.desk.calendar_team import TeamWeek, asked_team, teams_to_see, week_of
from wendu.identity.models import Team, User
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.patience import unhurried


@require_safe
@unhurried
def calendar(request: HttpRequest) -> HttpResponse:
    """Show one's own days, those of somebody in scope, or how full those of a team's people are."""
    user = person(request)
    seen = teams_to_see(user)
    team = asked_team(user, seen, request.GET)
    if team is not None:
        week = week_of(user, team, request.GET, now())
        return render(request, "calendar/team.html", {**_of_team(week), "owners": _whose(user, seen)})
    shown = calendar_of(user, now(), request.GET)
    context = {
        "calendar": shown,
        "span": shown.span,
        "on": shown.on,
        "title": _title(shown),
        "spans": [(words, _address(shown, by=span), shown.span == span) for span, words in _spans().items()],
        "earlier": _address(shown, on=shown.earlier),
        "later": _address(shown, on=shown.later),
        "now": _address(shown, on=shown.today),
        "here": _address(shown),
        "owners": _whose(user, seen),
        "current": str(shown.person.uuid),
    }
    return render(request, "calendar/page.html", context)


def _of_team(week: TeamWeek) -> dict[str, Any]:
    page, step = reverse("calendar:page"), timedelta(days=DAYS_OF_A_WEEK)
    days = {"earlier": week.on - step, "later": week.on + step, "now": week.today}
    links = {name: f"{page}?{urlencode({'owner': week.team.uuid, 'on': on})}" for name, on in days.items()}
    return {
        "week": week,
        "title": f"{week.days[0]:%Y-%m-%d} – {week.days[-1]:%m-%d}",
        "current": str(week.team.uuid),
        "span": WEEK,
        "on": week.on,
        **links,
    }


def _whose(user: User, seen: Sequence[Team]) -> list[tuple[str, str]]:
    """Teams and people whose days one may look at."""
    of_teams = [(str(team.uuid), _("Team: %(name)s") % {"name": team.name}) for team in seen]
    return of_teams + [(str(uuid), name) for uuid, name in owner_options(user)]


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
