"""The lines of a draft: written, corrected, taken off and brought back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.kernel.clock import now
from wendu.offers.queries import products_for
from wendu.quotes import actions
from wendu.quotes.models import Quote, QuoteLine
from wendu.web.customers.asking import ask
from wendu.web.fragments import done_once, person
from wendu.web.opportunities.finding_fields import AmountField
from wendu.web.quotes.forms import EditLineForm, LineForm
from wendu.web.quotes.views import asked_of, visible_quote
from wendu.web.touches.answers import told


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put one more thing on a draft; its tax is that of the line before."""
    quote = _mine(request, uuid)
    latest = quote.lines.order_by("-pk").first()
    initial = {"tax": latest.tax if latest else None, **_from_library(request.GET.get("product", ""), quote)}
    form: Any = LineForm(request.POST or None, currency=quote.currency, initial=initial)
    form.products, form.currency = products_for(quote.currency), quote.currency

    def act(_said: dict[str, Any]) -> str:
        line, _is_new = done_once(
            request,
            "quoteline.written",
            lambda: actions.write_line(quote=quote, values=form.values(), actor=person(request), at=now()),
            find=lambda key: quote.lines.get(uuid=key),
        )
        return _("On the quote: %(item)s") % {"item": line.item}

    question = replace(asked_of(quote, _("Add a line"), _("Add")), extra="quotes/_products.html", beneath="item")
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Correct a line."""
    quote = _mine(request, uuid)
    line = _found(quote, row)
    seen = line.revision
    form: Any = EditLineForm(request.POST or None, currency=quote.currency, stands=line, reader=person(request))
    form.initial = {name: form.fields[name].prepare_value(getattr(line, name)) for name in actions.LINE}

    def act(_said: dict[str, Any]) -> str:
        values = form.only_changed(form.values())
        actions.correct_line(line=line, values=values, actor=person(request), at=now(), seen=seen)
        return _("Corrected: %(what)s") % {"what": line.item}

    question = replace(asked_of(quote, _("Line of the quote"), _("Save")), extra="opportunities/_take_out.html")
    return ask(request, form, question, act)


@require_POST
def removal(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Take a line off."""
    quote = _mine(request, uuid)
    line = _found(quote, row)
    actions.take_line_back(line=line, actor=person(request), at=now())
    undo = reverse("quotes:line_restoration", args=[quote.uuid, line.uuid])
    words = _("Taken off: %(item)s") % {"item": line.item}
    return told(request, quote.opportunity.customer, words, undo_url=undo, back=_back(quote))


@require_POST
def restoration(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Bring a line back."""
    quote = _mine(request, uuid)
    line = get_object_or_404(quote.lines.select_related("quote__opportunity__customer"), uuid=row)
    actions.bring_line_back(line=line, actor=person(request), at=now())
    words = _("Back again: %(what)s") % {"what": line.item}
    in_place = not request.headers.get("HX-Target")
    return told(request, quote.opportunity.customer, words, in_place=in_place, back=_back(quote))


def _from_library(asked: str, quote: Quote) -> dict[str, Any]:
    """What the library says of a product, as it stands today; from then on the line keeps its own words."""
    product = next((each for each in products_for(quote.currency) if str(each.uuid) == asked), None)
    if product is None:
        return {}
    price = AmountField("").prepare_value(product.list_minor)
    said = {"item": product.name, "unit": product.unit, "unit_minor": price, "list_minor": price, "tax": product.tax}
    return {name: value for name, value in said.items() if value not in (None, "")}


def _mine(request: HttpRequest, uuid: UUID) -> Quote:
    quote = visible_quote(request, uuid)
    permit(person(request), "quote.write", quote.opportunity)
    return quote


def _found(quote: Quote, row: UUID) -> QuoteLine:
    rows = quote.lines.filter(removed_at__isnull=True).select_related("quote__opportunity__customer")
    return get_object_or_404(rows, uuid=row)


def _back(quote: Quote) -> str:
    return reverse("quotes:page", args=[quote.uuid])
