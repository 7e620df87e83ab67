"""The orders of a customer: shown, written down, corrected, cancelled, deleted, and each of them taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.agreements import actions
from wendu.agreements.actions import MOST_LINES
from wendu.agreements.choices import OrderState
from wendu.agreements.facts import money_of
from wendu.agreements.models import Order
from wendu.agreements.queries import contracts_of, orders_of, subscriptions_of
from wendu.coach.frame import Frame
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now
from wendu.opportunities.models import Opportunity
from wendu.web.agreements.contracts import contract_row
from wendu.web.agreements.fees import fee_row
from wendu.web.agreements.filling import accepted_quote, of_deal, of_order, offered
from wendu.web.agreements.forms import PARTS, EditOrderForm, OrderForm
from wendu.web.agreements.rows import MoneyRow, late_in
from wendu.web.customers.asking import Question, ask, lines_asked
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import done_once, is_fragment, person
from wendu.web.quotes.forms import ReasonForm
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid

LATEST, AT_MOST = 5, 200
RELATED = ("customer__owner", "customer__team", "opportunity", "decided_by", "quote__opportunity", "contract")


@require_safe
def orders(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The latest orders as the card on the customer's page, all of them as a page of its own."""
    customer, user = visible_customer(request, uuid), person(request)
    frame = Frame.at(now())
    found, today = list(orders_of(user, customer)[: AT_MOST + 1]), frame.today
    is_card = is_fragment(request) and request.headers.get("HX-Target") == "orders"
    most, money = LATEST if is_card else AT_MOST, money_of(found, on=today)
    context = {
        "customer": customer,
        "rows": [MoneyRow(order, money[order.pk], today) for order in found[:most]],
        "late": late_in([MoneyRow(order, money[order.pk], today) for order in found]),
        "has_more": len(found) > most,
        "subscriptions": [fee_row(each, frame) for each in subscriptions_of(user, customer)[:AT_MOST]],
        "contracts": [contract_row(each, frame) for each in contracts_of(user, customer)[:AT_MOST]],
        "may_contract": can(user, "contract.write", customer),
        "may_subscribe": can(user, "subscription.write", customer),
        "may_write": can(user, "order.write", customer),
        "may_delete": can(user, "order.delete", customer),
        "cancellable": (OrderState.OPEN, OrderState.DELIVERING),
    }
    return render(request, "agreements/_orders.html" if is_card else "agreements/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write an order down; `?deal=` fills in what that deal says."""
    customer, user, currency = visible_customer(request, uuid), person(request), _currency()
    permit(user, "order.write", customer)
    choices = offered(user, customer, currency)
    deal = _named(request, choices.deals)
    known, lines = of_deal(user, deal, currency) if deal else ({}, 0)
    first: dict[str, Any] = {"ordered_on": Organisation.objects.current().today(now()), "quantity_1": 1, **known}
    count = lines_asked(request, PARTS, max(lines - 1, 0), most=MOST_LINES)
    form = OrderForm(request.POST or None, offered=choices, lines=count, initial=first)

    def act(_said: dict[str, Any]) -> str:
        values = {**form.head(), **_from_quote(user, form.head()["opportunity"], currency)}
        order, _is_new = done_once(
            request,
            "order.written",
            lambda: actions.write_order(customer=customer, values=values, lines=form.lines(), actor=user, at=now()),
            find=lambda key: Order.objects.get(uuid=key),
        )
        return _("The order of %(day)s is written down") % {"day": order.ordered_on.isoformat()}

    back = reverse("opportunities:page", args=[deal.uuid]) if deal else ""
    words = (_("Write down an order"), _("Save"))
    question = Question(*words, customer, intro=_amounts_in(), back=back, more=_("One more line"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what an order says."""
    order, user = visible_order(request, uuid), person(request)
    permit(user, "order.write", order)
    seen, (known, lines) = order.revision, of_order(order)
    form = EditOrderForm(
        request.POST or None,
        offered=offered(user, order.customer, order.currency, order),
        lines=lines_asked(request, PARTS, lines, most=MOST_LINES),
        stands=order,
        reader=user,
    )
    form.initial = {name: form.fields[name].prepare_value(value) for name, value in known.items()}

    def act(_said: dict[str, Any]) -> str:
        changes = form.only_changed(form.head())
        rows = form.lines() if form.has_other_lines() else None
        actions.correct_order(order=order, changes=changes, lines=rows, actor=user, at=now(), seen=seen)
        return _("The order of %(day)s is corrected") % {"day": order.ordered_on.isoformat()}

    words = (_("Correct the order"), _("Save"))
    question = Question(*words, order.customer, intro=_amounts_in(), back=page_of(order), more=_("One more line"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def cancelling(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel an order, and say why."""
    order = visible_order(request, uuid)
    permit(person(request), "order.write", order)
    form = ReasonForm(request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.cancel_order(order=order, reason=said["reason"], actor=person(request), at=now())
        undo = reverse("agreements:uncancelling", args=[order.uuid])
        return told(request, order.customer, _("The order is cancelled"), undo_url=undo)

    intro = _("A cancelled order counts as never placed; temperature and rhythm are judged without it.")
    return ask(request, form, Question(_("Cancel the order"), _("Cancel the order"), order.customer, intro=intro), act)


@require_POST
def uncancelling(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a cancellation back."""
    order = visible_order(request, uuid)
    actions.uncancel_order(order=order, actor=person(request), at=now())
    in_place = not request.headers.get("HX-Target")
    return told(request, order.customer, _("The order stands again"), in_place=in_place)


def visible_order(request: HttpRequest, uuid: UUID) -> Order:
    """An order that stands, of a customer one sees."""
    rows = Order.objects.visible_to(person(request)).standing().filter(customer__deleted_at__isnull=True)
    found: Order = get_object_or_404(rows.select_related(*RELATED), uuid=uuid)
    return found


def page_of(order: Order) -> str:
    """The address of an order."""
    return reverse("agreements:page", args=[order.uuid])


def _from_quote(user: User, deal: Opportunity | None, currency: str) -> dict[str, Any]:
    """The quote a deal's order follows from, where the customer said yes to one in this currency."""
    quote = accepted_quote(user, deal) if deal else None
    return {"quote": quote} if quote is not None and quote.currency == currency else {}


def _named(request: HttpRequest, deals: Any) -> Opportunity | None:
    asked = as_uuid(request.GET.get("deal", ""))
    return next((each for each in deals if each.uuid == asked), None)


def _currency() -> str:
    return Organisation.objects.current().currency


def _amounts_in() -> str:
    return _("Amounts are in %(currency)s.") % {"currency": _currency()}
