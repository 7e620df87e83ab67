"""What hangs on a line of the library: its points with their evidence, and its cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.entity import advance, kind_of
from wendu.kernel.events import declare
from wendu.offers.actions.errors import EvidenceUnnamed, MayNotBeNamed, PieceGone
from wendu.offers.models import Solution, SolutionCase, SolutionPoint

P = TypeVar("P", SolutionPoint, SolutionCase)


@dataclass(frozen=True, slots=True)
class Piece(Generic[P]):
    """One kind of piece: its table, the columns people fill in, and what its own sense demands of them."""

    model: type[P]
    writable: tuple[str, ...]
    check: Callable[[P], None]

    @property
    def name(self) -> str:
        """How journal and addresses call it."""
        return kind_of(self.model)


def _check_point(row: SolutionPoint) -> None:
    if row.evidence_kind and not row.evidence:
        raise EvidenceUnnamed


def _check_case(row: SolutionCase) -> None:
    if row.may_name != bool(row.customer_name):
        raise MayNotBeNamed


POINT = Piece(SolutionPoint, ("interest", "feature", "advantage", "benefit", "evidence_kind", "evidence"), _check_point)
CASE = Piece(
    SolutionCase,
    ("customer_kind", "customer_name", "may_name", "problem", "measures", "result", "evidence"),
    _check_case,
)
for _piece in ("solutionpoint", "solutioncase"):
    declare(*(f"{_piece}.{verb}" for verb in ("written", "corrected", "taken_back", "brought_back")))


@transaction.atomic
def write_piece(
    piece: Piece[P], *, solution: Solution, values: Mapping[str, object], actor: User | None, at: datetime
) -> P:
    """Write a new point or case of a solution."""
    permit(actor, "library.write")
    return put_piece(piece, solution=solution, values=values, actor=actor, at=at)


def put_piece(
    piece: Piece[P], *, solution: Solution, values: Mapping[str, object], actor: User | None, at: datetime
) -> P:
    """The same for whoever was permitted to write the whole of it."""
    row = piece.model(solution=solution)
    change = apply_changes(row, values, writable=piece.writable)
    _make_sure(piece, row)
    row.save()
    after = {"solution": solution.name, **change.after}
    record(f"{piece.name}.written", subject=row, actor=actor, at=at, after=after)
    return row


@transaction.atomic
def correct_piece(
    piece: Piece[P],
    *,
    row: P,
    values: Mapping[str, object],
    actor: User | None,
    at: datetime,
    seen: int | None = None,
) -> P:
    """Correct a point or case."""
    permit(actor, "library.write")
    advance(row, seen=seen)
    row.refresh_from_db()
    if row.removed_at is not None:
        raise PieceGone
    change = apply_changes(row, values, writable=piece.writable)
    _make_sure(piece, row)
    if change:
        row.save()
        record(f"{piece.name}.corrected", subject=row, actor=actor, at=at, before=change.before, after=change.after)
    return row


@transaction.atomic
def take_back_piece(piece: Piece[P], *, row: P, actor: User | None, at: datetime) -> P:
    """Take a point or case out of the library; it can be brought back."""
    permit(actor, "library.write")
    advance(row)
    row.refresh_from_db()
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        record(f"{piece.name}.taken_back", subject=row, actor=actor, at=at, before=_said(piece, row))
    return row


@transaction.atomic
def bring_back_piece(piece: Piece[P], *, row: P, actor: User | None, at: datetime) -> P:
    """Bring a point or case back that was taken out."""
    permit(actor, "library.write")
    advance(row)
    row.refresh_from_db()
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        record(f"{piece.name}.brought_back", subject=row, actor=actor, at=at, after=_said(piece, row))
    return row


def _make_sure(piece: Piece[P], row: P) -> None:
    piece.check(row)
    row.full_clean(exclude=("solution",))


def _said(piece: Piece[P], row: P) -> dict[str, object]:
    return {name: plain(getattr(row, name)) for name in piece.writable}
