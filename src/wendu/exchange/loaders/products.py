"""A table of products: lines of the firm's library with what they cost and how soon they are bought again."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from wendu.agreements.actions import describe_product
from wendu.agreements.models import ProductSheet
from wendu.exchange.errors import OtherCurrency, SaidTwice
from wendu.exchange.loaders.library import Library
from wendu.exchange.loaders.product_rows import ProductDraft, ProductReader
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.kernel.errors import ActionError
from wendu.offers.actions import add_solution, edit_solution
from wendu.offers.choices import SolutionKind
from wendu.offers.models import Solution

HEADS = {"list_minor": "price", "cost_minor": "cost", "code": "external_id"}


class ProductsLoader:
    """Rows that are products; without a number the name says which one is meant."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.prepare = ProductReader(run).read
        self.former: Former = {}
        self._first: dict[tuple[Any, ...], int] = {}  # the row that first told of a product

    def write(self, rows: Sequence[Row], drafts: Sequence[ProductDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: it is asked about and journaled like one written by hand."""
        named = {name for draft in drafts for name in (draft.number, draft.line["name"], str(draft.uuid or ""))}
        library, verdicts = Library(named), []
        for row, draft in zip(rows, drafts, strict=True):
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(row.number, draft, library)
            except ActionError as refusal:
                refusal.field = HEADS.get(refusal.field or "", refusal.field)
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, number: int, draft: ProductDraft, library: Library) -> str:
        self.run.may("library.write")
        row = library.meant(draft.uuid, draft.number, draft.line["name"])
        key = ("#", draft.uuid) if row is not None and row.uuid == draft.uuid else draft.key
        if self._first.setdefault(key, number) != number:
            raise SaidTwice(row=self._first[key])
        who: dict[str, Any] = {"actor": self.run.actor, "at": self.run.at}
        if row is None:
            self._refuse_other(draft, {**draft.line, **draft.sheet})
            row = add_solution(values={"kind": SolutionKind.PRODUCT.value, **draft.line}, **who)
            if draft.sheet:
                describe_product(solution=row, values=draft.sheet, **who)
            library.add(row, draft.number)
            return CREATED
        if self.run.on_match == SKIP or row.retired_at is not None:
            return UNCHANGED
        line, sheet = self._news(row, draft.line), self._news(_sheet_of(row), draft.sheet)
        self._refuse_other(draft, {**line, **sheet})
        if line:
            edit_solution(solution=row, changes=line, **who)
        if sheet:
            describe_product(solution=row, values=sheet, **who)
        return UPDATED if line or sheet else UNCHANGED

    def _news(self, thing: Solution | ProductSheet, given: dict[str, Any]) -> dict[str, Any]:
        news = {name: value for name, value in given.items() if getattr(thing, name) != value}
        if self.run.only_fills:
            news = {name: value for name, value in news.items() if getattr(thing, name) in BLANK}
        return news

    def _refuse_other(self, draft: ProductDraft, news: dict[str, Any]) -> None:
        """Prices and costs of the library are in the firm's currency; nobody here knows a rate."""
        if draft.currency != self.run.currency and {"list_minor", "cost_minor"} & set(news):
            raise OtherCurrency(said=draft.currency, house=self.run.currency).at("currency")


def _sheet_of(row: Solution) -> ProductSheet:
    sheet: ProductSheet | None = getattr(row, "sheet", None)
    return sheet or ProductSheet()
