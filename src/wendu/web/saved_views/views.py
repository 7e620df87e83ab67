"""Saving a list as a view, changing and sharing it, taking it away; each with a way back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import can, permit
from wendu.identity.models import Team
from wendu.kernel.clock import now
from wendu.saved_views import actions
from wendu.saved_views.choices import Audience, Place
from wendu.saved_views.models import SavedView
from wendu.saved_views.queries import deleted_view
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.saved_lists import asked_for, list_of, seen_view
from wendu.web.fragments import done_once, person
from wendu.web.saved_views.forms import AudienceForm, NameForm, NewViewForm
from wendu.web.settings.answers import done


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Save a list under a name."""
    user, query = person(request), asked_for(request)
    permit(user, "view.save")
    form = NewViewForm(request.POST or None, user=user, shares=can(user, "view.share"), initial={"list": query})

    def act(said: dict[str, Any]) -> HttpResponse:
        view, _is_new = done_once(
            request,
            "view.saved",
            lambda: actions.save_view(
                place=Place.CUSTOMERS,
                name=said["name"],
                query=query,
                actor=user,
                at=now(),
                audience=said.get("audience", Audience.PRIVATE),
                team=said.get("team"),
            ),
            find=lambda key: SavedView.objects.get(uuid=key),
        )
        return done(request, _("“%(view)s” is saved") % {"view": view.name}, list_of(view))

    back = f"{reverse('customers:list')}?{query}"
    return ask(request, form, Question(_("Save as a view"), _("Save"), back=back), act)


@require_POST
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a view stand for the list as it is shown now."""
    view = seen_view(request, uuid)
    actions.change_view(view=view, query=asked_for(request), actor=person(request), at=now())
    return _changed(request, view, _("“%(view)s” is changed") % {"view": view.name})


@require_http_methods(["GET", "HEAD", "POST"])
def renaming(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Call a view something else."""
    view = seen_view(request, uuid)
    permit(person(request), "view.edit", view)
    form = NameForm(request.POST or None, initial={"name": view.name})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.rename_view(view=view, name=said["name"], actor=person(request), at=now())
        return _changed(request, view, _("It is called “%(view)s” now") % {"view": view.name})

    return ask(request, form, Question(_("Rename the view"), _("Save"), back=list_of(view)), act)


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide who sees a view."""
    view, user = seen_view(request, uuid), person(request)
    permit(user, "view.edit", view)
    permit(user, "view.share")
    form = AudienceForm(request.POST or None, user=user, initial={"audience": view.audience, "team": view.team_id})

    def act(said: dict[str, Any]) -> HttpResponse:
        team = said.get("team")
        actions.share_view(view=view, audience=said["audience"], team=team, actor=user, at=now())
        return _changed(request, view, _shared_words(view, team))

    return ask(request, form, Question(_("Share the view"), _("Save"), back=list_of(view)), act)


@require_POST
def taking_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Undo the latest change of a view."""
    view = seen_view(request, uuid)
    actions.take_back(view=view, actor=person(request), at=now())
    return done(request, _("“%(view)s” is as it was") % {"view": view.name}, list_of(view))


@require_POST
def deletion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a view away; it can be brought back."""
    view = seen_view(request, uuid)
    actions.delete_view(view=view, actor=person(request), at=now())
    undo = reverse("saved_views:restoration", kwargs={"uuid": view.uuid})
    return done(request, _("“%(view)s” is deleted") % {"view": view.name}, list_of(None), undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a deleted view back."""
    view = deleted_view(person(request), uuid)
    if view is None:
        raise Http404
    actions.restore_view(view=view, actor=person(request), at=now())
    return done(request, _("“%(view)s” is back") % {"view": view.name}, list_of(view))


def _changed(request: HttpRequest, view: SavedView, words: str) -> HttpResponse:
    undo = reverse("saved_views:taking_back", kwargs={"uuid": view.uuid})
    return done(request, words, list_of(view), undo_url=undo)


def _shared_words(view: SavedView, team: Team | None) -> str:
    said = {"view": view.name, "team": team.name if team else ""}
    if view.audience == Audience.ALL:
        return _("Everybody sees “%(view)s” now") % said
    if view.audience == Audience.TEAM:
        return _("%(team)s sees “%(view)s” now") % said
    return _("Only you see “%(view)s” now") % said
