"""Why a deal was lost or would be, in words: the cause, what speaks for it, what nobody knows, and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wendu.coach.case import DealCase
from wendu.coach.losing import cause_of, why_lost
from wendu.desk.gate import missing_words
from wendu.desk.wording import reason_words
from wendu.identity.models import Organisation, User
from wendu.journal.models import Entry
from wendu.journal.queries import entries_about
from wendu.method.reading import Reason, because
from wendu.opportunities.actions import CORRECTED, CORRECTION_WITHDRAWN
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Closure, Diagnosis, Opportunity

CORRECTIONS_SHOWN = 10

NEXT: Mapping[NoDealCause, Promise] = {
    NoDealCause.NOT_CONVEYED: gettext_lazy(
        "Next time show each key person what it is worth to them, until they repeat it. A lower price would not have "
        "won it."
    ),
    NoDealCause.NO_TRUST: gettext_lazy(
        "Stay in touch without asking for anything: keep a small promise, bring a reference. No discount buys trust."
    ),
    NoDealCause.TOO_LITTLE: gettext_lazy(
        "Tell product and service what the other does better for them. A discount would not have made it worth more."
    ),
    NoDealCause.CHEAPER: gettext_lazy(
        "A case for the firm: it stands on the list of structural losses, where managers see it by product. "
        "No price cut of yours settles it."
    ),
    NoDealCause.OTHER: gettext_lazy(
        "Value, trust and price held. Set a day on which to ask whether the need or the money is back."
    ),
    NoDealCause.UNKNOWN: gettext_lazy(
        "Ask who decided and why, while they still remember. Until then nobody should say it was the price."
    ),
}


@dataclass(frozen=True, slots=True)
class LossView:
    """One diagnosis as screens show it; `found` and `why` only where another cause was chosen than the evidence's."""

    cause: str
    name: str
    reasons: tuple[str, ...]
    missing: str
    next: str
    found: str = ""
    found_name: str = ""
    why: str = ""
    is_from_file: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of a diagnosis: who saw it how before and after, and why."""

    on: date
    who: str
    before: str
    before_why: str
    after: str
    why: str
    is_taken_back: bool


def loss_before(case: DealCase) -> LossView:
    """What the evidence says of a deal that is about to be closed as lost, or came in as lost without a word."""
    reading = why_lost(case)
    return _view(cause_of(reading), reading.reasons, reading.missing, _names(case))


def loss_after(closure: Closure, case: DealCase) -> LossView:
    """What stands beside a loss; one from a file has only what can still be found out."""
    row = kept_diagnosis(closure)
    if row is None:
        now = loss_before(case)
        return LossView(
            cause=NoDealCause.UNKNOWN,
            name=str(NoDealCause.UNKNOWN.label),
            reasons=(),
            missing=now.missing,
            next=str(NEXT[NoDealCause.UNKNOWN]),
            is_from_file=True,
        )
    reasons = _reasons(row)
    found = NoDealCause(row.found)
    is_other = row.found != row.cause
    shown = _view(NoDealCause(row.cause), () if is_other else reasons, row.missing, _names(case))
    if not is_other:
        return shown
    return LossView(
        cause=shown.cause,
        name=shown.name,
        reasons=tuple(map(reason_words, reasons)),
        missing=shown.missing,
        next=shown.next,
        found=found.value,
        found_name=str(found.label),
        why=row.why,
    )


def diagnosis_of(deal: Opportunity) -> Diagnosis | None:
    """The diagnosis of the loss of a visible deal that stands; none of one from a file."""
    rows = Diagnosis.objects.filter(closure__opportunity=deal, closure__reopened_on__isnull=True)
    return rows.first()


def loss_found(row: Diagnosis | None, case: DealCase) -> LossView:
    """What the evidence said at a loss; of one from a file, what it says now."""
    if row is None:
        return loss_before(case)
    return _view(NoDealCause(row.found), _reasons(row), row.missing, _names(case))


def corrections_of(user: User, deal: Opportunity, closure: Closure) -> list[Correction]:
    """How the diagnosis of a standing loss was seen before, latest change first, as the journal tells (one query)."""
    entries = entries_about(user, deal).filter(verb__in=(CORRECTED, CORRECTION_WITHDRAWN))[:CORRECTIONS_SHOWN]
    return [_correction(each) for each in entries if (each.after or {}).get("closure") == closure.pk]


def _correction(entry: Entry) -> Correction:
    before, after = entry.before or {}, entry.after or {}
    return Correction(
        on=Organisation.objects.current().today(entry.at),
        who=entry.actor.display_name if entry.actor else "",
        before=_cause_name(before),
        before_why=before.get("why", ""),
        after=_cause_name(after),
        why=after.get("why", ""),
        is_taken_back=entry.verb == CORRECTION_WITHDRAWN,
    )


def _cause_name(said: Mapping[str, Any]) -> str:
    return str(NoDealCause(said["cause"]).label) if said.get("cause") else _("not judged")


def kept_diagnosis(closure: Closure) -> Diagnosis | None:
    """The diagnosis of a closure that was loaded with it."""
    return getattr(closure, "diagnosis", None)


def _reasons(row: Diagnosis) -> list[Reason]:
    return [because(each["code"], **each["numbers"]) for each in row.reasons]


def _view(cause: NoDealCause, reasons: Iterable[Reason], missing: Iterable[str], names: Mapping[int, str]) -> LossView:
    return LossView(
        cause=cause.value,
        name=str(cause.label),
        reasons=tuple(map(reason_words, reasons)),
        missing=lacks(missing, names),
        next=str(NEXT[cause]),
    )


def lacks(missing: Iterable[Any], names: Mapping[int, str]) -> str:
    """What nobody knows, each thing once."""
    words = [missing_words(str(each), names) for each in missing]
    return str(_(", ")).join(dict.fromkeys(word for word in words if word))


def _names(case: DealCase) -> Mapping[int, str]:
    return {each.contact_id: each.contact.name for each in case.influencers}
