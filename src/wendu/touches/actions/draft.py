"""What a person, a file or a program wants to log: plain values, checked before anything is written."""

from dataclasses import dataclass
from datetime import date

from wendu.touches.choices import TouchOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDraft:
    """What the customer agreed to do: who, what, by when; an advance needs all three."""

    contact_id: int | None = None
    what: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """What we agreed to do, for whom, by when."""

    what: str
    due_on: date | None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TailDraft:
    """A problem left open in this touch."""

    what: str
    contact_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """One of the ten questions answered: 0 no, 1 some, 2 clear, and what shows it."""

    axis: str
    indicator: str
    value: int
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietDraft:
    """Days on which the customer is left in peace, and why."""

    starts_on: date
    ends_on: date
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order that no open opportunity stands for yet: it is opened and won in one go."""

    title: str
    amount_minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchDraft:
    """One interaction as it is about to be logged or edited."""

    kind: str
    touched_on: date
    is_two_way: bool = True
    is_proactive: bool = True
    opportunity_id: int | None = None
    contact_ids: tuple[int, ...] = ()
    outcome: str = TouchOutcome.NONE.value
    refusal: str = ""
    objective: str = ""
    value_note: str = ""
    has_news: bool = True
    note: str = ""
    commitment: CommitmentDraft | None = None
    promises: tuple[PromiseDraft, ...] = ()
    tails: tuple[TailDraft, ...] = ()
    closed_tail_ids: tuple[int, ...] = ()
    answers: tuple[AnswerDraft, ...] = ()
    emotion_benefit: int | None = None
    emotion_cost: int | None = None
    guess: int | None = None
    agreed_on: date | None = None
    quiet: QuietDraft | None = None
    order: OrderDraft | None = None
    external_id: str = ""


ADVANCE_PARTS = ("who", "what", "when")


def lacking_for_advance(draft: TouchDraft) -> tuple[str, ...]:
    """Name which of who, what and when is missing: then an advance counts only as "to be continued" (method: 3.15)."""
    commitment = draft.commitment or CommitmentDraft()
    known = (commitment.contact_id is not None, bool(commitment.what.strip()), commitment.due_on is not None)
    return tuple(part for part, is_known in zip(ADVANCE_PARTS, known, strict=True) if not is_known)


def judged_outcome(draft: TouchDraft) -> str:
    """Outcome that will be stored: an advance lacking who, what or when is a continuation (method: 3.15)."""
    if draft.outcome == TouchOutcome.ADVANCE and lacking_for_advance(draft):
        return TouchOutcome.CONTINUATION.value
    return draft.outcome
