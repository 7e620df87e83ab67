"""Rows of a table of products, read and checked without the database."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from wendu.agreements.models import ProductSheet
from wendu.exchange.loaders.fields import Words, column_reader, gather, need, remembered, whole_code
from wendu.exchange.run import Run
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from, uuid_from
from wendu.kernel.changes import checked
from wendu.kernel.currencies import is_currency
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.offers.models import Solution
from wendu.opportunities.actions import BadCurrency, NegativeAmount

TEXTS = ("name", "unit", "audience", "problem", "summary", "rollout")
LISTS = {"kind": "library_kind", "help_kind": "help_kind", "use": "product_use", "industry": "industry"}
AMOUNTS = {"price": "list_minor", "cost": "cost_minor"}
OF_SHEET = {"external_id": "code", "cost_minor": "cost_minor", "use": "use", "cycle_days": "cycle_days"}
HUNDREDTH, MOST_DAYS = Decimal("0.01"), 32_767


@dataclass(slots=True)
class ProductDraft:
    """A product as a row tells of it: its line of the library, and its sheet."""

    line: dict[str, Any]
    sheet: dict[str, Any]
    currency: str = ""
    uuid: UUID | None = None
    key: tuple[Any, ...] = ()

    @property
    def number(self) -> str:
        """The number another system knows it by."""
        number: str = self.sheet.get("code", "")
        return number


class ProductReader:
    """Reads rows that are products."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, Solution(), Words()
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers["external_id"] = whole_code(column_reader(ProductSheet(), "code"))
        self._readers["tax"] = remembered(_per_cent)
        self._readers["cycle_days"] = remembered(lambda text: number_from(text, 1, MOST_DAYS))
        for name, words_of in LISTS.items():
            self._readers[name] = remembered(partial(_word, words, words_of))

    def read(self, row: Row) -> tuple[ProductDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        need(row.values, "name", refusals)
        given = gather(row.values, self._readers, refusals)
        currency = row.values.get("currency", "").strip().upper() or self.run.currency
        if is_currency(currency):
            given |= _amounts(row, currency, refusals)
        else:
            refusals.append(BadCurrency(currency=currency[:40]))
        sheet = {column: given.pop(name) for name, column in OF_SHEET.items() if name in given}
        draft = ProductDraft(given, sheet, currency, uuid_from(row.values.get("uuid", "")))
        draft.key = ("#", draft.number) if draft.number else (given.get("name", ""),)
        return draft, refusals


def _word(words: Words, name: str, text: str) -> str:
    return words.read(text, name)


def _amounts(row: Row, currency: str, refusals: list[ActionError]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, column in AMOUNTS.items():
        if text := row.values.get(name):
            try:
                found[column] = parse_amount(text, currency)
                if found[column] < 0:
                    raise NegativeAmount
            except ActionError as refusal:
                refusal.field = name
                refusals.append(refusal)
    return found


def _per_cent(text: str) -> Decimal:
    found: Decimal = checked(Solution(), "tax", text.rstrip(" %％") or text)
    return found.quantize(HUNDREDTH)
