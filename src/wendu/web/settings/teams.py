"""The team tree: add, rename, move, close and open again."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.identity.actions import close_team, create_team, move_team, rename_team, reopen_team
from wendu.identity.models import Team
from wendu.identity.queries import closed_teams, team_rows
from wendu.identity.queries import teams as open_teams
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.forms import KnownTeamForm, TeamForm
from wendu.web.settings.sections import enter, shown

KEY = "teams"
CLOSED_SHOWN = 20


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The tree, with who heads each team and how many work in it."""
    section, user = enter(request, KEY), person(request)
    context = {
        "rows": team_rows(user),
        "closed": list(closed_teams(user)[:CLOSED_SHOWN]),
        "may_edit": can(user, "team.create"),
    }
    return shown(request, section, "settings/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    enter(request, KEY)
    user = person(request)
    permit(user, "team.create")
    above = next((each for each in open_teams(user) if str(each.uuid) == request.GET.get("below")), None)
    form = TeamForm(request.POST or None, teams=open_teams(user), initial={"parent": above})

    def act(said: dict[str, Any]) -> HttpResponse:
        team = create_team(name=said["name"], parent=said["parent"], actor=user, at=now())
        return done(request, _("Team “%(name)s” added.") % {"name": team.name}, _home())

    return ask(request, form, Question(_("New team"), _("Add"), back=_home()), act)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Rename a team, or hang it elsewhere with all below it."""
    enter(request, KEY)
    user = person(request)
    found: Team = get_object_or_404(open_teams(user), uuid=uuid)
    permit(user, "team.rename", found)
    initial = {"name": found.name, "parent": found.parent_id, "seen": found.revision}
    elsewhere = open_teams(user).exclude(path__startswith=found.path)
    form = KnownTeamForm(request.POST or None, teams=elsewhere, initial=initial)

    def act(said: dict[str, Any]) -> HttpResponse:
        with transaction.atomic():
            rename_team(team=found, name=said["name"], actor=user, at=now(), seen=said["seen"])
            move_team(team=found, parent=said["parent"], actor=user, at=now())
        return done(request, _("Team “%(name)s” saved.") % {"name": found.name}, _home())

    intro = _("A team moves with all below it; the managers above see its customers from then on.")
    return ask(request, form, Question(_("Edit team"), _("Save"), back=_home(), intro=intro), act)


@require_POST
def closing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close a team nobody works in any more."""
    enter(request, KEY)
    found: Team = get_object_or_404(open_teams(person(request)), uuid=uuid)
    close_team(team=found, actor=person(request), at=now())
    undo = reverse("settings:team_reopening", args=[found.uuid])
    return done(request, _("Team “%(name)s” is closed.") % {"name": found.name}, _home(), undo_url=undo)


@require_POST
def reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed team again."""
    enter(request, KEY)
    found: Team = get_object_or_404(closed_teams(person(request)), uuid=uuid)
    reopen_team(team=found, actor=person(request), at=now())
    return done(request, _("Team “%(name)s” is open again.") % {"name": found.name}, _home())


def _home() -> str:
    return reverse("settings:teams")
