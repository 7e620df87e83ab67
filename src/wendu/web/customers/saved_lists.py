"""Finding the view an address names, and going back to the list it is of."""

from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from wendu.desk.table.asked import EVERYONE, asked_from
from wendu.saved_views.models import SavedView
from wendu.saved_views.queries import view_named
from wendu.web.fragments import person


def seen_view(request: HttpRequest, uuid: UUID) -> SavedView:
    """The view, if it is seen; else there is none."""
    view = view_named(person(request), uuid)
    if view is None:
        raise Http404
    return view


def list_of(view: SavedView | None) -> str:
    """The address of the list a view stands for; without a view, of everyone."""
    asked = asked_from(QueryDict(f"view={view.uuid}&{view.query}" if view else f"view={EVERYONE}"))
    return f"{reverse('customers:list')}?{asked.query()}"


def asked_for(request: HttpRequest) -> str:
    """What the list a form was opened from asks for: without its place among the pages and without its view."""
    sent = request.POST if request.method == "POST" else request.GET
    return asked_from(QueryDict(sent.get("list", ""))).query(view="")
