"""The way along a list from one of its customers to the next, and the customer at a glance beside the list."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wendu.customers.models import Customer
from wendu.desk.peek import peek as peeked
from wendu.desk.table.asked import EVERYONE, asked_from
from wendu.desk.table.place import Neighbour, Place, place_in
from wendu.kernel.clock import now
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import is_fragment, person


@dataclass(frozen=True, slots=True)
class Way:
    """A customer's place in the list one came from, with the addresses around it."""

    place: Place
    list_url: str
    previous_url: str
    next_url: str


def way_of(request: HttpRequest, customer: Customer, *, page: str) -> Way | None:
    """The way along the list whose query and mark the address carries; without them there is none."""
    sent = request.GET
    if "list" not in sent or "at" not in sent:
        return None
    asked = asked_from(QueryDict(sent["list"][:4000]))
    place = place_in(asked, sent["at"][:300], customer, user=person(request), at=now())
    if place is None:
        return None
    query = asked.query()
    return Way(
        place,
        f"{reverse('customers:list')}?{query or f'view={EVERYONE}'}",
        _address(page, place.previous, query),
        _address(page, place.next, query),
    )


@require_safe
def peek(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a customer beside the list; without a script, its page."""
    customer = visible_customer(request, uuid)
    if not is_fragment(request):
        query = request.GET.urlencode()
        page = reverse("customers:page", kwargs={"uuid": uuid})
        return redirect(f"{page}?{query}" if query else page)
    context = {
        "peek": peeked(person(request), customer, now()),
        "customer": customer,
        "way": way_of(request, customer, page="customers:peek"),
        "query": request.GET.urlencode(),
    }
    return render(request, "customers/_peek.html", context)


def _address(page: str, neighbour: Neighbour | None, query: str) -> str:
    if neighbour is None:
        return ""
    here = reverse(page, kwargs={"uuid": neighbour.uuid})
    return f"{here}?list={quote(query, safe='')}&at={quote(neighbour.at, safe=':')}"
