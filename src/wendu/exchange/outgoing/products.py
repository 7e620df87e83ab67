"""Products on their way out: what the firm has taken into its library, with number, cost and days."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.agreements.choices import Use
from wendu.exchange.outgoing.columns import Cells, Column, code, ident, number, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.wording import Wording
from wendu.offers.choices import HelpKind, SolutionKind
from wendu.offers.models import Solution
from wendu.packs.queries import current_playbook


def products(_actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The lines of the library in use; everybody in the firm reads it."""
    return Solution.objects.taken_in(), [
        ident(),
        Column("external_id", ("sheet__code",), _or_nothing, typed=True),
        text("name"),
        code("kind", wording.of(SolutionKind)),
        text("unit"),
        Column("price", ("list_minor", "currency"), amounts),
        Column("cost", ("sheet__cost_minor", "sheet__currency", "currency"), _costs),
        Column("currency", ("currency", "sheet__currency"), _currencies),
        number("tax"),
        Column("use", ("sheet__use",), _words(wording.of(Use))),
        number("cycle_days", "sheet__cycle_days"),
        code("industry", wording.named(current_playbook().factors.industry)),
        *(text(name) for name in ("audience", "problem", "summary", "rollout")),
        code("help_kind", wording.of(HelpKind)),
    ]


def _or_nothing(values: Sequence[str | None]) -> Cells:
    return [value or "" for value in values]


def _words(words: Mapping[Any, str]) -> Any:
    return lambda values: [words.get(value, value) if value else "" for value in values]


def _costs(minor: Sequence[int | None], own: Sequence[str | None], prices: Sequence[str]) -> Cells:
    """A cost in another currency than the price beside it would be read in that one, and stays here."""
    said = [
        value if not price or price == currency else None
        for value, currency, price in zip(minor, own, prices, strict=True)
    ]
    return amounts(said, [currency or "" for currency in own])


def _currencies(prices: Sequence[str], costs: Sequence[str | None]) -> Cells:
    return [price or cost or "" for price, cost in zip(prices, costs, strict=True)]
