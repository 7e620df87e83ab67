"""Rows of a table of orders, read and checked without the database."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wendu.agreements.actions import NewOrder, split_amount
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine
from wendu.exchange.errors import DayToCome, UnreadableQuantity
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather, need, remembered, whole_code
from wendu.exchange.run import Run
from wendu.exchange.shaping import Row
from wendu.exchange.values import uuid_from
from wendu.kernel.currencies import is_currency
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.kernel.names import normalise_name, tidy_line
from wendu.opportunities.actions import BadCurrency, NegativeAmount

TEXTS = ("external_id", "need", "reason", "scenario", "behaviour", "note", "currency")
ONE, LARGEST_QUANTITY, PLACES = Decimal(1), Decimal(1_000_000), 3


@dataclass(slots=True)
class OrderDraft:
    """An order as a row tells of it; `nth` tells apart rows that say the same, in the order of the file."""

    given: dict[str, Any]
    customer: str = ""
    amount_minor: int = 0
    quantity: Decimal = ONE
    item: str = ""
    state: str = ""
    nth: int = 1
    uuid: UUID | None = None

    @property
    def number(self) -> str:
        """The number another system knows this order by."""
        number: str = self.given.get("external_id", "")
        return number

    @property
    def said(self) -> tuple[date, int, Decimal, str]:
        """By what one without a number is known, beside its customer."""
        return (self.given["ordered_on"], self.amount_minor, self.quantity, self.given["currency"])

    def new(self, customer_id: int, unnamed: str) -> NewOrder:
        """The order to bring in."""
        values = {**self.given, "customer_id": customer_id, "state": self.state or OrderState.OPEN}
        return NewOrder(values, self.item or unnamed, self.quantity, self.amount_minor)


class OrderReader:
    """Reads rows that are orders; it counts those that say the same, from the first row of the file on."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, Order(), Words()
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers["external_id"] = whole_code(self._readers["external_id"])
        self._readers["ordered_on"] = day_reader(run)
        self._readers["item"] = remembered(column_reader(OrderLine(), "item"))
        self._readers["quantity"] = remembered(_quantity)
        self._readers["state"] = remembered(lambda text: words.read(text, "order_state"))
        self._alike: Counter[int] = Counter()
        self._latest = 0

    def read(self, row: Row) -> tuple[OrderDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        for needed in ("customer", "ordered_on", "amount"):
            need(row.values, needed, refusals)
        given = gather(row.values, self._readers, refusals)
        draft = OrderDraft(given, customer=tidy_line(row.values.get("customer", "")))
        draft.uuid = uuid_from(row.values.get("uuid", ""))
        draft.quantity, draft.item = given.pop("quantity", ONE), given.pop("item", "")
        draft.state = given.pop("state", "")
        day = given.get("ordered_on")
        if day is not None and day > self.run.today:
            refusals.append(DayToCome(day=day.isoformat()).at("ordered_on"))
        self._worth(row, draft, refusals)
        if not refusals:
            self._tell_apart(row, draft)
        return draft, refusals

    def _worth(self, row: Row, draft: OrderDraft, refusals: list[ActionError]) -> None:
        currency = draft.given["currency"] = draft.given.get("currency", self.run.currency).upper()
        amount = row.values.get("amount")
        try:
            if not is_currency(currency):
                raise BadCurrency(currency=currency)
            if amount:
                draft.amount_minor = parse_amount(amount, currency)
            if draft.amount_minor < 0:
                raise NegativeAmount
            split_amount(draft.amount_minor, draft.quantity)
        except ActionError as refusal:
            refusal.field = refusal.field if refusal.field in ("currency", "quantity") else "amount"
            refusals.append(refusal)

    def _tell_apart(self, row: Row, draft: OrderDraft) -> None:
        """Count the rows that say the same; a file that is read again is counted anew."""
        if row.number <= self._latest:
            self._alike.clear()
        self._latest = row.number
        if not draft.number:
            said = hash((normalise_name(draft.customer), *draft.said))
            self._alike[said] += 1
            draft.nth = self._alike[said]


def _quantity(text: str) -> Decimal:
    """How many, or how much with three places at most."""
    plain = text.replace(",", "").replace("，", "").strip()
    whole, _, part = plain.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(part.rstrip("0")) > PLACES:
        raise UnreadableQuantity(value=text[:40])
    found = Decimal(plain)
    if not 0 < found <= LARGEST_QUANTITY:
        raise UnreadableQuantity(value=text[:40])
    return found
