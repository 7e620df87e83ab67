"""The library of solutions: written by whoever keeps it, read by everybody (method: 3.13)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes
from wendu.kernel.entity import advance
from wendu.kernel.events import declare
from wendu.offers.actions.errors import NotNegative, NotOfAHundred, PartOfItself, PieceGone
from wendu.offers.models import Solution, SolutionPart

declare("solution.added", "solution.edited", "solution.published", "solution.retired", "solution.reinstated")

SOLUTION = (
    "kind", "name", "industry", "audience", "problem", "summary", "rollout", "help_kind", "unit", "list_minor", "tax",
)  # fmt: skip
"""The columns people fill in."""


@transaction.atomic
def add_solution(
    *, values: Mapping[str, object], actor: User | None, at: datetime, parts: Collection[Solution] = ()
) -> Solution:
    """Write a new line of the library; who keeps it takes it in at once."""
    permit(actor, "library.write")
    row = Solution(made_by=actor, made_at=at, published_at=at)
    change = apply_changes(row, values, writable=SOLUTION)
    _price(row)
    row.full_clean(exclude=("made_by",))
    row.save()
    set_parts(row, parts)
    after = {**change.after, "parts": sorted(part.name for part in parts)}
    record("solution.added", subject=row, actor=actor, at=at, after=after)
    return row


@transaction.atomic
def edit_solution(
    *,
    solution: Solution,
    changes: Mapping[str, object],
    actor: User | None,
    at: datetime,
    parts: Collection[Solution] | None = None,
    seen: int | None = None,
) -> Solution:
    """Correct a line of the library; `parts` replaces what it is made of."""
    permit(actor, "library.write")
    advance(solution, seen=seen)
    solution.refresh_from_db()
    if solution.retired_at is not None:
        raise PieceGone
    change = apply_changes(solution, changes, writable=SOLUTION)
    _price(solution, is_new="list_minor" in change.after)
    solution.full_clean(exclude=("made_by",))
    before, after = dict(change.before), dict(change.after)
    if parts is not None:
        stood = sorted(solution.parts.values_list("part__name", flat=True))
        set_parts(solution, parts)
        names = sorted(part.name for part in parts)
        if names != stood:
            before["parts"], after["parts"] = stood, names
    if after:
        solution.save()
        record("solution.edited", subject=solution, actor=actor, at=at, before=before, after=after)
    return solution


@transaction.atomic
def publish_solution(*, solution: Solution, actor: User | None, at: datetime) -> Solution:
    """Take in what somebody suggested: from one person's experience it becomes what the firm offers."""
    permit(actor, "library.write")
    advance(solution)
    solution.refresh_from_db()
    if solution.retired_at is not None:
        raise PieceGone
    if solution.published_at is None:
        solution.published_at = at
        solution.save(update_fields=["published_at"])
        record("solution.published", subject=solution, actor=actor, at=at, after={"name": solution.name})
    return solution


@transaction.atomic
def retire_solution(*, solution: Solution, actor: User | None, at: datetime) -> Solution:
    """Take a line out of use; deals that used it keep it, and it can be put back."""
    permit(actor, "library.write")
    advance(solution)
    solution.refresh_from_db()
    if solution.retired_at is None:
        solution.retired_at = at
        solution.save(update_fields=["retired_at"])
        record("solution.retired", subject=solution, actor=actor, at=at, before={"name": solution.name})
    return solution


@transaction.atomic
def reinstate_solution(*, solution: Solution, actor: User | None, at: datetime) -> Solution:
    """Put a line back in use."""
    permit(actor, "library.write")
    advance(solution)
    solution.refresh_from_db()
    if solution.retired_at is not None:
        solution.retired_at = None
        solution.save(update_fields=["retired_at"])
        record("solution.reinstated", subject=solution, actor=actor, at=at, after={"name": solution.name})
    return solution


def set_parts(solution: Solution, parts: Collection[Solution]) -> None:
    """Let a solution be made of these; none of them may contain it."""
    for part in parts:
        if part.pk == solution.pk or _contains(part.pk, solution.pk):
            raise PartOfItself(part=part.name)
    wanted = {part.pk for part in parts}
    stood = set(solution.parts.values_list("part_id", flat=True))
    solution.parts.filter(part_id__in=stood - wanted).delete()
    SolutionPart.objects.bulk_create([SolutionPart(solution=solution, part_id=key) for key in sorted(wanted - stood)])


def _contains(whole: int, sought: int) -> bool:
    """Whether one line has another among its parts, at any depth."""
    found, fringe = {whole}, {whole}
    while fringe:
        fringe = set(SolutionPart.objects.filter(solution_id__in=fringe).values_list("part_id", flat=True)) - found
        found |= fringe
    return sought in found


def _price(row: Solution, *, is_new: bool = True) -> None:
    """A list price is one in the firm's currency of the day it was written, and not below zero."""
    if row.list_minor is not None and row.list_minor < 0:
        refusal = NotNegative()
        refusal.field = "list_minor"
        raise refusal
    if row.tax is not None and not 0 <= row.tax <= 100:  # noqa: PLR2004  per cent
        raise NotOfAHundred
    if is_new:
        row.currency = "" if row.list_minor is None else Organisation.objects.current().currency
