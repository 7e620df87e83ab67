"""Bring in orders by the thousand: plain columns, each with what stands on it, journaled without telling anyone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agreements.actions.keeping import words_of_new
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine, OrderMove
from wendu.identity.models import User
from wendu.journal.actions import entry_values, record_values
from wendu.kernel.bulk import blank_columns, next_keys, write_values
from wendu.kernel.entity import kind_of, new_uuid
from wendu.kernel.errors import ActionError
from wendu.kernel.money import LARGEST_MINOR

KIND = kind_of(Order)


class UnevenParts(ActionError):
    """An amount is some price times the quantity."""

    code = "uneven_parts"
    field = "quantity"
    message = _("No price times %(quantity)s gives this amount. Correct the quantity or the amount, or leave it empty.")


class NewOrder(NamedTuple):
    """An order to bring in: its columns with customer and state, what was bought, how much of it, and the amount.

    The amount is what is to be paid, in minor units; the file says nothing of tax, so it counts as free of it.
    """

    values: Mapping[str, Any]
    item: str
    quantity: Decimal
    amount_minor: int


def split_amount(amount_minor: int, quantity: Decimal) -> list[tuple[Decimal, int]]:
    """Part an amount into quantities with a price for one, so that neither changes: 20.00 for 3 is 2 × 6.67, 1 × 6.66.

    What is counted in pieces is parted exactly, into two prices at most; what is weighed by a price that rounds to it.
    """
    if quantity == quantity.to_integral_value():
        pieces = int(quantity)
        unit, rest = divmod(amount_minor, pieces)
        parts = [(Decimal(rest), unit + 1), (Decimal(pieces - rest), unit)]
        return [part for part in parts if part[0]]
    price = (Decimal(amount_minor) / quantity).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if price > LARGEST_MINOR or (price * quantity).quantize(Decimal(1), rounding=ROUND_HALF_UP) != amount_minor:
        raise UnevenParts(quantity=f"{quantity.normalize():f}")
    return [(quantity, int(price))]


def load_orders(rows: Sequence[NewOrder], *, actor: User | None, at: datetime) -> list[int]:
    """Write many orders with their lines in a fixed number of statements and give their keys.

    Whether the actor may write an order for each customer was asked by whoever read the rows. One that is not merely
    signed came to where it is on the day it was placed, as far as the file knows.
    """
    permit(actor, "import.run")
    if not rows:
        return []
    keys = next_keys(Order, len(rows))
    author_id = actor.pk if actor else None
    same = {**blank_columns(Order), "author_id": author_id, "written_at": at, "created_at": at}
    same = {name: value for name, value in same.items() if name in blank_columns(Order)}
    write_values(Order, [_order(row, key, same) for row, key in zip(rows, keys, strict=True)], keyed=True)
    lines = [_lines(row, key) for row, key in zip(rows, keys, strict=True)]
    write_values(OrderLine, [line for each in lines for line in each])
    moved = [(row, key) for row, key in zip(rows, keys, strict=True) if row.values["state"] != OrderState.OPEN]
    write_values(OrderMove, [_move(row, key, author_id) for row, key in moved])
    entries = [
        entry_values(
            "order.written",
            subject=(KIND, key),
            customer_id=row.values["customer_id"],
            actor=actor,
            at=at,
            after=words_of_new(row.values, lines=len(parts), revenue_minor=row.amount_minor),
        )
        for row, key, parts in zip(rows, keys, lines, strict=True)
    ]
    record_values(entries)
    return keys


def _order(row: NewOrder, key: int, same: Mapping[str, Any]) -> dict[str, Any]:
    brought = {"revenue_minor": row.amount_minor, "gross_minor": row.amount_minor}
    return {**same, "uuid": new_uuid(), **row.values, **brought, "id": key}


def _lines(row: NewOrder, key: int) -> list[dict[str, Any]]:
    return [
        {
            **blank_columns(OrderLine),
            "uuid": new_uuid(),
            "order_id": key,
            "item": row.item,
            "quantity": quantity,
            "unit_minor": unit_minor,
        }
        for quantity, unit_minor in split_amount(row.amount_minor, row.quantity)
    ]


def _move(row: NewOrder, key: int, author_id: int | None) -> dict[str, Any]:
    on: date = row.values["ordered_on"]
    return {
        **blank_columns(OrderMove),
        "uuid": new_uuid(),
        "order_id": key,
        "from_state": OrderState.OPEN,
        "to_state": row.values["state"],
        "moved_on": on,
        "moved_by_id": author_id,
    }
