"""Writing down what was found out about a deal, correcting it, and taking it back; each kind names its own columns.

The rooms above keep the kinds. Whatever they add, a finding is allowed, locked and journaled in the same way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.entity import advance, kind_of
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.opportunities.actions.standing import lock
from wendu.opportunities.models import Finding, FindingOfPerson, Influencer, Opportunity

T = TypeVar("T", bound=Finding)
NUMBER = "external_id"
"""What every kind carries beside its own columns, for files that come again."""


class NotInTheDecision(ActionError):
    """What was found out about a person belongs to somebody who takes part in the decision."""

    code = "not_in_the_decision"
    field = "contact_id"
    message = _("%(name)s is not among those who decide this opportunity. Name the person's part in it first.")


class GoneAlready(ActionError):
    """What was taken back is not changed any more."""

    code = "finding_gone"
    message = _("This was taken back already. Bring it back first, or write it down anew.")


class NumberTaken(ActionError):
    """A number of another system means one finding of a deal."""

    code = "finding_number_taken"
    field = NUMBER
    message = _("The number “%(number)s” already belongs to another entry of this kind in this deal. Use another one.")


@dataclass(frozen=True, slots=True)
class FindingKind(Generic[T]):
    """One kind of finding: its table, the columns people fill in, and what its own sense demands of them."""

    model: type[T]
    writable: tuple[str, ...]
    check: Callable[[T], None] = lambda _row: None
    prepare: Callable[[T], None] = lambda _row: None
    """What a new one takes over from what stands already, before it is checked."""
    follow: Callable[[T, Mapping[str, object]], Mapping[str, object]] = lambda _row, _values: {}
    """What no longer holds once a row says something else: values that change along with a correction."""

    @property
    def name(self) -> str:
        """How journal and addresses call it."""
        return kind_of(self.model)


def declare_kinds(*kinds: FindingKind[T]) -> None:
    """Let the journal know what may happen to findings of these kinds."""
    for kind in kinds:
        declare(*(f"{kind.name}.{verb}" for verb in ("written", "corrected", "taken_back", "brought_back")))


@transaction.atomic
def write_finding(
    kind: FindingKind[T],
    *,
    opportunity: Opportunity,
    values: Mapping[str, object],
    actor: User | None,
    at: datetime,
) -> T:
    """Write down something new about a deal that is not deleted, whatever stage it is at."""
    permit(actor, "finding.write", opportunity)
    lock(opportunity)
    row = kind.model(opportunity=opportunity, author=actor, written_at=at)
    change = apply_changes(row, values, writable=(*kind.writable, NUMBER))
    kind.prepare(row)
    _make_sure(kind, row)
    row.save()
    after = {"opportunity": opportunity.pk, **change.after}
    record(f"{kind.name}.written", subject=row, root=opportunity.customer, actor=actor, at=at, after=after)
    return row


@transaction.atomic
def correct_finding(
    kind: FindingKind[T],
    *,
    finding: T,
    values: Mapping[str, object],
    actor: User | None,
    at: datetime,
    seen: int | None = None,
) -> T:
    """Correct what was written down; `seen` is the revision the editor had before him."""
    permit(actor, "finding.write", finding.opportunity)
    lock(finding.opportunity)
    advance(finding, seen=seen)
    finding.refresh_from_db()  # whoever took it back meanwhile is not overruled by what was read before
    if finding.removed_at is not None:
        raise GoneAlready
    change = apply_changes(finding, {**values, **kind.follow(finding, values)}, writable=(*kind.writable, NUMBER))
    _make_sure(kind, finding)
    if change:
        finding.save()
        _note(kind, "corrected", finding, actor, at, before=change.before, after=change.after)
    return finding


@transaction.atomic
def take_back_finding(kind: FindingKind[T], *, finding: T, actor: User | None, at: datetime) -> T:
    """Take a finding out of the deal; it can be brought back."""
    permit(actor, "finding.write", finding.opportunity)
    lock(finding.opportunity)
    finding.refresh_from_db()
    if finding.removed_at is None:
        finding.removed_at = at
        finding.save(update_fields=["removed_at"])
        advance(finding)
        _note(kind, "taken_back", finding, actor, at, before=_said(kind, finding))
    return finding


@transaction.atomic
def bring_back_finding(kind: FindingKind[T], *, finding: T, actor: User | None, at: datetime) -> T:
    """Bring a finding back that was taken out."""
    permit(actor, "finding.write", finding.opportunity)
    lock(finding.opportunity)
    finding.refresh_from_db()
    if finding.removed_at is not None:
        finding.removed_at = None
        kind.check(finding)
        _refuse_taken(finding)
        finding.save(update_fields=["removed_at"])
        advance(finding)
        _note(kind, "brought_back", finding, actor, at, after=_said(kind, finding))
    return finding


def _make_sure(kind: FindingKind[T], row: T) -> None:
    if isinstance(row, FindingOfPerson):
        takes_part = Influencer.objects.filter(opportunity=row.opportunity, contact=row.contact_id).exists()
        if not takes_part:
            raise NotInTheDecision(name=row.contact.name)
    kind.check(row)
    _refuse_taken(row)


def _refuse_taken(row: Finding) -> None:
    if not row.external_id:
        return
    others = type(row)._default_manager.filter(opportunity=row.opportunity, removed_at__isnull=True)
    if others.exclude(pk=row.pk).filter(external_id=row.external_id).exists():
        raise NumberTaken(number=row.external_id)


def _said(kind: FindingKind[T], row: T) -> dict[str, object]:
    return {name: plain(getattr(row, name)) for name in kind.writable}


def _note(
    kind: FindingKind[T],
    verb: str,
    row: T,
    actor: User | None,
    at: datetime,
    **values: dict[str, object],
) -> None:
    customer = row.opportunity.customer
    record(f"{kind.name}.{verb}", subject=row, root=customer, actor=actor, at=at, **values)  # type: ignore[arg-type]
