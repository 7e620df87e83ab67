"""Which columns the table shows, and in which order."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from wendu.coach.frame import Frame
from wendu.desk.table.asked import Asked, asked_from
from wendu.desk.table.choosing import DOWN, UP, all_columns, chosen, moved
from wendu.desk.table.names import names_for
from wendu.desk.table.page import usual_columns
from wendu.kernel.clock import now
from wendu.web.customers.composing import to_list, to_step
from wendu.web.fragments import person


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Tick and move columns; without a script each move is a step of the form."""
    user, sent = person(request), request.GET
    asked = asked_from(QueryDict(sent.get("list", "")))
    names = names_for(user, Frame.at(now()), ())
    if "step" not in sent:
        rows = all_columns(asked.columns or usual_columns(user), names)
        return _shown(request, asked, rows)
    order = sent.getlist("order")
    for way in (UP, DOWN):
        order = moved(order, sent.get(way, ""), way)
    ticked = sent.getlist("col")
    if sent["step"] == "show" and UP not in sent and DOWN not in sent:
        return to_list(request, replace(asked, columns=chosen(order, ticked)))
    rows = [(code, label, code in ticked) for code, label, _ in all_columns(order, names)]
    return _shown(request, asked, rows)


def _shown(request: HttpRequest, asked: Asked, rows: list[tuple[str, str, bool]]) -> HttpResponse:
    context = {"rows": rows, "list_query": asked.query(), "usual_query": replace(asked, columns=()).query()}
    return to_step(request, "customers/_columns.html", context)
