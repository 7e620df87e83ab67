"""What a person was told: a page, the list in the bell, and marking as read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from wendu.agenda.actions import mark_read
from wendu.agenda.models import Notification
from wendu.desk.notices import notices_of
from wendu.kernel.clock import now
from wendu.web.fragments import page_or_fragment, person
from wendu.web.leading import leads_to

IN_THE_BELL = 8
ON_THE_PAGE = 50


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show the latest, unread first in the eye."""
    is_short = request.headers.get("HX-Request") == "true"
    rows = notices_of(person(request), limit=IN_THE_BELL if is_short else ON_THE_PAGE)
    return page_or_fragment(request, "notifications/list.html", "notifications/_list.html", {"notices": rows})


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    mark_read(actor=person(request), at=now())
    return redirect("notifications:list")


@require_POST
def reading_one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark one as read and go to what it is about."""
    told = get_object_or_404(Notification.objects.of(person(request)), uuid=uuid)
    mark_read(actor=person(request), at=now(), notification=told)
    return redirect(leads_to(told, person(request)))
