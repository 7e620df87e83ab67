"""What the customers one sees are worth together: three parts, two engines, first and later orders, and what if."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from wendu.agreements.models import Order, Return, Subscription
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.desk.board.forecast import chance_for
from wendu.desk.worth.content import ContentRow, content_rows
from wendu.desk.worth.panel import Part, parts_of
from wendu.identity.models import User
from wendu.insights.models import Score, ScoreQuerySet
from wendu.insights.queries import latest_study
from wendu.insights.whatif import Whatif, projected
from wendu.method.codes import Quadrant
from wendu.method.engine import Fees, moved, net_retention
from wendu.method.lifecycle import Lifecycle
from wendu.method.scales import LifetimeScale
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Opportunity

PERCENT, MONTHS, YEAR = 100, 12, timedelta(days=365)
OLDEST = 3


@dataclass(frozen=True, slots=True)
class Engine:
    """What a year brought from new customers and from existing ones."""

    year: str
    new_minor: int
    existing_minor: int

    @property
    def existing_percent(self) -> int | None:
        """The share of existing customers."""
        whole = self.new_minor + self.existing_minor
        return round(PERCENT * self.existing_minor / whole) if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers whose first order is about so many years ago: what it brought, and all they brought since."""

    years: int
    customers: int
    again_percent: int
    first_minor: int
    all_minor: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the simulator is asked: per cent leaving a year now and then, customers, and what one brings a year."""

    now_percent: float
    then_percent: float
    customers: int
    yearly_minor: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows."""

    currency: str
    parts: tuple[Part, ...]
    total: int
    buyers: int
    revenue: int
    unknown_current: int
    unknown_margin: int
    engines: tuple[Engine, ...]
    fees: Fees
    nrr: float | None
    cohorts: tuple[Cohort, ...]
    content: tuple[ContentRow, ...]
    asked: Asked
    whatif: Whatif
    years: int
    scored_on: date | None

    @property
    def nrr_percent(self) -> float | None:
        """Net retention in per cent."""
        return None if self.nrr is None else PERCENT * self.nrr

    @property
    def left_now(self) -> int:
        """How many are there at the end if as many leave as now."""
        return self.whatif.now.customers[-1]

    @property
    def left_then(self) -> int:
        """How many are there at the end if as many leave as asked."""
        return self.whatif.then.customers[-1]


def overview_page(user: User, at: datetime, said: Mapping[str, float]) -> Overview:
    """Read what the customers one sees are worth: a fixed number of queries; `said` fills the simulator."""
    frame, study = Frame.at(at), latest_study()
    seen = Score.objects.visible_to(user).filter(order_days__gt=0)
    sums = seen.aggregate(
        buyers=Count("*"),
        revenue=Sum("revenue_minor"),
        current=Sum("current_minor"),
        unknown_current=Count("pk", filter=Q(current_minor__isnull=True)),
        unknown_margin=Count("pk", filter=Q(margin_minor__isnull=True)),
        earned=Sum(Case(When(margin_minor__isnull=False, then=F("margin_minor")), default=F("revenue_minor"))),
        yearly=Avg("yearly_minor", filter=~Q(stage=Lifecycle.CHURNED)),
        there=Count("pk", filter=~Q(stage=Lifecycle.CHURNED)),
    )
    parts = parts_of(sums["earned"] or 0, sums["current"], _potential(user, frame))
    fees, scale = _fees(user, frame), frame.scale.lifetime
    stayed, of = (study.kept.get("") or (0, 0)) if study else (0, 0)
    asked = _asked(said, sums, stayed / of if of >= scale.kept_from_customers else None, scale)
    return Overview(
        currency=frame.currency,
        parts=parts,
        total=sum(part.minor or 0 for part in parts),
        buyers=sums["buyers"],
        revenue=sums["revenue"] or 0,
        unknown_current=sums["unknown_current"],
        unknown_margin=sums["unknown_margin"],
        engines=_engines(user, frame),
        fees=fees,
        nrr=net_retention(fees),
        cohorts=_cohorts(seen, frame.today),
        content=content_rows(user, frame, study.kept if study else {}),
        asked=asked,
        whatif=projected(
            customers=asked.customers,
            yearly=asked.yearly_minor,
            shares=(asked.now_percent / PERCENT, asked.then_percent / PERCENT),
            years=scale.years,
        ),
        years=scale.years,
        scored_on=study.on if study else None,
    )


def _potential(user: User, frame: Frame) -> int | None:
    """Open deals by the chance of their class; without a class or an amount nothing is guessed."""
    rows = DealStanding.objects.visible_to(user).exclude(quadrant="").filter(amount_minor__isnull=False)
    told = rows.order_by().values_list("quadrant").annotate(amount=Sum("amount_minor"))
    sums = [chance_for(Quadrant(letter), frame).share * amount for letter, amount in told]
    return round(sum(sums)) if sums else None


def _engines(user: User, frame: Frame) -> tuple[Engine, ...]:
    """The latest twelve months and the twelve before; a won deal without an order counts on the day it was won.

    What went back counts against the year it went back in.
    """
    orders = Order.objects.visible_to(user).counted().filter(currency=frame.currency)
    deals = Opportunity.objects.visible_to(user).filter(
        closures__outcome=Outcome.WON, closures__reopened_on__isnull=True, currency=frame.currency
    )
    won = deals.exclude(Exists(Order.objects.counted().filter(opportunity=OuterRef("pk"))))
    back = Return.objects.standing().filter(order__in=orders)
    amount = Coalesce(F("closures__amount_minor"), F("amount_minor"))
    found = []
    for name, until in (("latest", frame.today), ("before", frame.today - YEAR)):
        since = until - YEAR
        by_order = orders.filter(ordered_on__gt=since, ordered_on__lte=until)
        by_deal = won.filter(closures__closed_on__gt=since, closures__closed_on__lte=until)
        returned = back.filter(returned_on__gt=since, returned_on__lte=until)
        told = (
            _by_age(by_order, F("revenue_minor"), since),
            _by_age(by_deal, amount, since),
            _by_age(returned, -F("revenue_minor"), since, "order__customer"),
        )
        new, existing = (sum(column) for column in zip(*told, strict=True))
        found.append(Engine(name, new, existing))
    return tuple(found)


def _by_age(rows: QuerySet[Any], amount: Any, since: date, customer: str = "customer") -> tuple[int, int]:
    """What customers brought who first ordered after a day, and all others (one query)."""
    told = rows.aggregate(
        new=Sum(amount, filter=Q(**{f"{customer}__score__first_on__gt": since})),
        existing=Sum(amount, filter=Q(**{f"{customer}__score__first_on__lte": since})),
    )
    return told["new"] or 0, told["existing"] or 0


def _fees(user: User, frame: Frame) -> Fees:
    """What became within a year of the fees that were in force at its start (two queries)."""
    start = frame.today - YEAR
    rows = Subscription.objects.visible_to(user).in_force(start).filter(currency=frame.currency)
    found = Fees(0)
    for each in rows.prefetch_related("changes"):
        later = sorted((change.on, change.pk, change.fee_before_minor) for change in each.changes.all())
        before = next((fee for on, _pk, fee in later if on > start), each.fee_minor)
        ended = each.ended_on is not None and each.ended_on <= frame.today
        year = MONTHS / each.term_months
        told = moved(round(before * year), 0 if ended else round(each.fee_minor * year))
        found = Fees(*(one + other for one, other in zip(found, told, strict=True)))
    return found


def _cohorts(seen: ScoreQuerySet, today: date) -> tuple[Cohort, ...]:
    """By full years since the first order, the oldest together (one query)."""
    ages = [
        When(first_on__gt=today - (years + 1) * YEAR, then=Value(years, output_field=IntegerField()))
        for years in range(OLDEST)
    ]
    rows = seen.filter(first_minor__isnull=False).annotate(years=Case(*ages, default=Value(OLDEST)))
    told = (
        rows.order_by()
        .values_list("years")
        .annotate(
            n=Count("*"),
            again=Count("pk", filter=Q(order_days__gt=1)),
            first=Avg("first_minor"),
            whole=Avg("revenue_minor"),
        )
    )
    return tuple(
        Cohort(years, n, round(PERCENT * again / n), round(first), round(whole))
        for years, n, again, first, whole in sorted(told)
    )


def _asked(
    said: Mapping[str, float], sums: Mapping[str, float | None], kept: float | None, scale: LifetimeScale
) -> Asked:
    """What was typed, else the house's own figures, else those of the playbook."""
    now_percent = said.get("now", PERCENT * (1 - kept if kept is not None else scale.leaving_share))
    return Asked(
        now_percent=round(now_percent, 1),
        then_percent=round(said.get("then", scale.leaving_times * now_percent), 1),
        customers=int(said.get("customers", sums["there"] or 0)),
        yearly_minor=round(sums["yearly"] or 0),
        is_own=kept is not None,
    )
