"""A table of receipts: money that came in, each for an order that is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wendu.agreements.actions import ReceiptNumberTaken, correct_receipt, write_receipt
from wendu.agreements.models import Order, Receipt
from wendu.exchange.errors import DayToCome, OrderNotFound, SaidTwice
from wendu.exchange.loaders.fields import column_reader, day_reader, gather, need, whole_code
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.sight import seen
from wendu.exchange.values import uuid_from
from wendu.kernel.entity import carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import tidy_line


@dataclass(slots=True)
class ReceiptDraft:
    """A receipt as a row tells of it; its amount is read in the currency of its order."""

    given: dict[str, Any]
    order: str = ""
    amount: str = ""
    uuid: UUID | None = None
    key: tuple[Any, ...] = ()


class ReceiptsLoader:
    """Rows that are receipts; without a number, order, day and amount say which one is meant."""

    def __init__(self, run: Run) -> None:
        self.run, blank = run, Receipt()
        self._readers: dict[str, Any] = {"note": column_reader(blank, "note"), "received_on": day_reader(run)}
        self._readers["external_id"] = whole_code(column_reader(blank, "external_id"))
        self._first: dict[tuple[Any, ...], int] = {}  # the row that first told of a receipt
        self.former: Former = {}

    def prepare(self, row: Row) -> tuple[ReceiptDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        for needed in ("order", "received_on", "amount"):
            need(row.values, needed, refusals)
        given = gather(row.values, self._readers, refusals)
        order, amount = (tidy_line(row.values.get(name, "")) for name in ("order", "amount"))
        draft = ReceiptDraft(given, order, amount, uuid_from(row.values.get("uuid", "")))
        day, number = given.get("received_on"), given.get("external_id", "")
        if day is not None and day > self.run.today:
            refusals.append(DayToCome(day=day.isoformat()).at("received_on"))
        draft.key = ("#", number) if number else (order, day, amount)
        return draft, refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[ReceiptDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: it is asked about and journaled like one written by hand."""
        verdicts, orders = [], self._orders({draft.order for draft in drafts})
        for row, draft in zip(rows, drafts, strict=True):
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(row.number, draft, orders)
            except ActionError as refusal:
                refusal.field = "amount" if refusal.field == "amount_minor" else refusal.field
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, number: int, draft: ReceiptDraft, orders: dict[str, Order]) -> str:
        order = orders.get(draft.order)
        if order is None:
            raise OrderNotFound(value=draft.order[:60]).at("order")
        if self._first.setdefault(draft.key, number) != number:
            raise SaidTwice(row=self._first[draft.key])
        minor = parse_amount(draft.amount, order.currency)
        values = {**draft.given, "amount_minor": minor}
        receipt = self._there(order, draft, values)
        if receipt is None:
            write_receipt(order=order, values=values, actor=self.run.actor, at=self.run.at)
            return CREATED
        if self.run.on_match == SKIP or receipt.removed_at is not None:
            return UNCHANGED
        news = {name: value for name, value in values.items() if getattr(receipt, name) != value}
        if self.run.only_fills:
            news = {name: value for name, value in news.items() if getattr(receipt, name) in BLANK}
        if not news:
            return UNCHANGED
        correct_receipt(receipt=receipt, changes=news, actor=self.run.actor, at=self.run.at)
        return UPDATED

    def _there(self, order: Order, draft: ReceiptDraft, values: dict[str, Any]) -> Receipt | None:
        """The receipt a row means: by our id, its number, else by order, day and amount."""
        rows = Receipt.objects.select_related("order__customer")
        number, found = draft.given.get("external_id", ""), None
        if draft.uuid is not None:
            found = rows.filter(uuid=draft.uuid, order=order).first()
        if found is None and number:
            found = rows.filter(carrying([number])).first()
        elif found is None:
            same = {name: values[name] for name in ("received_on", "amount_minor")}
            found = rows.standing().filter(order=order, **same).order_by("pk").first()
        if found is not None and found.order_id != order.pk:
            raise ReceiptNumberTaken(number=number)
        return found

    def _orders(self, named: set[str]) -> dict[str, Order]:
        """The orders these rows name by our ids or their numbers, as far as they may be seen (one query)."""
        uuids = {uuid for each in named if (uuid := uuid_from(each)) is not None}
        rows = seen(Order.objects, self.run.actor).filter(deleted_at__isnull=True).select_related("customer")
        rows = rows.filter(carrying(named) | Q(uuid__in=uuids))
        found: dict[str, Order] = {}
        for order in rows:
            found[str(order.uuid)] = found[order.external_id or str(order.uuid)] = order
        return found
