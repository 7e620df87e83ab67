"""Today: the page of the morning, and putting a customer off."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wendu.agenda.actions import snooze, undo_snooze
from wendu.agenda.models import Snooze
from wendu.customers.models import Customer
from wendu.desk.days import day_name
from wendu.desk.table.few import warmest
from wendu.desk.today import planned_words, today_page
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.method.codes import Status
from wendu.web.backups.told import backup_banners
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import done_once, is_fragment, page_or_fragment, person, said
from wendu.web.today.forms import DayUnreadable, RestForm, next_days
from wendu.web.today.home import home_of

TODAY = "today:today"
FEW = 8


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The morning page; for htmx what a touch may have moved: list, counts and what is due."""
    page = today_page(person(request), now(), only=request.GET.get("only", ""))
    request.banners = backup_banners(request.user, at=now())  # type: ignore[attr-defined]
    request.nav_counts = {"today": page.planned}  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "page": page,
        "opened": request.GET.get("open", ""),
        "rest_days": [(day, day_name(day, page.on)) for day in next_days(page.on)],
        "fullness": planned_words(page) if page.rows or page.done else "",
    }
    if not page.only:
        context |= {"home": home_of(person(request), page.frame, now()), "customers": reverse("customers:list")}
    if not (page.rows or page.only):
        context["hottest"] = warmest(person(request), page.frame, status=Status.IN_PURSUIT.value, limit=FEW)
        context["quiet"] = warmest(person(request), page.frame, alert="cold_gap", limit=FEW)
    return page_or_fragment(request, "today/today.html", "today/_refresh.html", context)


@require_POST
def rest(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a customer off until a day; the row leaves, with a way back."""
    customer = _customer(request, uuid)
    form = RestForm(request.POST)
    if not form.is_valid():
        raise DayUnreadable
    until = form.cleaned_data["until"] or next_days(_business_day())[0]
    actor = person(request)
    done_once(
        request,
        "step.snooze",
        lambda: snooze(customer=customer, until_on=until, actor=actor, at=now()),
        find=lambda key: Snooze.objects.get(uuid=key, user=actor),
    )
    words = _("%(customer)s rests until %(day)s") % {"customer": customer.name, "day": f"{until:%m-%d}"}
    return said(request, words, undo_url=reverse("today:return", args=[uuid]), back=reverse(TODAY))


@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a customer back into today's plan."""
    customer = _customer(request, uuid)
    undo_snooze(customer=customer, actor=person(request), at=now())
    return _reloaded(request)


def _customer(request: HttpRequest, uuid: UUID) -> Customer:
    found: Customer = found_or_forwarded(request, Customer.objects.visible_to(request.user), uuid)
    return found


def _business_day() -> date:
    return Organisation.objects.current().today(now())


def _reloaded(request: HttpRequest) -> HttpResponse:
    """What was taken back belongs somewhere in the list: the page is drawn anew."""
    if not is_fragment(request):
        return redirect(TODAY)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response
