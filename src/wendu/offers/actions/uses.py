"""Between the library and a deal: using what others proved, and giving back what won (method: 3.13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wendu.access.verbs import can, permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes
from wendu.kernel.events import declare
from wendu.offers.actions.errors import AlreadyWritten, DealNotWon, NotTakenIn, SolutionRetired
from wendu.offers.actions.findings import CARD
from wendu.offers.actions.library import SOLUTION, set_parts
from wendu.offers.actions.pieces import CASE, POINT, put_piece
from wendu.offers.models import BenefitCard, Solution, SolutionPart, SolutionPoint, SolutionUse
from wendu.opportunities.actions import FindingKind, bring_back_finding, declare_kinds, take_back_finding, write_finding
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Opportunity

declare("solution.promoted")


def _check_use(row: SolutionUse) -> None:
    same = SolutionUse.objects.standing().filter(opportunity=row.opportunity, solution=row.solution_id)
    if same.exclude(pk=row.pk).exists():
        raise AlreadyWritten


USE = FindingKind(SolutionUse, ("solution_id",), _check_use)

declare_kinds(USE)
CARRIED = ("interest", "feature", "advantage", "benefit", "evidence_kind", "evidence")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a won deal teaches: the line of the library, and the case behind it (empty: nothing measured yet)."""

    solution: Mapping[str, object]
    case: Mapping[str, object]


@transaction.atomic
def use_solution(*, opportunity: Opportunity, solution: Solution, actor: User | None, at: datetime) -> SolutionUse:
    """Use a line of the library in a deal: its points, and those of its parts, become benefit cards there.

    A card has no need behind it yet: until somebody links one it counts as an advantage only.
    """
    permit(actor, "finding.write", opportunity)
    solution.refresh_from_db()
    if solution.retired_at is not None:
        raise SolutionRetired(name=solution.name)
    if solution.published_at is None:
        raise NotTakenIn(name=solution.name)
    use = write_finding(USE, opportunity=opportunity, values={"solution_id": solution.pk}, actor=actor, at=at)
    told = set(BenefitCard.objects.standing().filter(opportunity=opportunity).values_list("point_id", flat=True))
    for point in _points(solution):
        if point.pk not in told:
            values = {name: getattr(point, name) for name in CARRIED} | {"point_id": point.pk}
            write_finding(CARD, opportunity=opportunity, values=values, actor=actor, at=at)
    return use


@transaction.atomic
def take_back_use(*, use: SolutionUse, actor: User | None, at: datetime) -> SolutionUse:
    """Take a solution out of a deal, with those of its cards that nobody has worked on."""
    permit(actor, "finding.write", use.opportunity)
    cards = list(_untouched(use))
    take_back_finding(USE, finding=use, actor=actor, at=at)
    for card in cards:
        take_back_finding(CARD, finding=card, actor=actor, at=at)
    return use


@transaction.atomic
def bring_back_use(*, use: SolutionUse, actor: User | None, at: datetime) -> SolutionUse:
    """Bring a solution back into a deal, with the cards that went with it."""
    permit(actor, "finding.write", use.opportunity)
    use.refresh_from_db()
    gone = use.removed_at
    bring_back_finding(USE, finding=use, actor=actor, at=at)
    if gone is not None:
        went = BenefitCard.objects.filter(opportunity=use.opportunity, point__isnull=False, removed_at=gone)
        for card in went.select_related("opportunity__customer"):
            bring_back_finding(CARD, finding=card, actor=actor, at=at)
    return use


@transaction.atomic
def promote_deal(*, opportunity: Opportunity, lesson: Lesson, actor: User | None, at: datetime) -> Solution:
    """Put what won a deal into the library; unless who keeps it does so, it waits there to be taken in.

    The benefit cards go along without the persons they were for; the customer's name only if he allows it.
    """
    permit(actor, "library.promote", opportunity)
    if not opportunity.closures.filter(outcome=Outcome.WON, reopened_on__isnull=True).exists():
        raise DealNotWon
    keeps = actor is None or can(actor, "library.write")
    row = Solution(made_by=actor, made_at=at, from_deal=opportunity, published_at=at if keeps else None)
    change = apply_changes(row, lesson.solution, writable=SOLUTION)
    row.full_clean(exclude=("made_by", "from_deal"))
    row.save()
    uses = SolutionUse.objects.standing().filter(opportunity=opportunity).select_related("solution")
    set_parts(row, [use.solution for use in uses])
    for values in _distinct(BenefitCard.objects.standing().filter(opportunity=opportunity).order_by("pk")):
        put_piece(POINT, solution=row, values=values, actor=actor, at=at)
    if lesson.case.get("result"):
        put_piece(CASE, solution=row, values=lesson.case, actor=actor, at=at)
    record("solution.promoted", subject=row, root=opportunity.customer, actor=actor, at=at, after=change.after)
    return row


def _points(solution: Solution) -> list[SolutionPoint]:
    """Its own points, then those of its parts that are in use."""
    parts = SolutionPart.objects.filter(solution=solution, part__retired_at__isnull=True).values_list("part_id")
    own = solution.points.standing().order_by("pk")
    return [*own, *SolutionPoint.objects.standing().filter(solution__in=parts).order_by("pk")]


def _untouched(use: SolutionUse) -> Iterable[BenefitCard]:
    """The cards that came with it and are still as they came: no person, no need, not shown."""
    keys = [point.pk for point in _points(use.solution)]
    rows = BenefitCard.objects.standing().filter(opportunity=use.opportunity, point__in=keys)
    untouched = rows.filter(contact__isnull=True, demand__isnull=True, shown_on__isnull=True)
    return untouched.select_related("opportunity__customer")


def _distinct(cards: Iterable[BenefitCard]) -> Iterable[dict[str, object]]:
    """What the cards say, each thing once; of two alike the one with evidence."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for card in cards:
        said = {name: getattr(card, name) for name in CARRIED}
        key = (card.interest, card.feature)
        if key not in found or (card.evidence and not found[key]["evidence"]):
            found[key] = said
    return found.values()
