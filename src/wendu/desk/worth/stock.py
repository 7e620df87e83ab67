"""Existing customers with open potential: what could still come from whom, and how deep the stock is worked (M14)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum

from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.customers.queries import visible_to
from wendu.desk.board.forecast import chance_for
from wendu.desk.wording_life import STAGES
from wendu.desk.worth.again import SHOWN
from wendu.desk.worth.steps import TwoSteps, around, steps_of
from wendu.identity.models import User
from wendu.insights.bringing import referrals_of_all
from wendu.insights.facts import Ground
from wendu.insights.models import Score
from wendu.insights.queries import latest_study
from wendu.method.codes import Quadrant
from wendu.method.lifecycle import Lifecycle
from wendu.method.lifetime import Referrals, referral_value

PERCENT = 100


class Potential(NamedTuple):
    """What could still come from one customer: open deals by their chance, and those it may bring."""

    deals: int
    referrals: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.deals + self.referrals


@dataclass(frozen=True, slots=True)
class Row:
    """One existing customer, what could still come from it, and where it stands in the two steps of a purchase."""

    uuid: UUID
    name: str
    owner: str
    stage: str
    potential: Potential
    steps: TwoSteps
    next_item: str


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything the page shows; amounts in the house's currency."""

    currency: str
    buyers: int
    again: int
    revenue: int
    referred: int
    referred_minor: int
    potential_minor: int
    rows: tuple[Row, ...]
    count: int
    page: Page[int]
    scored_on: date | None

    @property
    def again_percent(self) -> int | None:
        """The repurchase rate: of those who ever ordered, how many did more than once."""
        return round(PERCENT * self.again / self.buyers) if self.buyers else None

    @property
    def referred_percent(self) -> int | None:
        """Of all revenue, the share of customers that others brought."""
        return round(PERCENT * self.referred_minor / self.revenue) if self.revenue > 0 else None


def stock_page(user: User, at: datetime, number: str | None = None) -> Stock:
    """Read the existing customers one sees: a fixed number of queries, however many there are."""
    frame, study = Frame.at(at), latest_study()
    seen = Score.objects.visible_to(user).filter(order_days__gt=0)
    sums = seen.aggregate(
        buyers=Count("*"),
        again=Count("pk", filter=Q(order_days__gt=1)),
        revenue=Sum("revenue_minor"),
        referred=Count("pk", filter=Q(customer__referrer__isnull=False)),
        referred_minor=Sum("revenue_minor", filter=Q(customer__referrer__isnull=False)),
    )
    ground = Ground(frame.today, frame.scale, frame.holidays, frame.currency)
    found = _potentials(user, frame, referrals_of_all(visible_to(user).standing(), study, ground))
    order = sorted(found, key=lambda pk: (-found[pk].total, pk))
    page = Paginator(order, SHOWN).get_page(number)
    scores = seen.select_related("customer__owner").in_bulk(list(page))
    near = around(list(scores), frame)
    return Stock(
        currency=frame.currency,
        buyers=sums["buyers"],
        again=sums["again"],
        revenue=sums["revenue"] or 0,
        referred=sums["referred"],
        referred_minor=sums["referred_minor"] or 0,
        potential_minor=sum(each.total for each in found.values()),
        rows=tuple(_row(scores[pk], found[pk], steps_of(scores[pk], near, frame)) for pk in page if pk in scores),
        count=len(order),
        page=page,
        scored_on=study.on if study else None,
    )


def _potentials(user: User, frame: Frame, brings: Mapping[int, Referrals]) -> dict[int, Potential]:
    """What could still come from each existing customer one sees, of whom anything could (two queries).

    Of a deal and of those they bring as much is margin as of what they bought, as on the card of the customer.
    """
    deals = dict[int, float]()
    for pk, amount in _deals(user, frame):
        deals[pk] = deals.get(pk, 0.0) + amount
    there = Score.objects.visible_to(user).filter(order_days__gt=0).exclude(stage=Lifecycle.CHURNED)
    open_deals = DealStanding.objects.visible_to(user).values("customer")
    bringing = visible_to(user).standing().filter(referrer__isnull=False).values("referrer")
    rows = there.filter(Q(pk__in=open_deals) | Q(pk__in=bringing)).values_list("pk", "revenue_minor", "margin_minor")
    found = {}
    for pk, revenue, margin in rows:
        share = margin / revenue if margin is not None and revenue > 0 else 1.0
        brought = referral_value(brings[pk], frame.scale.lifetime, share) if pk in brings else None
        potential = Potential(round(deals.get(pk, 0.0) * share), round(brought or 0.0))
        if potential.total > 0:
            found[pk] = potential
    return found


def _deals(user: User, frame: Frame) -> Iterator[tuple[int, float]]:
    """Open deals by the chance of their class, per customer; without a class or an amount nothing is guessed."""
    rows = DealStanding.objects.visible_to(user).exclude(quadrant="").filter(amount_minor__isnull=False).order_by()
    for pk, letter, amount in rows.values_list("customer_id", "quadrant").annotate(amount=Sum("amount_minor")):
        yield pk, chance_for(Quadrant(letter), frame).share * amount


def _row(score: Score, potential: Potential, steps: TwoSteps) -> Row:
    customer = score.customer
    return Row(
        uuid=customer.uuid,
        name=customer.name,
        owner=customer.owner.display_name if customer.owner else "",
        stage=str(STAGES[score.stage]),
        potential=potential,
        steps=steps,
        next_item=score.next_item,
    )
