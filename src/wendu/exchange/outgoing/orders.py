"""Orders on their way out."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order
from wendu.exchange.loaders.order_edits import Held, held_by
from wendu.exchange.outgoing.columns import Column, code, day, ident, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen


def orders(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The orders a person sees; what stands on one is told in one cell, with the quantity and amount of all of it."""
    rows, lines = seen(Order.objects, actor).filter(deleted_at__isnull=True), _Lines()
    return rows, [
        ident(),
        text("external_id"),
        reference("customer", "customer_id", actor),
        day("ordered_on"),
        _line("item", lines, lambda held: held.item, typed=True),
        _line("quantity", lines, lambda held: f"{held.quantity.normalize():f}"),
        Column("amount", ("gross_minor", "currency"), amounts),
        text("currency"),
        code("state", wording.of(OrderState)),
        *(text(name) for name in ("need", "reason", "scenario", "behaviour", "note")),
    ]


class _Lines:
    """What stands on the orders at hand, read once for all columns."""

    def __init__(self) -> None:
        self._keys: Sequence[int] = ()
        self._found: dict[int, Held] = {}

    def of(self, keys: Sequence[int]) -> list[Held | None]:
        """The lines of each that has some."""
        if keys is not self._keys:
            self._keys, self._found = keys, held_by(keys)
        return [self._found.get(key) for key in keys]


def _line(name: str, lines: _Lines, write: Callable[[Held], str], *, typed: bool = False) -> Column:
    return Column(name, ("pk",), lambda keys: ["" if h is None else write(h) for h in lines.of(keys)], typed=typed)
