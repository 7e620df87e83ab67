"""A table of orders: each with its customer, its day, its amount and how much was bought."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from wendu.agreements.actions import NewOrder, OrderNumberTaken, load_orders
from wendu.agreements.models import Order
from wendu.exchange.errors import CustomerNotFound
from wendu.exchange.loaders.order_edits import Held, edit_order, held_by
from wendu.exchange.loaders.order_rows import OrderDraft, OrderReader
from wendu.exchange.matching import Known
from wendu.exchange.report import CREATED, UNCHANGED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.kernel.entity import carrying
from wendu.kernel.errors import ActionError

Key = tuple[int, tuple[Any, ...]]


@dataclass(slots=True)
class _There:
    """The orders that rows of a batch may mean: by our ids, their numbers, else by customer, day, amount, quantity."""

    by_uuid: dict[UUID, Order]
    by_number: dict[str, Order]
    alike: dict[Key, list[Order]]
    held: dict[int, Held]

    def find(self, draft: OrderDraft, home: Known | None) -> Order | None:
        """Give the one a row means; one of another number than that of the row is not overwritten."""
        if draft.uuid in self.by_uuid:
            meant = self.by_uuid[draft.uuid]
            if draft.number and self.by_number.get(draft.number, meant).pk != meant.pk:
                raise OrderNumberTaken(number=draft.number)
            return meant
        if draft.number:
            return self.by_number.get(draft.number)
        found = self.alike.get((home.pk, draft.said), []) if home else []
        return found[draft.nth - 1] if draft.nth <= len(found) else None


@dataclass(slots=True)
class _Batch:
    """What a batch will write in bulk, and what its rows called it."""

    fresh: list[NewOrder] = field(default_factory=list)
    called: set[Any] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)


class OrdersLoader:
    """Rows that are orders."""

    counts_rows = True

    def __init__(self, run: Run) -> None:
        self.run = run
        self.prepare = OrderReader(run).read
        self.former: Former = {}
        self._unnamed = pgettext("what was bought", "Not said")

    def write(self, rows: Sequence[Row], drafts: Sequence[OrderDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers the coach has to judge."""
        found = self.run.find_customers(draft.customer for draft in drafts)
        self.former = {}
        batch, verdicts, homes = _Batch(), [Verdict() for _ in rows], dict[int, Known | None]()
        meant = self._meant(drafts)
        for place, draft in enumerate(drafts):
            try:
                is_meant = draft.uuid in meant
                homes[place] = None if is_meant else found.one(draft.customer, CustomerNotFound, "customer")
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        there = self._there(meant, [(drafts[place], home) for place, home in homes.items()])
        for place, home in homes.items():
            try:
                verdicts[place].what = self._decide(place, drafts[place], home, there, batch)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        load_orders(batch.fresh, actor=self.run.actor, at=self.run.at)
        return verdicts, batch.touched

    def _decide(self, place: int, draft: OrderDraft, home: Known | None, there: _There, batch: _Batch) -> str:
        called = draft.number or (home.pk, draft.said, draft.nth) if home else draft.uuid
        if called in batch.called:
            return UNCHANGED
        order = there.find(draft, home)
        if order is None:
            assert home is not None  # noqa: S101  one without a customer is one that is there
            self.run.may_about("order.write", home.pk)
            batch.fresh.append(draft.new(home.pk, self._unnamed))
            batch.called.add(called)
            batch.touched.add(home.pk)
            return CREATED
        if order.deleted_at is not None or not self.run.can("customer.view", order.customer):
            raise OrderNumberTaken(number=draft.number or str(draft.uuid))
        if self.run.on_match == SKIP:
            return UNCHANGED
        before = order.external_id
        what = edit_order(order, draft, self.run, there.held[order.pk])
        if before != order.external_id:
            self.former[place] = ((("#", before),)) if before else ()
            there.by_number.pop(before, None)
            there.by_number[order.external_id] = order
        return what

    def _meant(self, drafts: Sequence[OrderDraft]) -> dict[UUID, Order]:
        """The orders whose ids the rows bear."""
        uuids = {draft.uuid for draft in drafts if draft.uuid}
        rows = Order.objects.select_related("customer").filter(uuid__in=uuids)
        return {order.uuid: order for order in rows} if uuids else {}

    def _there(self, meant: dict[UUID, Order], rows: Sequence[tuple[OrderDraft, Known | None]]) -> _There:
        """Find what is there already; three queries."""
        loaded = Order.objects.select_related("customer")
        numbers = {draft.number for draft, _ in rows if draft.number}
        nameless = [(draft, home) for draft, home in rows if home is not None and not draft.number]
        by_number = {order.external_id: order for order in loaded.filter(carrying(numbers))} if numbers else {}
        near: list[Order] = []
        if nameless:
            homes, days = {home.pk for _, home in nameless}, {draft.given["ordered_on"] for draft, _ in nameless}
            near = list(loaded.standing().filter(customer_id__in=homes, ordered_on__in=days).order_by("pk"))
        held = held_by([order.pk for order in (*meant.values(), *by_number.values(), *near)])
        alike: dict[Key, list[Order]] = {}
        for order in near:
            quantity = held[order.pk].quantity if order.pk in held else Decimal(0)
            said = (order.ordered_on, order.gross_minor, quantity, order.currency)
            alike.setdefault((order.customer_id, said), []).append(order)
        return _There(meant, by_number, alike, held)
