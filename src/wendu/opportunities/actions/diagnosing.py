"""Keeping why a deal was lost: the cause the evidence gave, and the one whoever closed it chose (method: 3.17).

What is learnt later corrects the cause, never what the evidence said at the loss; how it was seen before stays in the
journal.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.kernel.changes import apply_changes
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.opportunities.actions.standing import lock, standing_closure
from wendu.opportunities.choices import NoDealCause, Outcome
from wendu.opportunities.models import Closure, Diagnosis, Opportunity

declare("opportunity.diagnosis_corrected", "opportunity.correction_withdrawn")

CORRECTED, CORRECTION_WITHDRAWN = "opportunity.diagnosis_corrected", "opportunity.correction_withdrawn"


class OtherCauseNeedsWhy(ActionError):
    """Whoever sees it otherwise than the evidence says what he knows that it does not."""

    code = "other_cause_needs_why"
    field = "why"
    message = _("The evidence says: %(found)s. Write what you know that speaks for another cause, or keep it.")


class NothingDiagnosed(ActionError):
    """Only a loss that stands has a diagnosis to correct."""

    code = "nothing_diagnosed"
    message = _("Only a lost opportunity has a diagnosis to correct; this one is: %(state)s. Close it as lost first.")


class SameDiagnosis(ActionError):
    """A correction says something new."""

    code = "same_diagnosis"
    field = "cause"
    message = _("That is the diagnosis already. Choose another cause or write another reason, or close this form.")


class NothingCorrected(ActionError):
    """The latest correction can be taken back, while the loss it belongs to stands."""

    code = "nothing_corrected"
    message = _("There is no correction to take back. Correct the diagnosis instead.")


class Diagnosed(NamedTuple):
    """What the evidence said at the loss, with its reasons and what was not known, and the cause that was chosen."""

    cause: str
    found: str
    reasons: Sequence[Mapping[str, Any]] = ()
    missing: Sequence[str] = ()
    why: str = ""


def keep_diagnosis(closure: Closure, said: Diagnosed) -> dict[str, Any]:
    """Keep it beside its closure and tell the journal what there is to tell."""
    _write(_new(closure, said), said)
    return said_of(closure)


@transaction.atomic
def correct_diagnosis(*, opportunity: Opportunity, said: Diagnosed, actor: User, at: datetime) -> Diagnosis:
    """See a loss otherwise than before; what the evidence said at the loss stays, or begins with one from a file."""
    permit(actor, "opportunity.close", opportunity)
    closure = _lost(opportunity)
    before = said_of(closure)
    row = Diagnosis.objects.filter(closure=closure).first() or _new(closure, said)
    if not _write(row, said):
        raise SameDiagnosis
    after = {**said_of(closure), "closure": closure.pk}
    record(CORRECTED, subject=opportunity, actor=actor, at=at, before=before, after=after)
    return row


@transaction.atomic
def withdraw_correction(*, opportunity: Opportunity, actor: User, at: datetime) -> Opportunity:
    """Take back the latest correction of a diagnosis: it is seen again as before, and from a file nobody judged it."""
    permit(actor, "opportunity.close", opportunity)
    closure = _lost(opportunity)
    told = Entry.objects.about(kind_of(opportunity), opportunity.pk).filter(verb__in=(CORRECTED, CORRECTION_WITHDRAWN))
    latest = told.newest().first()
    if latest is None or latest.verb != CORRECTED or (latest.after or {}).get("closure") != closure.pk:
        raise NothingCorrected
    earlier, before = latest.before or {}, said_of(closure)
    rows = Diagnosis.objects.filter(closure=closure)
    if earlier:
        rows.update(cause=earlier["cause"], why=earlier.get("why", ""))
    else:
        rows.delete()
    after = {**said_of(closure), "closure": closure.pk}
    record(CORRECTION_WITHDRAWN, subject=opportunity, actor=actor, at=at, before=before, after=after)
    return opportunity


def said_of(closure: Closure) -> dict[str, Any]:
    """What stands of a closure's diagnosis; nothing about one that came in with a file."""
    row = Diagnosis.objects.filter(closure=closure).first()
    return {} if row is None else {name: getattr(row, name) for name in ("cause", "found", "why") if getattr(row, name)}


def _lost(opportunity: Opportunity) -> Closure:
    state = lock(opportunity)
    closure = standing_closure(opportunity)
    if closure is None or closure.outcome != Outcome.LOST:
        raise NothingDiagnosed(state=state.label)
    return closure


def _new(closure: Closure, said: Diagnosed) -> Diagnosis:
    return Diagnosis(closure=closure, found=said.found, reasons=list(said.reasons), missing=list(said.missing))


def _write(row: Diagnosis, said: Diagnosed) -> bool:
    """Put cause and reason on the row; whether that says anything new."""
    change = apply_changes(row, {"cause": said.cause, "why": said.why}, writable=("cause", "why"))
    if row.cause != row.found and not row.why:
        raise OtherCauseNeedsWhy(found=NoDealCause(row.found).label)
    row.save()
    return bool(change)
