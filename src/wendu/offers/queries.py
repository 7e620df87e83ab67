"""Reads of the library and of proposals; every one starts with who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.offers.choices import SolutionKind
from wendu.offers.models import (
    Proposal,
    Solution,
    SolutionCase,
    SolutionPart,
    SolutionPoint,
    SolutionQuerySet,
    SolutionUse,
)
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity

LONGEST_QUERY, PROPOSALS_SHOWN, MOST_PRODUCTS = 100, 5, 300
SOUGHT = ("name", "audience", "problem", "summary", "points__feature", "points__benefit", "cases__customer_kind")
WAITING, GONE = "waiting", "gone"


@dataclass(frozen=True, slots=True)
class Earned:
    """How often a solution was used, and how those deals that are decided ended."""

    uses: int = 0
    won: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for in the library."""

    words: str = ""
    kind: str = ""
    industry: str = ""
    state: str = ""


def products_for(currency: str) -> list[Solution]:
    """What of the library has a price in this currency, by name; the first few hundred."""
    rows = Solution.objects.taken_in().filter(list_minor__isnull=False, currency=currency)
    return list(rows.order_by("name", "pk")[:MOST_PRODUCTS])


def library(_user: Any, wish: Wish) -> SolutionQuerySet:
    """List what fits, by name: everybody reads the whole library, also what is only suggested."""
    rows = Solution.objects.all() if wish.state == GONE else Solution.objects.standing()
    if wish.state == GONE:
        rows = rows.filter(retired_at__isnull=False)
    if wish.state == WAITING:
        rows = rows.filter(published_at__isnull=True)
    if wish.kind in SolutionKind.values:
        rows = rows.filter(kind=wish.kind)
    if wish.industry:
        rows = rows.filter(Q(industry=wish.industry) | Q(industry=""))
    for word in wish.words[:LONGEST_QUERY].split():
        said = Q()
        for name in SOUGHT:
            said |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(pk__in=Solution.objects.filter(said).values("pk"))
    return rows.order_by("name", "pk")


def usable(user: Any, deal: Opportunity) -> QuerySet[Solution]:
    """What a visible deal may still use: taken in, in use, and not used in it yet; those of its industry first."""
    used = SolutionUse.objects.visible_to(user).standing().filter(opportunity=deal).values("solution_id")
    return Solution.objects.taken_in().exclude(pk__in=used).order_by("name", "pk")


def whole_solution(_user: Any, **named: Any) -> QuerySet[Solution]:
    """One line of the library with its parts, points and cases (five queries)."""
    points = SolutionPoint.objects.standing().order_by("pk")
    return (
        Solution.objects.filter(**named)
        .select_related("made_by")
        .prefetch_related(
            Prefetch("parts", SolutionPart.objects.select_related("part").order_by("part__name", "pk")),
            Prefetch("part_of", SolutionPart.objects.select_related("solution").order_by("solution__name", "pk")),
            Prefetch("points", points),
            Prefetch("cases", SolutionCase.objects.standing().order_by("pk")),
        )
    )


def earned(keys: Collection[int]) -> dict[int, Earned]:
    """Sum up per solution how the deals that used it went (one query).

    Only totals leave it, over the whole firm's deals: whoever may use a solution should know what it has earned.
    """
    standing = Q(opportunity__closures__reopened_on__isnull=True)
    rows = (
        SolutionUse.objects.standing()
        .filter(solution__in=keys, opportunity__deleted_at__isnull=True)
        .values("solution_id")
        .annotate(
            uses=Count("pk", distinct=True),
            won=Count("pk", filter=standing & Q(opportunity__closures__outcome=Outcome.WON), distinct=True),
            lost=Count("pk", filter=standing & Q(opportunity__closures__outcome=Outcome.LOST), distinct=True),
        )
        .order_by()
    )
    return {row["solution_id"]: Earned(row["uses"], row["won"], row["lost"]) for row in rows}


def earned_by_help() -> dict[str, Earned]:
    """The same by how badly the solutions used were needed (one query); a deal counts once for each kind of help."""
    standing = Q(opportunity__closures__reopened_on__isnull=True)
    rows = (
        SolutionUse.objects.standing()
        .filter(opportunity__deleted_at__isnull=True)
        .exclude(solution__help_kind="")
        .values_list("solution__help_kind")
        .annotate(
            uses=Count("opportunity_id", distinct=True),
            won=Count("opportunity_id", filter=standing & Q(opportunity__closures__outcome=Outcome.WON), distinct=True),
            lost=Count(
                "opportunity_id", filter=standing & Q(opportunity__closures__outcome=Outcome.LOST), distinct=True
            ),
        )
        .order_by()
    )
    return {kind: Earned(*counts) for kind, *counts in rows}


def deals_with(user: Any, solution: Solution) -> QuerySet[SolutionUse]:
    """Those deals with a solution that this person sees, latest first."""
    rows = SolutionUse.objects.visible_to(user).standing().filter(solution=solution)
    rows = rows.filter(opportunity__deleted_at__isnull=True)
    return rows.select_related("opportunity__customer").order_by("-written_at", "-pk")


def uses_of(user: Any, deal: Opportunity) -> QuerySet[SolutionUse]:
    """The solutions used in a visible deal, in the order they came."""
    rows = SolutionUse.objects.visible_to(user).standing().filter(opportunity=deal)
    return rows.select_related("solution").order_by("pk")


def proposals_of(user: Any, deal: Opportunity, *, gone: bool = False) -> QuerySet[Proposal]:
    """The versions of a visible deal's proposal, latest first."""
    rows = Proposal.objects.visible_to(user).filter(opportunity=deal)
    kept = rows if gone else rows.filter(removed_at__isnull=True)
    return kept.select_related("author", "opportunity__customer").order_by("-number", "-pk")


def latest_proposals(user: Any, deal: Opportunity) -> list[Proposal]:
    """The latest versions, as the page of the deal lists them."""
    return _latest_proposals(user, deal.pk)


@prepared_records
def _latest_proposals(me: Scope, deal_id: int) -> QuerySet[Proposal]:
    rows = Proposal.objects.visible_to(me).filter(opportunity=deal_id, removed_at__isnull=True)
    return rows.order_by("-number", "-pk")[:PROPOSALS_SHOWN]


def is_won(deal: Opportunity) -> bool:
    """Whether a deal stands as won."""
    return Closure.objects.filter(opportunity=deal, outcome=Outcome.WON, reopened_on__isnull=True).exists()


def sources_of(keys: Collection[int]) -> tuple[dict[int, list[SolutionPart]], list[SolutionCase]]:
    """The parts of solutions by solution, and the cases of all of them (two queries)."""
    parts: dict[int, list[SolutionPart]] = {}
    for part in SolutionPart.objects.filter(solution__in=keys).select_related("part").order_by("part__name", "pk"):
        parts.setdefault(part.solution_id, []).append(part)
    return parts, list(SolutionCase.objects.standing().filter(solution__in=keys).order_by("pk"))
