"""The kinds of findings of this room, and what each demands of whoever writes one down (method: 3.11 to 3.18)."""

from wendu.kernel.errors import ActionError
from wendu.offers.actions.errors import (
    AlreadyWritten,
    EvidenceUnnamed,
    NeedOfAnotherDeal,
    NotBelowZero,
    NotNegative,
    NotOneToFive,
    NotZeroToTen,
    RangeReversed,
    TheirWordsNeeded,
)
from wendu.offers.choices import ConcernState, MessageState
from wendu.offers.models import (
    EFFORTS,
    FIGURES,
    POINTS,
    VALUES,
    BenefitCard,
    Competitor,
    Concern,
    DealSheet,
    Expectation,
    Interest,
    ValueMessage,
    Worth,
)
from wendu.opportunities.actions import FindingKind, declare_kinds
from wendu.opportunities.models import Finding

HEAVIEST, MOST_POINTS = 5, 10


def _check_interest(row: Interest) -> None:
    _one_to_five(row, "importance")
    _only_one(row, "contact_id", "interest")


def _check_card(row: BenefitCard) -> None:
    if row.evidence_kind and not row.evidence:
        raise EvidenceUnnamed


def _check_message(row: ValueMessage) -> None:
    if row.state == MessageState.ACKNOWLEDGED and not row.words:
        raise TheirWordsNeeded
    _only_one(row, "contact_id", "message")


def _check_concern(row: Concern) -> None:
    _one_to_five(row, "severity")
    if row.state == ConcernState.RESOLVED and not row.words:
        raise TheirWordsNeeded


def _check_worth(row: Worth) -> None:
    for name in (*VALUES, *EFFORTS, "price_minor", "cost_minor"):
        value = getattr(row, name)
        if value is not None and value < 0:
            raise _about(NotNegative(), name)
    for name in POINTS:
        value = getattr(row, name)
        if value is not None and not 0 <= value <= MOST_POINTS:
            raise _about(NotZeroToTen(), name)
    _only_one(row, "rival")


def _about(refusal: ActionError, name: str) -> ActionError:
    """A refusal that says which field it is about."""
    refusal.field = name
    return refusal


def _check_competitor(row: Competitor) -> None:
    _only_one(row, "name")


def _check_expectation(row: Expectation) -> None:
    for name in FIGURES:
        value = getattr(row, name)
        if value is not None and value < 0:
            refusal = NotBelowZero()
            refusal.field = name
            raise refusal
    if row.demand is not None and row.demand.opportunity_id != row.opportunity_id:
        raise NeedOfAnotherDeal
    if row.typical is not None and row.best is not None:
        better = row.best - row.typical
        if (better > 0) if row.lower_is_better else (better < 0):
            raise RangeReversed


def _check_sheet(row: DealSheet) -> None:
    _only_one(row)


def _one_to_five(row: object, name: str) -> None:
    if not 1 <= getattr(row, name) <= HEAVIEST:
        refusal = NotOneToFive()
        refusal.field = name
        raise refusal


def _only_one(row: Finding, *names: str) -> None:
    """Nothing else that stands says the same."""
    same = {name: getattr(row, name) for name in names}
    rows = type(row)._default_manager.filter(opportunity=row.opportunity, removed_at__isnull=True, **same)
    if rows.exclude(pk=row.pk).exists():
        raise AlreadyWritten


INTEREST = FindingKind(Interest, ("contact_id", "interest", "importance"), _check_interest)
CARD = FindingKind(
    BenefitCard,
    (
        "contact_id",
        "demand_id",
        "interest",
        "feature",
        "advantage",
        "benefit",
        "evidence_kind",
        "evidence",
        "shown_on",
        "point_id",
    ),
    _check_card,
)
MESSAGE = FindingKind(ValueMessage, ("contact_id", "message", "state", "said_on", "words"), _check_message)
CONCERN = FindingKind(
    Concern,
    (
        "contact_id", "kind", "severity", "what", "raised_on", "state", "response_kind", "answer", "settled_on",
        "words",
    ),
    _check_concern,
)  # fmt: skip
WORTH = FindingKind(Worth, ("rival", *VALUES, *EFFORTS, "price_minor", "cost_minor", *POINTS, "source"), _check_worth)
COMPETITOR = FindingKind(Competitor, ("name", "contact_id", "strength", "weakness", "counter"), _check_competitor)
EXPECTATION = FindingKind(
    Expectation,
    (
        "goal", "demand_id", "source", "expected", "unit", "due_on", "promised", "typical", "best", "lower_is_better",
        "solution", "safeguards", "judged_by", "accepted_when", "conditions", "their_part",
    ),
    _check_expectation,
)  # fmt: skip
SHEET = FindingKind(
    DealSheet,
    (
        "strategy", "can_use", "has_no_rival", "is_simple", "asked_for_proposal", "terms", "terms_agreed_on",
        "contract", "contract_signed_on", "payment_plan",
    ),
    _check_sheet,
)  # fmt: skip
declare_kinds(INTEREST)
declare_kinds(CARD)
declare_kinds(MESSAGE)
declare_kinds(CONCERN)
declare_kinds(WORTH)
declare_kinds(COMPETITOR)
declare_kinds(EXPECTATION)
declare_kinds(SHEET)
