"""What went back of an order, or was taken off its price afterwards: written, and taken back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from wendu.agreements.actions.keeping import hold_order, settle
from wendu.agreements.actions.orders import OfAnotherCustomer
from wendu.agreements.actions.payments import AlreadyTakenBack, BadAmount, CancelledOwesNothing
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine, Return
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.money import Money
from wendu.method.deals.quote import Line, line_amounts

declare(*(f"return.{verb}" for verb in ("written", "withdrawn", "restored")))

RETURN = ("returned_on", "quantity", "gross_minor", "reason")


class ReturnedOutOfTime(ActionError):
    """Something goes back after it was ordered, and before it is written down."""

    code = "returned_out_of_time"
    field = "returned_on"
    message = _("What goes back goes back between %(earliest)s, when it was ordered, and today.")


class MoreThanOrdered(ActionError):
    """No more goes back than was there."""

    code = "more_than_ordered"
    field = "gross_minor"
    message = _("Of this order at most %(rest)s can still go back.")


class MoreThanBought(ActionError):
    """No more pieces go back than were bought."""

    code = "more_than_bought"
    field = "quantity"
    message = _("Of “%(item)s” at most %(rest)s can still go back.")


@transaction.atomic
def write_return(
    *,
    order: Order,
    values: Mapping[str, Any],
    actor: User | None,
    at: datetime,
    line: OrderLine | None = None,
) -> Return:
    """Write down what went back: so many of a line, or an amount taken off the price.

    With a line and a quantity the amount follows from its price unless it is said. What is only an amount is all
    margin lost, for nothing came back with it; of goods the margin is unknown while the cost of one is.
    """
    hold_order(order, "return.write", actor)
    if order.state == OrderState.CANCELLED:
        raise CancelledOwesNothing
    row = Return(order=order, line=line, author=actor, written_at=at)
    if line is not None and line.order_id != order.pk:
        raise OfAnotherCustomer
    apply_changes(row, {name: value for name, value in values.items() if name != "gross_minor"}, writable=RETURN)
    _worth(row, values.get("gross_minor"))
    _check(row, at)
    row.save()
    after = {"returned_on": row.returned_on.isoformat(), "gross_minor": row.gross_minor, "reason": row.reason}
    after |= {"item": line.item, "quantity": str(row.quantity)} if line is not None and row.quantity else {}
    record("return.written", subject=row, root=order.customer, actor=actor, at=at, after=after)
    settle(order, actor=actor, at=at)
    return row


@transaction.atomic
def withdraw_return(*, returned: Return, actor: User | None, at: datetime) -> Return:
    """Take a return back that was written by mistake; it can be restored."""
    return _turn(returned, "withdrawn", actor, at)


@transaction.atomic
def restore_return(*, returned: Return, actor: User | None, at: datetime) -> Return:
    """Bring a return back as it was, if so much can still go back."""
    return _turn(returned, "restored", actor, at)


def _turn(row: Return, deed: str, actor: User | None, at: datetime) -> Return:
    order = row.order
    hold_order(order, "return.write", actor)
    advance(row)
    row.refresh_from_db()
    row.order = order
    if (row.removed_at is None) != (deed == "withdrawn"):
        raise AlreadyTakenBack
    if deed == "restored":
        _check(row, at)
    row.removed_at = at if deed == "withdrawn" else None
    row.save(update_fields=["removed_at"])
    said = {"gross_minor": row.gross_minor, "returned_on": row.returned_on.isoformat()}
    where: dict[str, Any] = {"before" if deed == "withdrawn" else "after": said}
    record(f"return.{deed}", subject=row, root=order.customer, actor=actor, at=at, **where)
    settle(order, actor=actor, at=at)
    return row


def _worth(row: Return, gross_minor: int | None) -> None:
    """How much of price, revenue and margin went with it."""
    order, line, quantity = row.order, row.line, row.quantity
    if gross_minor is None and line is not None and quantity is not None and quantity > 0:
        part = Line(line.item, Decimal(quantity), line.unit_minor, line.discount, line.tax)
        gross_minor = line_amounts(part, tax_included=order.tax_included).gross
    if gross_minor is None or gross_minor <= 0:
        raise BadAmount
    row.gross_minor = gross_minor
    rate = Decimal(order.revenue_minor) / order.gross_minor if order.gross_minor else Decimal(1)
    if line is not None and line.tax:
        rate = Decimal(100) / (100 + line.tax)
    row.revenue_minor = _rounded(gross_minor * rate)
    row.margin_minor = row.revenue_minor
    if line is not None and quantity is not None:
        cost = None if line.cost_minor is None else _rounded(Decimal(quantity) * line.cost_minor)
        row.margin_minor = None if cost is None else row.revenue_minor - cost


def _check(row: Return, at: datetime) -> None:
    order, line = row.order, row.line
    if not order.ordered_on <= (row.returned_on or order.ordered_on) <= Organisation.objects.current().today(at):
        raise ReturnedOutOfTime(earliest=order.ordered_on.isoformat())
    others = order.returns.standing().exclude(pk=row.pk)
    rest = order.gross_minor - (others.aggregate(sum=Sum("gross_minor"))["sum"] or 0)
    if row.gross_minor > rest:
        refusal: ActionError = MoreThanOrdered(rest=str(Money(max(0, rest), order.currency).amount))
        raise refusal
    if row.quantity is not None and row.quantity <= 0:
        wrong = BadAmount()
        wrong.field = "quantity"
        raise wrong
    if line is not None and row.quantity is not None:
        gone = others.filter(line=line).aggregate(sum=Sum("quantity"))["sum"] or 0
        if row.quantity > line.quantity - gone:
            raise MoreThanBought(item=line.item, rest=f"{(line.quantity - gone).normalize():f}")


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
