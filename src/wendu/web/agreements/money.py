"""An order as a page, and its money: due, received, gone back; how it goes on; and who is late, everywhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import can, permit
from wendu.agreements import actions
from wendu.agreements.choices import OrderState
from wendu.agreements.facts import money_of
from wendu.agreements.models import Receipt, Return
from wendu.agreements.queries import orders_due, parts_of
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.web.agreements.money_forms import PARTS, DuesForm, EditReceiptForm, MoveForm, ReceiptForm, ReturnForm
from wendu.web.agreements.rows import MoneyRow, late_in
from wendu.web.agreements.views import page_of, visible_order
from wendu.web.agreements.ways_back import seen
from wendu.web.customers.asking import Question, ask, lines_asked
from wendu.web.fragments import done_once, person
from wendu.web.touches.answers import told

AHEAD_DAYS, AT_MOST = 30, 200
CANCELLABLE = (OrderState.OPEN, OrderState.DELIVERING)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One order: what stands on it, why it was bought, its money and how it went on."""
    order, user, today = visible_order(request, uuid), person(request), _today()
    receipts, returns, moves = parts_of(order)
    row = MoneyRow(order, money_of([order], on=today)[order.pk], today)
    plan = list(order.instalments.standing().order_by("due_on", "pk"))
    context = {
        "order": order,
        "row": row,
        "lines": list(order.lines.standing().order_by("pk")),
        "dues": list(zip(plan, row.money.dues, strict=True)),
        "receipts": receipts,
        "returns": returns,
        "moves": moves,
        "may_write": can(user, "order.write", order),
        "may_delete": can(user, "order.delete", order),
        "may_receive": can(user, "receipt.write", order) and order.state != OrderState.CANCELLED,
        "may_return": can(user, "return.write", order) and order.state != OrderState.CANCELLED,
        "can_move": bool(actions.STEPS.get(order.state)),
        "is_cancellable": order.state in CANCELLABLE,
    }
    return render(request, "agreements/order.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Who has not paid though the day is over, and what comes due in the next 30 days."""
    user, today = person(request), _today()
    found = list(orders_due(user, until=today + timedelta(days=AHEAD_DAYS))[: AT_MOST + 1])
    money = money_of(found[:AT_MOST], on=today)
    rows = [MoneyRow(order, money[order.pk], today) for order in found[:AT_MOST]]
    until = today + timedelta(days=AHEAD_DAYS)
    late = sorted((row for row in rows if row.money.overdue_since), key=lambda row: -row.days_late)
    coming = [row for row in rows if row.money.next_on and not row.money.overdue_since and row.money.next_on <= until]
    context = {"late": late, "coming": coming, "sums": late_in(late), "has_more": len(found) > AT_MOST}
    return render(request, "agreements/due.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dues(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write when which part of the price is due."""
    order = visible_order(request, uuid)
    permit(person(request), "order.write", order)
    plan = list(order.instalments.standing().order_by("due_on", "pk"))
    first: dict[str, Any] = {"seen": order.revision}
    for number, part in enumerate(plan, start=1):
        first |= {f"{name}_{number}": getattr(part, name) for name in ("due_on", "amount_minor", "note")}
    if not plan:
        days = order.quote.payment_days if order.quote else None
        first |= {"due_on_1": order.ordered_on + timedelta(days=days or 0), "amount_minor_1": order.gross_minor or None}
    count = lines_asked(request, PARTS, len(plan), most=actions.MOST_DUES)
    form = DuesForm(request.POST or None, currency=order.currency, lines=count, initial=first)

    def act(said: dict[str, Any]) -> HttpResponse:
        who: dict[str, Any] = {"actor": person(request), "at": now()}
        actions.set_instalments(order=order, dues=form.dues(), seen=said["seen"], **who)
        return told(request, order.customer, _("It is written down when what is due"), back=page_of(order))

    intro = _("One line for each part. A part without an amount is what the others leave of the price.")
    question = Question(
        *(_("When is what due?"), _("Save"), order.customer), intro=intro, back=page_of(order), more=_("One more part")
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down money that came in."""
    order, today = visible_order(request, uuid), _today()
    permit(person(request), "receipt.write", order)
    money = money_of([order], on=today)[order.pk]
    amount = money.overdue_minor or money.next_minor or money.open_minor
    first = {"received_on": today, "amount_minor": amount or None}
    form = ReceiptForm(request.POST or None, currency=order.currency, initial=first)

    def act(_said: dict[str, Any]) -> HttpResponse:
        who: dict[str, Any] = {"actor": person(request), "at": now()}
        receipt, _is_new = done_once(
            request,
            "receipt.written",
            lambda: actions.write_receipt(order=order, values=form.values(), **who),
            find=lambda key: Receipt.objects.get(uuid=key),
        )
        undo = reverse("agreements:receipt_withdrawal", args=[receipt.uuid])
        return told(request, order.customer, _("The money is written down"), undo_url=undo, back=page_of(order))

    question = Question(_("Write down a receipt"), _("Save"), order.customer, back=page_of(order))
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct a receipt."""
    row = seen(request, Receipt, uuid, path="order__")
    order = row.order
    permit(person(request), "receipt.write", order)
    form = EditReceiptForm(request.POST or None, currency=order.currency, stands=row, reader=person(request))
    stands = {name: getattr(row, name) for name in ReceiptForm.base_fields}
    form.initial = {name: form.fields[name].prepare_value(value) for name, value in stands.items()}

    def act(_said: dict[str, Any]) -> HttpResponse:
        changes = form.only_changed(form.values())
        actions.correct_receipt(receipt=row, changes=changes, actor=person(request), at=now())
        return told(request, order.customer, _("The receipt is corrected"), back=page_of(order))

    return ask(request, form, Question(_("Correct the receipt"), _("Save"), order.customer, back=page_of(order)), act)


@require_http_methods(["GET", "HEAD", "POST"])
def return_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what went back, or was taken off the price."""
    order = visible_order(request, uuid)
    permit(person(request), "return.write", order)
    lines = list(order.lines.standing().order_by("pk"))
    form = ReturnForm(request.POST or None, currency=order.currency, lines=lines, initial={"returned_on": _today()})

    def act(_said: dict[str, Any]) -> HttpResponse:
        who: dict[str, Any] = {"actor": person(request), "at": now()}
        row, _is_new = done_once(
            request,
            "return.written",
            lambda: actions.write_return(order=order, line=form.chosen(), values=form.values(), **who),
            find=lambda key: Return.objects.get(uuid=key),
        )
        undo = reverse("agreements:return_withdrawal", args=[row.uuid])
        return told(request, order.customer, _("The return is written down"), undo_url=undo, back=page_of(order))

    intro = _("It counts from its own day on; the past stays as it was. Less is owed from then on.")
    question = Question(_("Write down a return"), _("Save"), order.customer, intro=intro, back=page_of(order))
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def moving(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how far an order is."""
    order = visible_order(request, uuid)
    permit(person(request), "order.write", order)
    form = MoveForm(request.POST or None, order=order, initial={"accepted_on": order.accepted_on or _today()})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.move_order(order=order, actor=person(request), at=now(), **said)
        return told(request, order.customer, _("The order goes on"), back=page_of(order))

    intro = _("An accepted order is paid by itself once the receipts cover it.")
    question = Question(_("How far is the order?"), _("Save"), order.customer, intro=intro, back=page_of(order))
    return ask(request, form, question, act)


def _today() -> Any:
    return Organisation.objects.current().today(now())
