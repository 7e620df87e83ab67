"""What was corrected about a customer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wendu.desk.edits import edits_of
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import person

LONGEST_KEY = 18


@require_safe
def edits(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every correction of a record: who wrote what over what, and when."""
    customer = visible_customer(request, uuid)
    sent = request.GET.get("after", "")
    is_key = sent.isascii() and sent.isdecimal() and len(sent) <= LONGEST_KEY
    found = edits_of(person(request), customer, after=int(sent) if is_key else None)
    here = reverse("customers:edits", kwargs={"uuid": customer.uuid})
    context = {
        "customer": customer,
        "rows": found.rows,
        "first_url": here if is_key else "",
        "next_url": f"{here}?after={found.after}" if found.after else "",
    }
    return render(request, "customers/edits.html", context)
