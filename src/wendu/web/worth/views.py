"""What customers are worth: one of them, all of them, whom to ask for the next order, and how far to trust it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from wendu.access.verbs import can
from wendu.desk.worth.again import again_page
from wendu.desk.worth.lanes import lanes_page
from wendu.desk.worth.model import model_card
from wendu.desk.worth.next_need import next_page
from wendu.desk.worth.overview import overview_page
from wendu.desk.worth.panel import worth_of
from wendu.desk.worth.sources import PERIODS, sources_page
from wendu.desk.worth.stock import stock_page
from wendu.kernel.clock import now
from wendu.method.purchase import Turn
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import is_fragment, person
from wendu.web.worth.forms import WhatifForm
from wendu.web.worth.sections import sections


@require_safe
def customer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one customer is worth, in three parts."""
    found = visible_customer(request, uuid)
    context = {"worth": worth_of(person(request), found, now()), "customer": found}
    is_card = is_fragment(request) and request.headers.get("HX-Target") == "worth"
    return render(request, "worth/_card.html" if is_card else "worth/customer.html", context)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the customers one sees are worth together, and what would follow if fewer left."""
    form = WhatifForm(request.GET or None)
    shown = overview_page(person(request), now(), form.said())
    form.suggest(shown.asked)
    context = {
        "shown": shown,
        "form": form,
        "names": {"latest": _("Latest 12 months"), "before": _("The 12 months before")},
        "sections": sections("overview"),
    }
    return render(request, "worth/overview.html", context)


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """Who is likely to buy again: in the window of the next order, late, or soon."""
    shown = again_page(person(request), now(), request.GET.dict())
    due = sum(group.count for group in shown.groups)
    shape = ngettext("%(n)s customer to ask for the next order", "%(n)s customers to ask for the next order", due)
    titles = {
        Turn.IN_WINDOW: _("In their window now"),
        Turn.LATE: _("Late: the window is over"),
        Turn.EARLY: _("Soon: the window opens within 30 days"),
    }
    context = {
        "shown": shown,
        "lead": shape % {"n": f"{due:,}"},
        "groups": [(titles[group.turn], group) for group in shown.groups],
        "is_empty": not due,
        "sections": sections("again"),
    }
    return render(request, "worth/again.html", context)


@require_safe
def next_need(request: HttpRequest) -> HttpResponse:
    """What old customers could need next."""
    shown = next_page(person(request), now(), request.GET.get("page"))
    shape = ngettext(
        "%(n)s customer could need something more", "%(n)s customers could need something more", shown.count
    )
    context = {
        "shown": shown,
        "lead": shape % {"n": f"{shown.count:,}"},
        "may_write": can(person(request), "library.write"),
        "sections": sections("next_need"),
    }
    return render(request, "worth/next.html", context)


@require_safe
def lanes(request: HttpRequest) -> HttpResponse:
    """Customers by stage of their life with us."""
    shown = lanes_page(person(request), now())
    shape = ngettext(
        "%(n)s customer, by where it stands with us", "%(n)s customers, by where they stand with us", shown.count
    )
    context = {"shown": shown, "lead": shape % {"n": f"{shown.count:,}"}, "sections": sections("lanes")}
    return render(request, "worth/lanes.html", context)


@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    """Existing customers with open potential."""
    shown = stock_page(person(request), now(), request.GET.get("page"))
    shape = ngettext(
        "%(n)s existing customer with open potential", "%(n)s existing customers with open potential", shown.count
    )
    context = {"shown": shown, "lead": shape % {"n": f"{shown.count:,}"}, "sections": sections("stock")}
    return render(request, "worth/stock.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Where new customers came from, and how many others brought."""
    shown = sources_page(person(request), now(), request.GET.get("days", ""))
    shape = ngettext("%(n)s new customer", "%(n)s new customers", shown.customers)
    words = {"90": _("90 days"), "365": _("1 year"), "all": pgettext("period", "All")}
    context = {
        "shown": shown,
        "lead": shape % {"n": f"{shown.customers:,}"},
        "periods": [(words[code], f"?days={code}", code == shown.period) for code in PERIODS],
        "sections": sections("sources"),
    }
    return render(request, "worth/sources.html", context)


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """What the model learnt, how it did on the past, and whether it may speak."""
    card = model_card()
    lead = card.verdict if card else pgettext("model", "Nobody has looked yet")
    return render(request, "worth/model.html", {"card": card, "lead": lead, "sections": sections("model")})
