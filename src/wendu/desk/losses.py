"""Losses by cause: how many and how much, each with the deals behind it; and what no rep can settle, by product."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from wendu.access.verbs import can
from wendu.desk.loss import NEXT
from wendu.identity.models import User
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Closure
from wendu.opportunities.queries import losses_of

FROM_FILE = "file"
"""How the address calls losses that came in with a file, without any evidence."""
PRODUCTS_AT_MOST = 20
OTHERWISE = ~Q(diagnosis__cause=F("diagnosis__found")) & ~Q(diagnosis__found=NoDealCause.UNKNOWN)
ORDER = (*(cause.value for cause in NoDealCause), FROM_FILE)


@dataclass(slots=True)
class Pile:
    """Some losses together: how many, their amounts by currency, and how many have no amount."""

    code: str
    name: str
    deals: int = 0
    unpriced: int = 0
    otherwise: int = 0
    amounts: dict[str, int] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take the losses of one currency in."""
        self.deals += row["deals"]
        self.unpriced += row["unpriced"]
        self.otherwise += row.get("otherwise", 0)
        if row["amount"] is not None:
            self.amounts[row["opportunity__currency"]] = row["amount"]

    @property
    def sums(self) -> list[tuple[int, str]]:
        """The amounts, largest first."""
        return sorted(((minor, currency) for currency, minor in self.amounts.items()), reverse=True)

    @property
    def next(self) -> str:
        """What to do about such losses."""
        return str(NEXT[NoDealCause(self.code)]) if self.code in NoDealCause.values else ""


@dataclass(frozen=True, slots=True)
class Losses:
    """The whole page: by cause, structural ones by product for whoever leads, and the deals behind the one chosen."""

    causes: tuple[Pile, ...]
    products: tuple[Pile, ...]
    shows_products: bool
    more_products: int
    rows: tuple[Closure, ...]
    has_more: bool

    @property
    def total(self) -> int:
        """How many losses there are."""
        return sum(each.deals for each in self.causes)


def losses(
    user: User, *, today: date, days: int | None, cause: str = "", product: str | None = None, start: int, limit: int
) -> Losses:
    """Losses of the latest days in a user's sight (three queries), and one page of those of a cause and product."""
    rows = losses_of(user, since=None if days is None else today - timedelta(days=days), until=today)
    leads = can(user, "team.view")
    products = _by_product(rows) if leads else []
    found = list(_chosen(rows, cause, product)[start : start + limit + 1])
    return Losses(
        causes=tuple(_by_cause(rows)),
        products=tuple(products[:PRODUCTS_AT_MOST]),
        shows_products=leads,
        more_products=max(0, len(products) - PRODUCTS_AT_MOST),
        rows=tuple(found[:limit]),
        has_more=len(found) > limit,
    )


def cause_name(code: str) -> str:
    """A cause as the page calls it."""
    return _("Came in with a file, without evidence") if code == FROM_FILE else str(NoDealCause(code).label)


def _by_cause(rows: QuerySet[Closure]) -> Iterable[Pile]:
    piles = {code: Pile(code, cause_name(code)) for code in ORDER}
    counted = _counted(rows, "diagnosis__cause", otherwise=Count("pk", filter=OTHERWISE))
    for row in counted:
        piles[row["diagnosis__cause"] or FROM_FILE].add(row)
    return (pile for pile in piles.values() if pile.deals)


def _by_product(rows: QuerySet[Closure]) -> list[Pile]:
    """Same value, less money: nothing a rep can settle, so the firm looks at it by product."""
    piles: dict[str, Pile] = defaultdict(lambda: Pile("", ""))
    for row in _counted(rows.filter(diagnosis__cause=NoDealCause.CHEAPER), "opportunity__product"):
        name = row["opportunity__product"]
        piles[name].code, piles[name].name = name, name or _("product not named")
        piles[name].add(row)
    return sorted(piles.values(), key=lambda pile: (-pile.deals, pile.name))


def _counted(rows: QuerySet[Closure], column: str, **more: Count) -> Iterable[Mapping[str, Any]]:
    return (
        rows.order_by()
        .values(column, "opportunity__currency")
        .annotate(
            deals=Count("pk"),
            unpriced=Count("pk", filter=Q(amount_minor__isnull=True)),
            amount=Sum("amount_minor"),
            **more,
        )
    )


def _chosen(rows: QuerySet[Closure], cause: str, product: str | None) -> QuerySet[Closure]:
    if cause == FROM_FILE:
        rows = rows.filter(diagnosis__isnull=True)
    elif cause:
        rows = rows.filter(diagnosis__cause=cause)
    if product is not None:
        rows = rows.filter(opportunity__product=product)
    return rows.select_related("opportunity__customer", "opportunity__owner", "diagnosis").order_by("-closed_on", "-pk")
