"""Keeping why a deal was lost: the cause the evidence gave, and the one whoever closed it chose (method: 3.17)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from wendu.kernel.changes import apply_changes
from wendu.kernel.errors import ActionError
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Closure, Diagnosis


class OtherCauseNeedsWhy(ActionError):
    """Whoever sees it otherwise than the evidence says what he knows that it does not."""

    code = "other_cause_needs_why"
    field = "why"
    message = _("The evidence says: %(found)s. Write what you know that speaks for another cause, or keep it.")


class Diagnosed(NamedTuple):
    """What the evidence said at the loss, with its reasons and what was not known, and the cause that was chosen."""

    cause: str
    found: str
    reasons: Sequence[Mapping[str, Any]] = ()
    missing: Sequence[str] = ()
    why: str = ""


def keep_diagnosis(closure: Closure, said: Diagnosed) -> dict[str, Any]:
    """Keep it beside its closure and tell the journal what there is to tell."""
    row = Diagnosis(closure=closure, found=said.found, reasons=list(said.reasons), missing=list(said.missing))
    apply_changes(row, {"cause": said.cause, "why": said.why}, writable=("cause", "why"))
    if row.cause != row.found and not row.why:
        raise OtherCauseNeedsWhy(found=NoDealCause(row.found).label)
    row.save()
    return said_of(closure)


def said_of(closure: Closure) -> dict[str, Any]:
    """What stands of a closure's diagnosis; nothing about one that came in with a file."""
    row = Diagnosis.objects.filter(closure=closure).first()
    return {} if row is None else {name: getattr(row, name) for name in ("cause", "found", "why") if getattr(row, name)}
