"""The search box: options while one types, a page without a script."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from wendu.customers.models import Customer
from wendu.desk.found import Found, found
from wendu.web.fragments import page_or_fragment, person
from wendu.web.shell import address

IN_THE_BOX = 8
ON_THE_PAGE = 50
LONGEST = 80


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What answers to the text and may be seen by who asks."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    short = request.headers.get("HX-Request") == "true"
    rows = found(text, user=person(request), limit=IN_THE_BOX if short else ON_THE_PAGE) if text else []
    context = {"text": text, "hits": _linked(request, rows)}
    return page_or_fragment(request, "search/find.html", "search/_options.html", context)


def _linked(request: HttpRequest, rows: list[Found]) -> list[tuple[Found, str]]:
    """Each with its address; a person is found on the customer's page (one query for their customers)."""
    people = {row.customer_id for row in rows if row.kind == "contact"}
    seen = Customer.objects.visible_to(request.user).filter(pk__in=people).values_list("pk", "uuid")
    of = dict(seen) if people else {}
    pages = {"customer": "customers:page", "opportunity": "opportunities:page"}
    return [
        (
            row,
            address(pages.get(row.kind, "customers:page"), of[row.customer_id] if row.kind == "contact" else row.uuid),
        )
        for row in rows
        if row.kind != "contact" or row.customer_id in of
    ]
