"""Changing an order that a file knows better: through the actions a person would use."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from wendu.agreements.actions import cancel_order, correct_order, split_amount, uncancel_order
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine
from wendu.exchange.errors import OrderStands
from wendu.exchange.loaders.order_rows import OrderDraft
from wendu.exchange.report import UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, Run
from wendu.kernel.prepared import Among, prepared

JOIN = "; "


@dataclass(slots=True)
class Held:
    """What stands on an order; `is_plain` says that a file can tell all of it."""

    quantity: Decimal = Decimal(0)
    items: dict[str, None] = field(default_factory=dict)
    is_plain: bool = True

    @property
    def item(self) -> str:
        """What was bought, each thing once."""
        return JOIN.join(self.items)

    def add(self, item: str, quantity: Decimal, *, is_plain: bool) -> None:
        """Take a line in."""
        self.quantity += quantity
        self.items[item] = None
        self.is_plain = self.is_plain and is_plain and len(self.items) == 1


@prepared
def _lines(keys: Collection[int]) -> QuerySet[Any, Any]:
    rows = OrderLine.objects.filter(Among("order_id", keys), removed_at__isnull=True).order_by("pk")
    return rows.values_list("order_id", "item", "quantity", "product_id", "discount", "tax", "cost_minor")


def held_by(keys: Collection[int]) -> dict[int, Held]:
    """What stands on each of these orders (one query)."""
    found: dict[int, Held] = {}
    for order_id, item, quantity, product_id, discount, tax, cost_minor in _lines(keys) if keys else ():
        is_plain = product_id is None and not discount and not tax and cost_minor is None
        found.setdefault(order_id, Held()).add(item, Decimal(quantity), is_plain=is_plain)
    return found


def edit_order(order: Order, draft: OrderDraft, run: Run, held: Held) -> str:
    """Change a known order, each step asked about and journaled; a row that says nothing new costs nothing.

    What stands on it is changed where the file can say all of it: one thing, without discount, tax and cost.
    """
    changes = {name: value for name, value in draft.given.items() if getattr(order, name) != value}
    if run.only_fills:
        changes = {name: value for name, value in changes.items() if getattr(order, name) in BLANK}
    if "currency" in changes:
        raise OrderStands(here=order.currency).at("currency")
    item = draft.item or held.item
    is_other = (draft.amount_minor, draft.quantity, item) != (order.gross_minor, held.quantity, held.item)
    lines = None
    if is_other and not run.only_fills:
        if not held.is_plain:
            raise OrderStands(here=held.item[:60]).at("amount")
        parts = split_amount(draft.amount_minor, draft.quantity)
        lines = [{"item": item, "quantity": quantity, "unit_minor": unit} for quantity, unit in parts]
    moves = bool(draft.state) and draft.state != order.state and not run.only_fills
    if not changes and lines is None and not moves:
        return UNCHANGED
    with transaction.atomic():
        if changes or lines is not None:
            correct_order(order=order, changes=changes, lines=lines, actor=run.actor, at=run.at)
        if moves:
            _move(order, draft.state, run)
    return UPDATED


def _move(order: Order, state: str, run: Run) -> None:
    """Cancel an order, or take that back; every other step is one a file does not take."""
    if state == OrderState.CANCELLED:
        cancel_order(order=order, reason="import", actor=run.actor, at=run.at)
        return
    if order.state == OrderState.CANCELLED:
        uncancel_order(order=order, actor=run.actor, at=run.at)
    if order.state != state:
        raise OrderStands(here=OrderState(order.state).label).at("state")
