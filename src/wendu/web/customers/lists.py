"""The list of customers: sorted by the server, narrowed by links and one form, page by page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from wendu.desk.lists import ALERTS, CLASSES, alert_words, asked_from, customer_list, sort_words, status_words
from wendu.kernel.clock import now
from wendu.method.codes import Status
from wendu.web.fragments import page_or_fragment, person

SORTS = ("heat", "due", "deadline", "amount", "latest")


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """Show a page of the customers one sees; for htmx only the rows."""
    found = customer_list(person(request), now(), asked_from(request.GET))
    context: dict[str, Any] = {
        "list": found,
        "classes": [
            (letter, _address(request, **{"class": letter}), found.asked.quadrant == letter) for letter in CLASSES
        ],
        "all_classes": (_address(request, **{"class": ""}), not found.asked.quadrant),
        "statuses": [(status.value, status_words(status.value)) for status in Status],
        "alerts": [(code, alert_words(code)) for code in ALERTS],
        "sorts": [(code, sort_words(code)) for code in SORTS],
        "next_url": _address(request, **{"from": found.next_offset}) if found.next_offset else "",
        "previous_url": _address(request, **{"from": found.previous_offset or ""})
        if found.previous_offset is not None
        else "",
    }
    return page_or_fragment(request, "customers/list.html", "customers/_list_rows.html", context)


def _address(request: HttpRequest, **changes: object) -> str:
    """This list with something else asked for; another question starts from the top."""
    query: QueryDict = request.GET.copy()
    if "from" not in changes:
        query.pop("from", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
