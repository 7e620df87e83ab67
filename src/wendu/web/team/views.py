"""The manager's board: read by managers for their teams, by executives and administrators for the whole tree."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wendu.access.scope import people_in_scope
from wendu.access.verbs import can
from wendu.coach.frame import Frame
from wendu.desk.team.asked import Scope, scope_from
from wendu.desk.team.inbox import (
    EXPIRES_SOON_DAYS,
    Items,
    feelings,
    overrides,
    requalifications,
    unproven,
    waiting_quotes,
)
from wendu.desk.team.page import TeamPage, team_page
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.team.forecast import forecast_words
from wendu.web.team.words import column_words, month_words

PAGE = 50


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The whole board of everybody in sight, or of one team."""
    scope = _scope(request)
    page = team_page(scope, now(), shows_all=request.GET.get("people") == "all")
    context = {
        "page": page,
        "columns": column_words(),
        "lead": _lead(page),
        "customers": reverse("customers:list"),
        "months": [(month, month_words(month.key)) for month in page.expected.months],
        **forecast_words(page.expected, page.frame.currency),
        "team_query": _team_query(scope),
        "all_url": "?" + urlencode({**_kept(scope), "people": "all"}),
        "may_hand_over": can(scope.user, "book.open"),
        "soon_days": EXPIRES_SOON_DAYS,
        "today": page.frame.today,
        "soon_on": page.frame.today + timedelta(days=EXPIRES_SOON_DAYS),
    }
    return render(request, "team/board.html", context)


@require_safe
def overridden(request: HttpRequest) -> HttpResponse:
    """All classes that stand by hand."""
    about = (_("Classes set by hand"), _("Which expires next stands first; then the answers decide again."))
    return _list(request, "overrides", about, overrides)


@require_safe
def requalified(request: HttpRequest) -> HttpResponse:
    """All windows started afresh in the last 30 days."""
    about = (_("Windows started afresh"), _("Looked at anew in the last 30 days and kept, with the reason."))
    return _list(request, "requalifications", about, requalifications)


@require_safe
def moved_on(request: HttpRequest) -> HttpResponse:
    """All deals that stand where their evidence does not reach."""
    words = _("Moved to the next stage or signed although the gate was not met, with what was missing and why.")
    return _list(request, "unproven", (_("Deals moved on without evidence"), words), unproven)


@require_safe
def quoted(request: HttpRequest) -> HttpResponse:
    """All quotes that wait for somebody who leads."""
    words = _("What a rep may not give alone: the cause the evidence names, and why it is asked. Open one to decide.")
    return _list(request, "quotes", (_("Quotes awaiting approval"), words), waiting_quotes)


@require_safe
def felt(request: HttpRequest) -> HttpResponse:
    """All own feels of the last 30 days that were much warmer than the facts."""
    scope, asked = _scope(request), request.GET.get("owner", "")
    people = people_in_scope(scope.user)
    if asked:
        people = people.filter(uuid=_uuid(asked))
    elif scope.sight.team_ids is not None:
        people = people.filter(team_id__in=scope.sight.team_ids)
    keys = list(people.values_list("pk", flat=True))

    def read(scope: Scope, frame: Frame, *, limit: int, start: int) -> Items:
        return feelings(scope, frame, keys, limit=limit, start=start)

    words = _(
        "In the last 30 days somebody felt it much warmer than it works out. Talk about what was really obtained."
    )
    return _list(request, "feelings", (_("Felt much warmer"), words), read, kept={"owner": asked} if asked else {})


def _list(
    request: HttpRequest,
    name: str,
    about: tuple[str, str],
    read: Callable[..., Items],
    kept: dict[str, str] | None = None,
) -> HttpResponse:
    scope, start = _scope(request), _start(request)
    found = read(scope, Frame.at(now()), limit=PAGE, start=start)
    query = {**_kept(scope), **(kept or {})}
    context: dict[str, Any] = {
        "name": name,
        "title": about[0],
        "about": about[1],
        "found": found,
        "team_query": _team_query(scope),
        "next_url": "?" + urlencode({**query, "from": start + PAGE}) if found.has_more else "",
        "previous_url": "?" + urlencode({**query, "from": max(0, start - PAGE)}) if start else "",
    }
    return render(request, "team/list.html", context)


def _scope(request: HttpRequest) -> Scope:
    """Whose work is looked at; for whoever looks after no team there is no board."""
    user = person(request)
    if not can(user, "team.view"):
        raise Http404
    scope = scope_from(user, request.GET.get("team", ""))
    if scope is None:
        raise Http404
    return scope


def _lead(page: TeamPage) -> str:
    team = page.scope.team or page.scope.user.team
    where = team.name if team else _("All in sight")
    first = page.first
    if first is None:
        return _("%(team)s: nobody is losing heat today.") % {"team": where}
    missed = first.weight[0]
    if missed:
        words = ngettext(
            "%(team)s: first talk with %(name)s, %(n)s customer was hot and is cooling.",
            "%(team)s: first talk with %(name)s, %(n)s customers were hot and are cooling.",
            missed,
        )
        return words % {"team": where, "name": first.name, "n": missed}
    return _("%(team)s: first talk with %(name)s about silence and windows.") % {"team": where, "name": first.name}


def _kept(scope: Scope) -> dict[str, str]:
    return {"team": str(scope.team.uuid)} if scope.team else {}


def _team_query(scope: Scope) -> str:
    return "?" + urlencode(_kept(scope)) if scope.team else ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _start(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 0
