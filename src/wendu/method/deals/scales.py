"""The numbers of the deal room, by name and without a default: a playbook fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrustScale:
    """When trust carries a deal (method: 3.6): shares 0 to 1, the line 0 to 100."""

    above: float
    person_share: float
    promises_from: int
    broken_counts: float
    late_is_kept: float
    stale_after_days: int
    certain_from_share: float


@dataclass(frozen=True, slots=True)
class RelationScale:
    """How far a relation reaches and who must back it (method: 3.7); `target` gives a level per contact tier."""

    active_days: int
    department_contacts: int
    department_ours: int
    company_departments: int
    executive_links: int
    supporter_from_stance: int
    target: Mapping[str, str]
    default_target: str


@dataclass(frozen=True, slots=True)
class DemandScale:
    """From which fit on a requirement meets its need, and how much of the criteria makes a chance certain (3.8).

    What meets a need better by `better_from` than what they have is a new need (3.26).
    """

    fit_from: int
    better_from: int
    certain_from_share: float


@dataclass(frozen=True, slots=True)
class TalkScale:
    """How many situation questions and problems a call bears, when a question's success is shown (method: 3.9)."""

    situation_questions: int
    useful_from_uses: int
    problems: int


@dataclass(frozen=True, slots=True)
class PresentationScale:
    """What must have been shown and heard, in per cent (method: 3.11, 3.12), and when a proposal is due (3.13)."""

    value_delivery_from: float
    relevance_from: float
    proposal_from_key_people: int
    proposal_from_minor: int
    win_rate_from_deals: int


@dataclass(frozen=True, slots=True)
class ConcernScale:
    """Which concern blocks a deal, and when a hidden one is suspected (method: 3.14)."""

    blocking_severity: int
    postponements: int


@dataclass(frozen=True, slots=True)
class ProgressScale:
    """After how many talks without an advance a deal is stalled (method: 3.15)."""

    stalled_after: int


@dataclass(frozen=True, slots=True)
class ExchangeScale:
    """Our margin at least, and how close two offers must be to count as equal (method: 3.16, 3.17); shares 0 to 1.

    Beside them what a quote takes for granted: the usual days to pay, and how long it is valid; and how much each part
    weighs where value is told in points.
    """

    margin_floor: float
    tolerance: float
    usual_payment_days: int
    quote_valid_days: int
    point_weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DealScale:
    """Everything the rules of one opportunity take from a playbook."""

    key_weight: int
    trust: TrustScale
    relation: RelationScale
    demand: DemandScale
    talk: TalkScale
    presentation: PresentationScale
    concerns: ConcernScale
    progress: ProgressScale
    exchange: ExchangeScale
    gates: Mapping[str, tuple[str, ...]]
    simple_gates: Mapping[str, tuple[str, ...]]
