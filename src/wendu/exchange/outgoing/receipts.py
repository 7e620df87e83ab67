"""Receipts on their way out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.agreements.models import Receipt
from wendu.exchange.outgoing.columns import Cells, Column, day, ident, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen


def receipts(actor: Any, _wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The receipts a person sees, each with the number of its order, or our id of it."""
    rows = seen(Receipt.objects, actor).filter(removed_at__isnull=True, order__deleted_at__isnull=True)
    return rows, [
        ident(),
        text("external_id"),
        Column("order", ("order__external_id", "order__uuid"), _orders, typed=True),
        day("received_on"),
        Column("amount", ("amount_minor", "order__currency"), amounts),
        text("note"),
    ]


def _orders(numbers: Sequence[str], uuids: Sequence[Any]) -> Cells:
    return [number or str(UUID(str(uuid))) for number, uuid in zip(numbers, uuids, strict=True)]
