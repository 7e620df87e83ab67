"""Where new customers came from, and how many of them others brought (method: 3.29, M92)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from wendu.coach.frame import Frame
from wendu.customers.models import CustomerQuerySet
from wendu.customers.queries import visible_to
from wendu.identity.models import User

PERCENT, SHOWN = 100, 30
PERIODS: Mapping[str, int | None] = {"90": 90, "365": 365, "all": None}


@dataclass(frozen=True, slots=True)
class Source:
    """New customers of one source: `is_referral` where others brought them, an empty name where nobody said."""

    name: str
    is_referral: bool
    customers: int
    bought: int
    revenue_minor: int

    @property
    def bought_percent(self) -> int:
        """How many of them ordered so far."""
        return round(PERCENT * self.bought / self.customers)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the page shows; revenue in the house's currency."""

    currency: str
    period: str
    rows: tuple[Source, ...]
    others: Source | None
    customers: int
    referred: int
    unsaid: int

    @property
    def referred_percent(self) -> float | None:
        """The referral share: of all new customers, those that others brought."""
        return PERCENT * self.referred / self.customers if self.customers else None


def sources_page(user: User, at: datetime, period: str = "365") -> Sources:
    """Read the customers one sees that were taken up within a period, by source: a fixed number of queries."""
    frame, period = Frame.at(at), period if period in PERIODS else "365"
    days = PERIODS[period]
    new = visible_to(user).standing()
    new = new if days is None else new.filter(created_at__gte=at - timedelta(days=days))
    told = _by_source(new.filter(referrer__isnull=True)) + _brought(new.filter(referrer__isnull=False))
    rows = sorted(told, key=lambda row: (-row.customers, -row.revenue_minor, row.name))
    return Sources(
        currency=frame.currency,
        period=period,
        rows=tuple(rows[:SHOWN]),
        others=_together(rows[SHOWN:]),
        customers=sum(row.customers for row in rows),
        referred=sum(row.customers for row in rows if row.is_referral),
        unsaid=sum(row.customers for row in rows if not row.is_referral and not row.name),
    )


_FIGURES = {
    "customers": Count("pk"),
    "bought": Count("pk", filter=Q(score__order_days__gt=0)),
    "revenue_minor": Sum("score__revenue_minor"),
}


def _by_source(new: CustomerQuerySet) -> list[Source]:
    """Those nobody brought, by what is written of where they came from (one query)."""
    rows = new.order_by().values_list("source_text").annotate(**_FIGURES)
    return [Source(name.strip(), False, customers, bought, revenue or 0) for name, customers, bought, revenue in rows]


def _brought(new: CustomerQuerySet) -> list[Source]:
    """Those other customers brought, whatever else is written of where they came from (one query)."""
    told = new.aggregate(**_FIGURES)
    if not told["customers"]:
        return []
    return [Source("", True, told["customers"], told["bought"], told["revenue_minor"] or 0)]


def _together(rows: Sequence[Source]) -> Source | None:
    """The many small ones as one."""
    if not rows:
        return None
    customers, bought, revenue = (
        sum(column) for column in zip(*((row.customers, row.bought, row.revenue_minor) for row in rows), strict=True)
    )
    return Source("", any(row.is_referral for row in rows), customers, bought, revenue)
