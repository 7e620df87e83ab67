"""What every act on an order begins and ends with: it is held, it moves on, and it is paid once all of it came in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wendu.access.verbs import permit
from wendu.agreements.choices import OrderState
from wendu.agreements.facts import money_of
from wendu.agreements.models import Order, OrderMove
from wendu.customers.actions import AlreadyDeleted, lock_customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.bulk import blank_columns
from wendu.kernel.changes import plain
from wendu.kernel.entity import advance

declare("order.moved")

NAMED = ("customer_id", "currency")


def hold_order(order: Order, verb: str, actor: User | None, *, seen: int | None = None) -> None:
    """Ask permission and take an order that stands in hand, so that nobody else changes it meanwhile."""
    permit(actor, verb, order)
    lock_customer(order.customer)
    advance(order, seen=seen)
    order.refresh_from_db()
    if order.deleted_at is not None or order.customer.deleted_at is not None:
        raise AlreadyDeleted


def move_to(order: Order, to_state: OrderState, reason: str, actor: User | None, at: datetime) -> None:
    """Write one step of an order's life; whoever asked says it in the journal."""
    today = Organisation.objects.current().today(at)
    OrderMove.objects.create(
        order=order, from_state=order.state, to_state=to_state, moved_on=today, moved_by=actor, reason=reason
    )
    order.state = to_state
    order.save(update_fields=["state"])


def settle(order: Order, *, actor: User | None, at: datetime) -> None:
    """An accepted order is paid once receipts cover it, and accepted again when they do not any more.

    One that was declared paid without receipts stays paid.
    """
    before = OrderState(order.state)
    if before not in (OrderState.ACCEPTED, OrderState.PAID):
        return
    money = money_of([order], on=Organisation.objects.current().today(at), is_strict=True)[order.pk]
    after = OrderState.ACCEPTED if money.open_minor else OrderState.PAID
    if after == before or (before == OrderState.PAID and not _paid_by_receipts(order)):
        return
    move_to(order, after, "", actor, at)
    record("order.moved", subject=order, actor=actor, at=at, before={"state": before}, after={"state": after})


def words_of_new(values: Mapping[str, Any], *, lines: int, revenue_minor: int) -> dict[str, Any]:
    """What the journal keeps of a new order, whichever road it came: all that was said, by column."""
    blank = blank_columns(Order)
    said = {name: plain(value) for name, value in values.items() if name not in NAMED and value != blank.get(name)}
    return {**said, "lines": lines, "revenue_minor": revenue_minor}


def _paid_by_receipts(order: Order) -> bool:
    latest = order.moves.filter(to_state=OrderState.PAID).order_by("-pk").first()
    return latest is not None and latest.from_state == OrderState.ACCEPTED
