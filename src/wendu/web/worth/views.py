"""What customers are worth: of one customer, on a card of its page or on a page of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wendu.desk.worth.model import model_card
from wendu.desk.worth.panel import worth_of
from wendu.kernel.clock import now
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import is_fragment, person
from wendu.web.worth.sections import sections


@require_safe
def customer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one customer is worth, in three parts."""
    found = visible_customer(request, uuid)
    context = {"worth": worth_of(person(request), found, now()), "customer": found}
    is_card = is_fragment(request) and request.headers.get("HX-Target") == "worth"
    return render(request, "worth/_card.html" if is_card else "worth/customer.html", context)


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """What the model learnt, how it did on the past, and whether it may speak."""
    context = {"card": model_card(), "sections": sections("model")}
    return render(request, "worth/model.html", context)
