"""Money for an order: when which part is due, what came in, and each of them corrected and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.agreements.actions.keeping import hold_order, settle
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Instalment, Order, Receipt
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.money import LARGEST_MINOR, AmountTooLarge, Money

declare("instalment.set", *(f"receipt.{verb}" for verb in ("written", "corrected", "withdrawn", "restored")))

DUE = ("due_on", "amount_minor", "note")
RECEIPT = ("received_on", "amount_minor", "note", "external_id")
MOST_DUES = 24


class BadAmount(ActionError):
    """Money is some."""

    code = "bad_amount"
    field = "amount_minor"
    message = _("Enter an amount above 0.")


class TooMuchDue(ActionError):
    """The parts come to the price at most."""

    code = "too_much_due"
    field = "amount_minor"
    message = _("The parts come to %(sum)s, the order to %(price)s. Lower a part, or correct the order first.")


class TooManyDues(ActionError):
    """A plan stays readable."""

    code = "too_many_dues"
    message = _("Write at most 24 parts.")


class ReceivedOutOfTime(ActionError):
    """Money that came in came in today or before."""

    code = "received_later"
    field = "received_on"
    message = _("The day %(day)s has not come yet. Write money down once it is there.")


class ReceiptNumberTaken(ActionError):
    """One number means one receipt."""

    code = "receipt_number_taken"
    field = "external_id"
    message = _("There is a receipt with the number %(number)s already. Choose another number, or leave it empty.")


class CancelledOwesNothing(ActionError):
    """Nothing is due for what was cancelled."""

    code = "cancelled_owes_nothing"
    message = _("This order is cancelled and owes nothing. Take the cancellation back first.")


class AlreadyTakenBack(ActionError):
    """What is taken back is taken back once, and brought back once."""

    code = "already_taken_back"
    message = _("Somebody was faster: this is taken back or restored already. Look at the order again.")


@transaction.atomic
def set_instalments(
    *, order: Order, dues: Sequence[Mapping[str, Any]], actor: User | None, at: datetime, seen: int | None = None
) -> list[Instalment]:
    """Write when which part of the price is due, instead of what was written before; none at all is a plan, too.

    A part without an amount is what the others leave of the price.
    """
    hold_order(order, "order.write", actor, seen=seen)
    if order.state == OrderState.CANCELLED and dues:
        raise CancelledOwesNothing
    if len(dues) > MOST_DUES:
        raise TooManyDues
    before = list(order.instalments.standing().order_by("due_on", "pk"))
    rows = _parts(order, dues)
    if _told(order, before) == _told(order, rows):
        return before
    order.instalments.standing().update(removed_at=at)
    Instalment.objects.bulk_create(rows)
    was, said = {"dues": _told(order, before)}, {"dues": _told(order, rows)}
    record("instalment.set", subject=order, actor=actor, at=at, before=was, after=said)
    return rows


@transaction.atomic
def write_receipt(*, order: Order, values: Mapping[str, Any], actor: User | None, at: datetime) -> Receipt:
    """Write down money that came in for an order; it pays the earliest due first."""
    hold_order(order, "receipt.write", actor)
    if order.state == OrderState.CANCELLED:
        raise CancelledOwesNothing
    receipt = Receipt(order=order, author=actor, written_at=at)
    change = apply_changes(receipt, values, writable=RECEIPT)
    _check(receipt, at)
    receipt.save()
    record("receipt.written", subject=receipt, root=order.customer, actor=actor, at=at, after=change.after)
    settle(order, actor=actor, at=at)
    return receipt


@transaction.atomic
def correct_receipt(
    *, receipt: Receipt, changes: Mapping[str, Any], actor: User | None, at: datetime, seen: int | None = None
) -> Receipt:
    """Correct what was written of a receipt. `seen` is the revision the editor had."""
    _hold(receipt, actor, seen=seen)
    if receipt.removed_at is not None:
        raise AlreadyTakenBack
    change = apply_changes(receipt, changes, writable=RECEIPT)
    _check(receipt, at)
    if change:
        receipt.save()
        said: dict[str, Any] = {"before": change.before, "after": change.after}
        record("receipt.corrected", subject=receipt, root=receipt.order.customer, actor=actor, at=at, **said)
        settle(receipt.order, actor=actor, at=at)
    return receipt


@transaction.atomic
def withdraw_receipt(*, receipt: Receipt, actor: User | None, at: datetime) -> Receipt:
    """Take back a receipt that was written by mistake; it can be restored."""
    _hold(receipt, actor)
    return _turn(receipt, "withdrawn", actor, at)


@transaction.atomic
def restore_receipt(*, receipt: Receipt, actor: User | None, at: datetime) -> Receipt:
    """Bring a receipt back as it was."""
    _hold(receipt, actor)
    if receipt.order.state == OrderState.CANCELLED:
        raise CancelledOwesNothing
    return _turn(receipt, "restored", actor, at)


def _hold(receipt: Receipt, actor: User | None, *, seen: int | None = None) -> None:
    hold_order(receipt.order, "receipt.write", actor)
    advance(receipt, seen=seen)
    order = receipt.order
    receipt.refresh_from_db()
    receipt.order = order


def _turn(receipt: Receipt, deed: str, actor: User | None, at: datetime) -> Receipt:
    if (receipt.removed_at is None) != (deed == "withdrawn"):
        raise AlreadyTakenBack
    receipt.removed_at = at if deed == "withdrawn" else None
    receipt.save(update_fields=["removed_at"])
    said = {"amount_minor": receipt.amount_minor, "received_on": receipt.received_on.isoformat()}
    where: dict[str, Any] = {"before" if deed == "withdrawn" else "after": said}
    record(f"receipt.{deed}", subject=receipt, root=receipt.order.customer, actor=actor, at=at, **where)
    settle(receipt.order, actor=actor, at=at)
    return receipt


def _check(receipt: Receipt, at: datetime) -> None:
    if receipt.received_on is None or receipt.received_on > Organisation.objects.current().today(at):
        raise ReceivedOutOfTime(day=receipt.received_on or "-")
    if receipt.amount_minor is None or receipt.amount_minor <= 0:
        raise BadAmount
    if receipt.amount_minor > LARGEST_MINOR:
        raise AmountTooLarge(text=str(Money(receipt.amount_minor, receipt.order.currency).amount))
    taken = Receipt.objects.exclude(pk=receipt.pk).filter(carrying([receipt.external_id]))
    if receipt.external_id and taken.exists():
        raise ReceiptNumberTaken(number=receipt.external_id)


def _parts(order: Order, dues: Sequence[Mapping[str, Any]]) -> list[Instalment]:
    said = sum(each["amount_minor"] or 0 for each in dues)
    rest, rows = order.gross_minor - said, []
    for each in dues:
        row = Instalment(order=order)
        is_rest = each["amount_minor"] is None
        amount = rest if is_rest else each["amount_minor"]
        if amount <= 0:
            raise _too_much(order, said) if rest < 0 else BadAmount
        rest = rest - amount if is_rest else rest
        apply_changes(row, {**each, "amount_minor": amount}, writable=DUE)
        rows.append(row)
    if rest < 0:
        raise _too_much(order, said)
    return rows


def _too_much(order: Order, minor: int) -> TooMuchDue:
    money = [str(Money(each, order.currency).amount) for each in (minor, order.gross_minor)]
    return TooMuchDue(sum=money[0], price=money[1])


def _told(order: Order, rows: Iterable[Instalment]) -> list[str]:
    """A plan as the journal keeps it, part by part."""
    listed = sorted(rows, key=lambda row: (row.due_on, row.amount_minor))
    return [
        f"{row.due_on.isoformat()} {Money(row.amount_minor, order.currency).amount} {row.note}".strip()
        for row in listed
    ]
