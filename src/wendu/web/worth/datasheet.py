"""The data sheet of a customer, to read and to print; and the orders nobody wrote the need of."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wendu.access.verbs import can_about
from wendu.agreements.queries import orders_without_need
from wendu.desk.worth.datasheet import DataSheet, SheetOrder, data_sheet
from wendu.kernel.clock import now
from wendu.method.datasheet import Care
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import person
from wendu.web.worth.sections import sections

AT_MOST, LONGEST = 200, 500


@require_safe
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One customer on one sheet."""
    shown = data_sheet(person(request), visible_customer(request, uuid), now())
    context = {
        "sheet": shown,
        "customer": shown.customer,
        "rows": [(row, _question(shown, row)) for row in shown.orders],
        "looks": [(row, _question(shown, row)) for row in shown.looks],
    }
    return render(request, "worth/datasheet.html", context)


@require_safe
def unexplained(request: HttpRequest) -> HttpResponse:
    """Orders that say nothing of the need behind them, and the way to say it."""
    user = person(request)
    found = orders_without_need(user)
    count, rows = found.count(), list(found[:AT_MOST])
    writes = can_about(user, "order.write", [order.customer for order in rows])
    shape = ngettext("%(n)s order says no need", "%(n)s orders say no need", count)
    context = {
        "rows": [(order, order.customer_id in writes) for order in rows],
        "lead": shape % {"n": f"{count:,}"},
        "has_more": count > AT_MOST,
        "sections": sections("unexplained"),
    }
    return render(request, "worth/unexplained.html", context)


def _question(shown: DataSheet, row: SheetOrder) -> str:
    """Where the step that follows from an order is planned: ask why, or look after what it was for; empty: none."""
    look = row.look
    if look is None or not shown.may["plan"] or look.care in (Care.DONE, Care.MISSED):
        return ""
    day = row.order.ordered_on.isoformat()
    if look.care == Care.ASK_WHY:
        said = {"do": _("Ask why they placed the order of %(day)s: which need, why then") % {"day": day}}
    else:
        do = _("Check with them: %(what)s") % {"what": look.check}
        goal = _("The order of %(day)s was placed because: %(why)s") % {"day": day, "why": look.because}
        said = {"do": do[:LONGEST], "objective": goal[:LONGEST]}
        if look.due_on > shown.today:
            said["on"] = look.due_on.isoformat()
    return f"{reverse('steps:new')}?{urlencode({'customer': str(shown.customer.uuid), **said})}"
