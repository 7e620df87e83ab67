"""The numbers and gates of the deal room as a playbook writes them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from wendu.playbooks.text import Amount, Count, Part, Share, Symbol

SellingStage = Literal["ST1", "ST2", "ST3", "ST4"]
Level = Literal["none", "individual", "department", "company"]
Percent = Annotated[float, Field(strict=True, ge=0, le=100)]
Weight = Annotated[int, Field(strict=True, ge=1, le=5)]
Rating = Annotated[int, Field(strict=True, ge=1, le=10)]
Floor = Annotated[float, Field(strict=True, ge=0, lt=1)]
Minor = Annotated[int, Field(strict=True, ge=0)]
PointWeight = Annotated[float, Field(strict=True, ge=0, le=5)]


class GateItem(StrEnum):
    """Every point a gate can ask for."""

    DECISION_MAKER = "decision_maker"
    KEY_NEEDS = "key_needs"
    EXPLICIT_NEED = "explicit_need"
    REQUIREMENTS = "requirements"
    THREE_PEOPLE = "three_people"
    VALUE_DELIVERY = "value_delivery"
    CAN_MEET = "can_meet"
    TOP_INTERESTS = "top_interests"
    RELEVANCE = "relevance"
    FIT = "fit"
    TRUST = "trust"
    CONCERNS = "concerns"
    STRATEGY = "strategy"
    WIN_WIN = "win_win"
    EXPECTATIONS = "expectations"
    TERMS = "terms"
    CONTRACT = "contract"
    PAYMENT_PLAN = "payment_plan"


class TrustRules(Part):
    """How trust is made up of a person, a company and kept promises (method: 3.6); the line stands in `strategy`."""

    person_share: Share
    promises_from: Count
    broken_counts: Amount
    late_is_kept: Share
    rating_stale_after_days: Count
    certain_from_share: Share


class RelationRules(Part):
    """How far a relation reaches, and how far it should per contact tier (method: 3.7)."""

    active_days: Count
    department_contacts: Count
    department_ours: Count
    company_departments: Count
    executive_links: Count
    supporter_from_stance: Annotated[int, Field(strict=True, ge=-2, le=2)]
    target: dict[Symbol, Level]
    default_target: Level


class DemandRules(Part):
    """From which fit on a requirement meets its need, and what is better by enough to be a need (method: 3.8, 3.26)."""

    fit_from: Rating
    better_from: Rating = 2


class TalkRules(Part):
    """How many situation questions and problems a talk bears, and when a question's success is shown (method: 3.9).

    The number of problems has a default, for playbooks published before talks were planned.
    """

    situation_questions: Count
    useful_from_uses: Count
    problems: Count = 3


class PresentationRules(Part):
    """What must have been shown and heard, and when a proposal is written (method: 3.11 to 3.13)."""

    value_delivery_from: Percent
    relevance_from: Percent
    proposal_from_key_people: Count
    proposal_from_minor: Minor
    win_rate_from_deals: Count


class ConcernRules(Part):
    """Which concern blocks a deal, and when a hidden one is suspected (method: 3.14)."""

    blocking_severity: Weight
    postponements: Count


class ProgressRules(Part):
    """After how many talks without an advance a deal is stalled (method: 3.15)."""

    stalled_after: Count


class PointWeights(Part):
    """How much each part of what is delivered weighs where it is told in points of 0 to 10 (method: 3.16)."""

    product_points: PointWeight = 1.0
    service_points: PointWeight = 1.0
    personnel_points: PointWeight = 1.0
    image_points: PointWeight = 1.0
    money_points: PointWeight = 1.0
    time_points: PointWeight = 1.0
    energy_points: PointWeight = 1.0
    worry_points: PointWeight = 1.0


class ExchangeRules(Part):
    """Our margin at least, and how close two offers count as equal (method: 3.16, 3.17)."""

    margin_floor: Floor
    tolerance: Share
    usual_payment_days: Count = 30
    quote_valid_days: Count = 30
    point_weights: PointWeights = PointWeights()


class DealRules(Part):
    """Everything about one opportunity: who is key, what carries it, and which evidence each gate asks for."""

    key_weight: Weight
    trust: TrustRules
    relation: RelationRules
    demand: DemandRules
    talk: TalkRules
    presentation: PresentationRules
    concerns: ConcernRules
    progress: ProgressRules
    exchange: ExchangeRules
    gates: dict[SellingStage, tuple[GateItem, ...]]
    simple_gates: dict[SellingStage, tuple[GateItem, ...]]
