"""How what was written is answered: a toast with a way back, and a word to the page that something moved."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wendu.customers.models import Customer
from wendu.web.fragments import is_fragment, safe_next


def told(
    request: HttpRequest, customer: Customer, words: str, *, undo_url: str = "", in_place: bool = False, back: str = ""
) -> HttpResponse:
    """Say what was done: as a toast for htmx (the page hears `touch:logged`), else on the page one goes back to.

    `in_place` puts the toast where the request asked for it, for an undo inside a toast; `back` is the page one goes
    back to where it is not the customer's.
    """
    page = back or reverse("customers:page", kwargs={"uuid": customer.uuid})
    if not is_fragment(request):
        messages.success(request, words, extra_tags=undo_url)
        return redirect(safe_next(request, page))
    response = render(request, "touches/_toast.html", {"words": words, "undo_url": undo_url})
    if not in_place:
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    response["HX-Trigger-After-Swap"] = json.dumps(
        {"touch:logged": {"customer": str(customer.uuid)}, "drawer:close": {}}
    )
    return response
