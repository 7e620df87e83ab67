"""The search box, which is the command palette too: options while one types, a page without a script."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from wendu.customers.models import Customer
from wendu.desk.found import Found, found, lately, numbered
from wendu.identity.models import User
from wendu.web.creating import Offer
from wendu.web.fragments import page_or_fragment, person
from wendu.web.patience import unhurried
from wendu.web.search.offers import commands, matching, places
from wendu.web.shell import address

IN_THE_BOX = 8
ON_THE_PAGE = 50
LATELY = 6
LONGEST = 80
PAGES = {
    "customer": "customers:page",
    "opportunity": "opportunities:page",
    "order": "agreements:page",
    "contract": "agreements:contract",
    "subscription": "agreements:subscription",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Things and offers under one heading."""

    code: str
    label: str
    hits: list[tuple[Found, str]]
    offers: list[Offer]


@require_GET
@unhurried
def find(request: HttpRequest) -> HttpResponse:
    """What answers to the text and may be seen by who asks; before anything is typed, what one opened latest."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    limit = IN_THE_BOX if request.headers.get("HX-Request") == "true" else ON_THE_PAGE
    user = person(request)
    hits = _linked(request, _things(text, user, limit))
    doing, going = matching(text, request) if text else (commands(request), places(request))
    more = [_all_of(text)] if text and len(hits) == IN_THE_BOX == limit else []
    groups = [
        Group("things", pgettext("palette", "Found") if text else _("Opened lately"), hits, more),
        Group("doing", pgettext("palette", "Do"), [], doing),
        Group("going", _("Go to"), [], going),
    ]
    shown = [group for group in groups if group.hits or group.offers]
    context = {
        "text": text,
        "hits": hits,
        "groups": shown,
        "count": sum(len(group.hits) + len(group.offers) for group in shown),
        "beside": [group for group in shown if group.code != "things"],
    }
    return page_or_fragment(request, "search/find.html", "search/_options.html", context)


def _things(text: str, user: User, limit: int) -> list[Found]:
    """What carries this very number first, then the best matches; without a text, what one opened latest."""
    if not text:
        return lately(user=user, limit=LATELY)
    rows = (*numbered(text, user=user, limit=limit), *found(text, user=user, limit=limit))
    return list({(row.kind, row.uuid): row for row in rows}.values())[:limit]


def _linked(request: HttpRequest, rows: list[Found]) -> list[tuple[Found, str]]:
    """Each with its address; people and touches are found on their customer's page (one query for the customers)."""
    elsewhere = {row.customer_id for row in rows if row.kind not in PAGES}
    seen = Customer.objects.visible_to(request.user).filter(pk__in=elsewhere).values_list("pk", "uuid")
    of = dict(seen) if elsewhere else {}
    return [
        (row, address(PAGES.get(row.kind, "customers:page"), row.uuid if row.kind in PAGES else of[row.customer_id]))
        for row in rows
        if row.kind in PAGES or row.customer_id in of
    ]


def _all_of(text: str) -> Offer:
    """The way from the box to the page."""
    label = _("All that answers to “%(text)s”") % {"text": text}
    return Offer("all", label, "list", f"{reverse('search:find')}?{urlencode({'q': text})}")
