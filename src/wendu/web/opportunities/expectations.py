"""What they expect of the signature, as a page that can be printed and gone through with the customer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.desk.expectations import expectation_table
from wendu.kernel.clock import now
from wendu.web.opportunities.views import visible_deal


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The table of a deal, row by row in its four steps."""
    deal = visible_deal(request, uuid)
    table = expectation_table(deal_case(deal, Frame.at(now())))
    return render(request, "opportunities/expectations.html", {"table": table, "deal": deal, "customer": deal.customer})
