"""People: who signs in, in which role and team."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import can, permit
from wendu.customers.models import Customer
from wendu.identity import actions
from wendu.identity.choices import Role
from wendu.identity.models import Invitation, Organisation, User
from wendu.identity.queries import latest_invitation, people, teams
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask, carried_out
from wendu.web.fragments import person
from wendu.web.invitation.sending import link_of, mailed
from wendu.web.settings.answers import done
from wendu.web.settings.forms import NewPersonForm, PersonForm, indented
from wendu.web.settings.sections import enter, shown

KEY = "people"
PAGE = 50
STATES = ("active", "invited", "closed")


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """All logins, narrowed by a name, a role, a team or a state."""
    section, user = enter(request, KEY), person(request)
    asked, start = _asked(request), _start(request)
    rows = list(people(user, at=now(), **asked)[start : start + PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "asked": asked,
        "roles": Role.choices,
        "teams": [(str(team.uuid), indented(team)) for team in teams(user)],
        "states": list(zip(STATES, state_words(), strict=True)),
        "previous_url": _page(asked, start - PAGE) if start else "",
        "next_url": _page(asked, start + PAGE) if len(rows) > PAGE else "",
        "may_edit": can(user, "user.create"),
    }
    return shown(request, section, "settings/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Let a colleague in, by a link or with a password."""
    enter(request, KEY)
    user = person(request)
    permit(user, "user.create")
    initial = {"role": Role.REP, "language": Organisation.objects.current().language}
    form = NewPersonForm(request.POST or None, teams=teams(user), initial=initial)

    def act(said: dict[str, Any]) -> HttpResponse:
        details = {**said, "password": said["password"] or None}
        with transaction.atomic():
            colleague = actions.create_user(actor=user, at=now(), **details)
            invitation = None if said["password"] else actions.invite_user(user=colleague, actor=user, at=now())
        words = _("%(name)s is taken up; the link is here.") if invitation else _("%(name)s can sign in.")
        words %= {"name": colleague.display_name}
        return done(request, " ".join((words, *mailed(invitation))), address_of(colleague))

    return ask(request, form, Question(_("New colleague"), _("Add"), back=reverse("settings:people")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def colleague_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One colleague: details, role and team, and how the person signs in."""
    section, user, colleague = enter(request, KEY), person(request), colleague_of(request, uuid)
    form = PersonForm.of(colleague, teams(user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(form, lambda said: _edit(colleague, said, actor=user)):
        return done(request, _("%(name)s is saved.") % {"name": colleague.display_name}, address_of(colleague))
    if form.errors:
        colleague.refresh_from_db()
    may_edit = can(user, "user.edit", colleague)
    invitation = latest_invitation(user, colleague) if may_edit else None
    context = {
        "form": form,
        "colleague": colleague,
        "may_edit": may_edit,
        **_login(invitation),
        "customers": Customer.objects.visible_to(user).filter(owner=colleague).count(),
        "has_password": colleague.has_usable_password(),
    }
    return shown(request, section, "settings/person.html", context, status=422 if form.errors else 200)


def state_words() -> tuple[str, str, str]:
    """The states of a login in words, as `STATES` lists them."""
    return pgettext("login", "active"), pgettext("login", "invited"), pgettext("login", "closed")


def colleague_of(request: HttpRequest, uuid: UUID) -> User:
    """The colleague an address names."""
    found: User = get_object_or_404(people(person(request), at=now()), uuid=uuid)
    return found


def address_of(colleague: User) -> str:
    """Where a colleague is shown."""
    return reverse("settings:person", args=[colleague.uuid])


def _login(invitation: Invitation | None) -> dict[str, Any]:
    if invitation is None:
        return {}
    is_open = invitation.is_open(now())
    return {"invitation": invitation, "ran_out": not is_open, "link": link_of(invitation) if is_open else ""}


def _edit(colleague: User, said: dict[str, Any], *, actor: User) -> None:
    at, details = now(), ("full_name", "email", "phone", "daily_capacity")
    with transaction.atomic():
        changes = {name: said[name] for name in details}
        actions.edit_user(user=colleague, actor=actor, at=at, seen=said["seen"], **changes)
        actions.edit_preferences(user=colleague, actor=actor, at=at, language=said["language"])
        actions.set_role(user=colleague, role=said["role"], actor=actor, at=at)
        actions.set_team(user=colleague, team=said["team"], actor=actor, at=at)


def _asked(request: HttpRequest) -> dict[str, str]:
    said = {name: request.GET.get(name, "").replace("\x00", "")[:80] for name in ("text", "role", "team", "state")}
    try:
        said["team"] = str(UUID(said["team"])) if said["team"] else ""
    except ValueError:
        raise Http404 from None
    said["role"] = said["role"] if said["role"] in Role.values else ""
    said["state"] = said["state"] if said["state"] in STATES else ""
    return said


def _start(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 0


def _page(asked: dict[str, str], start: int) -> str:
    query = {**{name: value for name, value in asked.items() if value}, **({"from": start} if start > 0 else {})}
    return f"{reverse('settings:people')}?{urlencode(query)}"
