"""Customers by stage of their life with us: how many, who came and left within a month, and what each stage is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wendu.coach.frame import Frame
from wendu.desk.wording_life import STAGES
from wendu.identity.models import User
from wendu.insights.models import Score, ScoreQuerySet
from wendu.insights.queries import latest_study
from wendu.method.lifecycle import Lifecycle
from wendu.method.lifetime import average_years

SHOWN, PERCENT = 8, 100
PLANS: Mapping[str, tuple[Promise, Sequence[Promise]]] = {
    "introduction": (
        _("Turn the flow into real customers; quality before quantity"),
        (_("screen and visit"), _("better channel and way of working together")),
    ),
    "growth": (
        _("Trust in the product, the habit of using it"),
        (_("teach the correct use, patiently"), _("show the whole value"), _("win the first order again")),
    ),
    "mature": (
        _("Keep the tie: now it is easiest to sell again"),
        (_("care, not only offers"), _("what goes with what they have"), _("ask content customers for a referral")),
    ),
    "dormant": (
        _("Wake them up before they are lost"),
        (
            _("see what changed: people, need, rival"),
            _("bring what we know of them up to date"),
            _("a reason to come back"),
        ),
    ),
    "churned": (
        _("Learn why, keep the door open, reward who stayed"),
        (
            _("ask for the cause and mend it"),
            _("an offer to come back, within the floor"),
            _("reward those who speak for us"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One customer in a lane, and from which stage it came within the month, if it did."""

    uuid: UUID
    name: str
    came_from: str
    latest_on: date | None
    revenue_minor: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage: how many stand there, who came and left within a month, what they brought, and the plan."""

    code: str
    name: str
    count: int
    came: int
    left: int
    revenue_minor: int
    goal: Promise
    plays: Sequence[Promise]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything the page shows."""

    currency: str
    lanes: tuple[Lane, ...]
    stayed: int
    of: int
    kept_percent: float | None
    years: float | None
    scored_on: date | None

    @property
    def count(self) -> int:
        """All of them."""
        return sum(lane.count for lane in self.lanes)


def lanes_page(user: User, at: datetime) -> Lanes:
    """Read the customers one sees by stage: nine queries, however many there are."""
    frame, study = Frame.at(at), latest_study()
    seen = Score.objects.visible_to(user)
    moves = seen.order_by().values_list("stage_before", "stage").annotate(n=Count("*"), revenue=Sum("revenue_minor"))
    counted = [(before, stage, n, revenue or 0) for before, stage, n, revenue in moves]
    stayed, of = (study.kept.get("") or (0, 0)) if study else (0, 0)
    share = stayed / of if of >= frame.scale.lifetime.kept_from_customers else None
    return Lanes(
        currency=frame.currency,
        lanes=tuple(_lane(stage.value, seen, counted) for stage in Lifecycle),
        stayed=stayed,
        of=of,
        kept_percent=None if share is None else PERCENT * share,
        years=None if share is None else average_years(1 - share),
        scored_on=study.on if study else None,
    )


def _lane(code: str, seen: ScoreQuerySet, counted: Sequence[tuple[str, str, int, int]]) -> Lane:
    rows = seen.filter(stage=code).select_related("customer").order_by("-revenue_minor", "pk")[:SHOWN]
    here = [(before, n, revenue) for before, stage, n, revenue in counted if stage == code]
    goal, plays = PLANS[code]
    return Lane(
        code=code,
        name=str(STAGES[code]),
        count=sum(n for _before, n, _revenue in here),
        came=sum(n for before, n, _revenue in here if before != code),
        left=sum(n for before, stage, n, _revenue in counted if before == code and stage != code),
        revenue_minor=sum(revenue for _before, _n, revenue in here),
        goal=goal,
        plays=plays,
        cards=tuple(_card(row) for row in rows),
    )


def _card(row: Score) -> Card:
    return Card(
        uuid=row.customer.uuid,
        name=row.customer.name,
        came_from=str(STAGES[row.stage_before]) if row.stage_before != row.stage else "",
        latest_on=row.latest_on,
        revenue_minor=row.revenue_minor,
    )
