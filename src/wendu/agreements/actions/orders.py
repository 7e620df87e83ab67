"""What can be done to an order: written with its lines, corrected, cancelled, deleted, and each of them taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agreements.actions.keeping import hold_order, move_to, settle, words_of_new
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine
from wendu.customers.actions import AlreadyDeleted, NotDeleted, lock_customer
from wendu.customers.models import Contact, Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import Change, apply_changes, plain
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.money import LARGEST_MINOR, AmountTooLarge
from wendu.kernel.names import tidy_line
from wendu.method.deals.quote import Line, line_amounts
from wendu.offers.models import Solution
from wendu.opportunities.models import Opportunity

declare(*(f"order.{verb}" for verb in ("written", "corrected", "cancelled", "uncancelled", "deleted", "restored")))

HEAD = (
    *("ordered_on", "external_id", "tax_included", "need", "reason", "scenario", "behaviour"),
    "note",
)
LINKS = ("decided_by", "opportunity", "quote", "contract")
AS_TOLD = {"quote": "quote_id"}  # a quote is also what somebody said
LINE = ("item", "unit", "quantity", "unit_minor", "discount", "tax", "cost_minor")
MOST_LINES = 100
LONGEST_REASON = 300
PER_CENT = 100


class NothingOrdered(ActionError):
    """An order is for something."""

    code = "nothing_ordered"
    field = "item"
    message = _("Nothing stands on this order yet. Write at least one line, and at most 100.")


class BadOrderLine(ActionError):
    """A line has a quantity and a price, and takes off at most everything."""

    code = "bad_order_line"
    message = _("Enter a number above 0 for the quantity, 0 or more for price and cost, and 0 to 100 for per cent.")


class OrderedLater(ActionError):
    """An order that was placed was placed today or before."""

    code = "ordered_later"
    field = "ordered_on"
    message = _("The day %(day)s has not come yet. An order counts from the day it is placed.")


class OrderNumberTaken(ActionError):
    """One number means one order."""

    code = "order_number_taken"
    field = "external_id"
    message = _("There is an order with the number %(number)s already. Choose another number, or leave it empty.")


class OfAnotherCustomer(ActionError):
    """Deal and person belong to the customer who ordered."""

    code = "of_another_customer"
    message = _("This belongs to another customer. Choose one of the customer who ordered.")


class OrderReasonNeeded(ActionError):
    """Whoever cancels says why."""

    code = "order_reason_needed"
    field = "reason"
    message = _("Say why in a few words (at most 300 characters).")


class NotCancellable(ActionError):
    """What was accepted is returned, not cancelled; what is not cancelled is not brought back."""

    code = "order_not_cancellable"
    message = _("This order is: %(state)s. That step is not possible from there.")


@transaction.atomic
def write_order(
    *,
    customer: Customer,
    values: Mapping[str, object],
    lines: Sequence[Mapping[str, object]],
    actor: User | None,
    at: datetime,
) -> Order:
    """Write an order down; what it brought is worked out from its lines, in the currency of the house."""
    permit(actor, "order.write", customer)
    lock_customer(customer)
    if customer.deleted_at is not None:
        raise AlreadyDeleted
    currency = Organisation.objects.current().currency
    order = Order(customer=customer, currency=currency, author=actor, written_at=at)
    _changed(order, values)
    _check(order, at=at)
    rows = [_line(order, each) for each in lines]
    _add_up(order, rows)
    order.save()
    OrderLine.objects.bulk_create(rows)
    said = {AS_TOLD.get(name, name): getattr(order, name) for name in (*HEAD, *LINKS)}
    after = words_of_new(said, lines=len(rows), revenue_minor=order.revenue_minor)
    record("order.written", subject=order, actor=actor, at=at, after=after)
    return order


@transaction.atomic
def correct_order(
    *,
    order: Order,
    changes: Mapping[str, object],
    actor: User | None,
    at: datetime,
    lines: Sequence[Mapping[str, object]] | None = None,
    seen: int | None = None,
) -> Order:
    """Correct what an order says; `lines` replaces what stands on it. `seen` is the revision the editor had."""
    hold_order(order, "order.write", actor, seen=seen)
    before_minor = order.revenue_minor
    change = _changed(order, changes)
    _check(order, at=at)
    before, after = dict(change.before), dict(change.after)
    if lines is not None:
        rows = [_line(order, each) for each in lines]
        _add_up(order, rows)
        order.lines.filter(removed_at__isnull=True).update(removed_at=at)
        OrderLine.objects.bulk_create(rows)
        before["revenue_minor"], after["revenue_minor"] = before_minor, order.revenue_minor
    elif "tax_included" in after:
        _add_up(order, list(order.lines.filter(removed_at__isnull=True)))
    if after:
        order.save()
        record("order.corrected", subject=order, actor=actor, at=at, before=before, after=after)
        settle(order, actor=actor, at=at)
    return order


@transaction.atomic
def cancel_order(*, order: Order, reason: str, actor: User | None, at: datetime) -> Order:
    """Cancel an order that was not accepted yet; it counts as never placed."""
    hold_order(order, "order.write", actor)
    if order.state not in (OrderState.OPEN, OrderState.DELIVERING):
        raise NotCancellable(state=OrderState(order.state).label)
    words = tidy_line(reason)
    if not 0 < len(words) <= LONGEST_REASON:
        raise OrderReasonNeeded
    before = order.state
    move_to(order, OrderState.CANCELLED, words, actor, at)
    record("order.cancelled", subject=order, actor=actor, at=at, before={"state": before}, after={"reason": words})
    return order


@transaction.atomic
def uncancel_order(*, order: Order, actor: User | None, at: datetime) -> Order:
    """Take a cancellation back: the order stands where it stood before."""
    hold_order(order, "order.write", actor)
    latest = order.moves.filter(to_state=OrderState.CANCELLED).order_by("-pk").first()
    if order.state != OrderState.CANCELLED or latest is None:
        raise NotCancellable(state=OrderState(order.state).label)
    move_to(order, OrderState(latest.from_state), "", actor, at)
    record("order.uncancelled", subject=order, actor=actor, at=at, after={"state": order.state})
    return order


@transaction.atomic
def delete_order(*, order: Order, actor: User | None, at: datetime) -> Order:
    """Take an order out of sight; it can be restored."""
    hold_order(order, "order.delete", actor)
    order.deleted_at = at
    order.save(update_fields=["deleted_at"])
    record("order.deleted", subject=order, actor=actor, at=at, before={"revenue_minor": order.revenue_minor})
    return order


@transaction.atomic
def restore_order(*, order: Order, actor: User | None, at: datetime) -> Order:
    """Bring a deleted order back as it was."""
    permit(actor, "order.restore", order)
    lock_customer(order.customer)
    advance(order)
    order.refresh_from_db()
    if order.customer.deleted_at is not None:
        raise AlreadyDeleted
    if order.deleted_at is None:
        raise NotDeleted
    order.deleted_at = None
    order.save(update_fields=["deleted_at"])
    record("order.restored", subject=order, actor=actor, at=at, after={"revenue_minor": order.revenue_minor})
    return order


def _changed(order: Order, values: Mapping[str, object]) -> Change:
    """Put on an order what is said of it, be it in words or by naming a deal or a person."""
    said = apply_changes(order, {name: value for name, value in values.items() if name not in LINKS}, writable=HEAD)
    before, after = dict(said.before), dict(said.after)
    for name in LINKS:
        old, new = getattr(order, name), values.get(name)
        if name in values and old != new:
            setattr(order, name, new)
            before[AS_TOLD.get(name, name)], after[AS_TOLD.get(name, name)] = plain(old), plain(new)
    return Change(before, after)


def _check(order: Order, *, at: datetime) -> None:
    if order.ordered_on is None or order.ordered_on > Organisation.objects.current().today(at):
        raise OrderedLater(day=order.ordered_on or "-")
    taken = Order.objects.exclude(pk=order.pk).filter(carrying([order.external_id]))
    if order.external_id and taken.exists():
        raise OrderNumberTaken(number=order.external_id)
    for name, thing in (("opportunity", order.opportunity), ("decided_by", order.decided_by)):
        if isinstance(thing, Opportunity | Contact) and thing.customer_id != order.customer_id:
            refusal = OfAnotherCustomer()
            refusal.field = name
            raise refusal
    if order.contract is not None and order.contract.customer_id != order.customer_id:
        refusal = OfAnotherCustomer()
        refusal.field = "contract"
        raise refusal
    if order.quote is not None and order.quote.opportunity.customer_id != order.customer_id:
        raise OfAnotherCustomer


def _line(order: Order, values: Mapping[str, object]) -> OrderLine:
    row = OrderLine(order=order)
    product = values.get("product")
    if isinstance(product, Solution):
        row.product = product
        values = {"item": product.name, "unit": product.unit, **values}
    apply_changes(row, {name: value for name, value in values.items() if name != "product"}, writable=LINE)
    wrong = {
        "quantity": row.quantity <= 0,
        "unit_minor": row.unit_minor < 0,
        "cost_minor": row.cost_minor is not None and row.cost_minor < 0,
        "discount": not 0 <= row.discount <= PER_CENT,
        "tax": not 0 <= row.tax <= PER_CENT,
    }
    field = next((name for name, is_wrong in wrong.items() if is_wrong), None)
    if field is not None:
        refusal: ActionError = BadOrderLine()
        refusal.field = field
        raise refusal
    if row.quantity * max(row.unit_minor, row.cost_minor or 0) > LARGEST_MINOR // MOST_LINES:
        refusal = AmountTooLarge(text=f"{row.quantity} × {row.item}"[:40])
        refusal.field = "unit_minor"
        raise refusal
    return row


def _add_up(order: Order, rows: Sequence[OrderLine]) -> None:
    """What the order brings; the margin is unknown as long as the cost of one line is."""
    if not 0 < len(rows) <= MOST_LINES:
        raise NothingOrdered
    amounts = [
        line_amounts(
            Line(row.item, Decimal(row.quantity), row.unit_minor, row.discount, row.tax),
            tax_included=bool(order.tax_included),
        )
        for row in rows
    ]
    order.revenue_minor = sum(each.net for each in amounts)
    order.gross_minor = sum(each.gross for each in amounts)
    costs: list[Any] = [None if row.cost_minor is None else Decimal(row.quantity) * row.cost_minor for row in rows]
    order.margin_minor = None if None in costs else order.revenue_minor - sum(map(_rounded, costs))


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
