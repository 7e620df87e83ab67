"""Keeping a view at hand, and letting the table open with it: for oneself, or for a role."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.identity.choices import Role
from wendu.kernel.clock import now
from wendu.saved_views import actions
from wendu.saved_views.choices import Place
from wendu.saved_views.queries import roles_opening_with
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.saved_lists import list_of, seen_view
from wendu.web.fragments import person
from wendu.web.saved_views.forms import RolesForm
from wendu.web.settings.answers import done


@require_POST
def pin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a view at hand."""
    view = seen_view(request, uuid)
    actions.pin_view(view=view, actor=person(request), at=now())
    return done(request, _("“%(view)s” stays at hand") % {"view": view.name}, list_of(view))


@require_POST
def pin_removal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep it at hand no longer."""
    view = seen_view(request, uuid)
    actions.unpin_view(view=view, actor=person(request), at=now())
    return done(request, _("“%(view)s” is no longer pinned") % {"view": view.name}, list_of(view))


@require_POST
def first(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open one's own table with a view."""
    view = seen_view(request, uuid)
    actions.put_first(view=view, place=Place.CUSTOMERS, actor=person(request), at=now())
    return done(request, _("Your table opens with “%(view)s” now") % {"view": view.name}, list_of(view))


@require_POST
def first_removal(request: HttpRequest) -> HttpResponse:
    """Open one's own table as usual again."""
    actions.put_first(view=None, place=Place.CUSTOMERS, actor=person(request), at=now())
    return done(request, _("Your table opens as usual again"), list_of(None))


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say for which roles the table opens with a view."""
    view, user = seen_view(request, uuid), person(request)
    permit(user, "view.put_first_for_role")
    opening = set(roles_opening_with(user, view))
    form = RolesForm(request.POST or None, initial={"roles": [role for role in Role.values if role in opening]})
    if request.method == "POST" and not request.POST.getlist("roles"):
        form = RolesForm(request.POST)

    def act(said: dict[str, Any]) -> HttpResponse:
        with transaction.atomic():
            for role in Role.values:
                if (role in said["roles"]) != (role in opening):
                    chosen = view if role in said["roles"] else None
                    actions.put_first(view=chosen, place=Place.CUSTOMERS, role=role, actor=user, at=now())
        return done(request, _("Saved whose table opens with “%(view)s”") % {"view": view.name}, list_of(view))

    return ask(request, form, Question(_("Open with this view"), _("Save"), back=list_of(view)), act)
