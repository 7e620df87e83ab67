"""Reads of closed deals: how each ended, how long it took, and the furthest stage it had come to before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Substr

from wendu.coach.models import DealStanding
from wendu.discovery.models import Criterion, Demand, Effect, TrustRating
from wendu.identity.snapshot import remembered
from wendu.offers.models import BenefitCard, Concern, DealSheet, Interest, ValueMessage, Worth
from wendu.opportunities.choices import Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity, StageMove

KEPT_SECONDS = 600.0
OVERDUE, UNDATED = "overdue", "undated"
ENDS = (Outcome.WON, Outcome.LOST)
EVIDENCE = (Demand, Criterion, Effect, TrustRating, Interest, BenefitCard, ValueMessage, Concern, Worth, DealSheet)


@dataclass(frozen=True, slots=True)
class EndedDeal:
    """A deal that was won or lost, as far as it is known; the amount only in the currency of the house."""

    key: int
    won: bool
    closed_on: date
    days: int | None
    amount_minor: int | None
    product: str
    owner_id: int | None
    team_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Promised:
    """So many open deals of one stage and class that should sign in one month, those with an amount, and how much."""

    stage: str
    quadrant: str
    month: str
    deals: int
    priced: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Solved:
    """Problems of customers that were written down, how many were solved, and what that brings them a year."""

    told: int = 0
    solved: int = 0
    gain_minor: int = 0

    def __add__(self, other: "Solved") -> "Solved":
        return Solved(self.told + other.told, self.solved + other.solved, self.gain_minor + other.gain_minor)


def ended_deals(user: Any, test: Q, *, since: date | None, currency: str) -> list[EndedDeal]:
    """The deals one sees that were won or lost since a day, in the order of their end (one query)."""
    rows = Opportunity.objects.visible_to(user).standing().filter(test)
    rows = rows.filter(closures__in=_ends(since)).order_by("closures__closed_on", "pk")
    columns = ("pk", "closures__outcome", "closures__closed_on", "opened_on", "closures__amount_minor", "currency")
    return [
        EndedDeal(
            key=key,
            won=outcome == Outcome.WON,
            closed_on=closed,
            days=(closed - opened).days if opened else None,
            amount_minor=amount if money == currency else None,
            product=product,
            owner_id=owner,
            team_id=team,
            reason=reason,
        )
        for key, outcome, closed, opened, amount, money, product, owner, team, reason in rows.values_list(
            *columns, "product", "owner_id", "owner__team_id", "closures__reason"
        )
    ]


def ended_by_stage(user: Any, test: Q, *, since: date | None) -> dict[str, tuple[int, int]]:
    """How many of the deals one sees were won, and how many ended at all, by the furthest stage before (one query)."""
    seen = Opportunity.objects.visible_to(user).standing().filter(test).values("pk")
    return _by_stage(_ends(since).filter(opportunity__in=seen))


def firm_by_stage() -> dict[str, tuple[int, int]]:
    """The same of the whole firm; only totals leave this query, so it needs no one looking. Remembered for minutes."""
    standing = _ends(None).filter(opportunity__deleted_at__isnull=True)
    return remembered("ended_by_stage", lambda: _by_stage(standing), seconds=KEPT_SECONDS)


def promised(user: Any, test: Q, today: date) -> list[Promised]:
    """Open deals by stage, class and the month they should sign in: the day somebody wrote, else the window's end."""
    day = Coalesce("opportunity__expected_on", "customer__standing__deadline_on")
    month = Case(
        When(day__isnull=True, then=Value(UNDATED)),
        When(day__lt=today, then=Value(OVERDUE)),
        default=Substr(Cast("day", CharField()), 1, 7),
        output_field=CharField(),
    )
    rows = DealStanding.objects.visible_to(user).filter(test).order_by().annotate(day=day).annotate(month=month)
    grouped = rows.values_list("stage", "quadrant", "month")
    return [
        Promised(stage, letter, when, deals, priced, amount or 0)
        for stage, letter, when, deals, priced, amount in grouped.annotate(
            n=Count("*"), priced=Count("amount_minor"), amount=Sum("amount_minor")
        )
    ]


def lost_with_evidence(user: Any, test: Q, *, since: date | None) -> int:
    """About how many of the lost deals one sees anything had been written down (one query)."""
    seen = Opportunity.objects.visible_to(user).standing().filter(test).values("pk")
    lost = _ends(since).filter(outcome=Outcome.LOST, opportunity__in=seen).values("opportunity_id")
    told = [kind._default_manager.filter(removed_at__isnull=True, opportunity__in=lost) for kind in EVIDENCE]
    first, *others = [rows.order_by().values_list("opportunity_id", flat=True) for rows in told]
    return len(set(first.union(*others)))


def problems_solved(user: Any, test: Q, *, since: date | None, currency: str) -> dict[int, Solved]:
    """Per won deal one sees, the problems of the customer and what their answers bring a year (one query)."""
    seen = Opportunity.objects.visible_to(user).standing().filter(test).values("pk")
    won = _ends(since).filter(outcome=Outcome.WON, opportunity__in=seen).values("opportunity_id")
    answered = ~Q(solution="")
    gain = Coalesce("earn_minor", 0) + Coalesce("save_minor", 0)
    rows = Effect.objects.standing().filter(opportunity__in=won).order_by().values_list("opportunity_id")
    counted = rows.annotate(
        n=Count("pk"),
        solved=Count("pk", filter=answered),
        gain=Sum(gain, filter=answered & Q(opportunity__currency=currency)),
    )
    return {deal: Solved(n, solved, minor or 0) for deal, n, solved, minor in counted}


def _ends(since: date | None) -> QuerySet[Closure]:
    rows = Closure.objects.filter(reopened_on__isnull=True, outcome__in=ENDS)
    return rows if since is None else rows.filter(closed_on__gte=since)


def _by_stage(ends: QuerySet[Closure]) -> dict[str, tuple[int, int]]:
    """By the furthest stage a deal stood at before the day of its end: what it was moved to, and where it began."""
    moves = StageMove.objects.filter(opportunity=OuterRef("opportunity"))
    moved = Subquery(moves.filter(moved_on__lt=OuterRef("closed_on")).order_by("-to_stage").values("to_stage")[:1])
    began = Subquery(moves.order_by("moved_on", "pk").values("from_stage")[:1])
    stood = Case(When(outcome=Outcome.LOST, then=F("opportunity__stage")), default=Value(Stage.ST1.value))
    reached = Greatest(Coalesce(moved, Value("")), Coalesce(began, stood))
    rows = ends.order_by().annotate(reached=reached).values_list("reached")
    counted = rows.annotate(won=Count("pk", filter=Q(outcome=Outcome.WON)), n=Count("pk"))
    return {reached: (won, number) for reached, won, number in counted}
