"""Every number of the method, by name and without a default: a playbook pack fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass

from wendu.method.deals.scales import DealScale


@dataclass(frozen=True, slots=True)
class QuadrantScale:
    """Where an axis counts as high and when the answers are too few or too old (method: 3.3)."""

    high_from: float
    top_answer: int
    certain_from_answers: int
    stale_after_days: int


@dataclass(frozen=True, slots=True)
class ClassWindow:
    """Months until a class is expected to sign and until it is late."""

    expected_months: float
    deadline_months: float


@dataclass(frozen=True, slots=True)
class WindowFactors:
    """How much longer or shorter a window is by profile; a code not listed leaves it as it is."""

    market: Mapping[str, float]
    product: Mapping[str, float]
    industry: Mapping[str, float]
    sale: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WindowScale:
    """Signing windows per class A to D (method: 3.3)."""

    classes: Mapping[str, ClassWindow]
    factors: WindowFactors
    days_of_a_month: int
    due_soon_days: int
    reentry_days: int


@dataclass(frozen=True, slots=True)
class KindHeat:
    """What one kind of touch adds at most, up to which heat it can lift, what it costs us, and its usual form.

    `asks`: a talk of this kind may have been about money or a renewal; care or a repair was not.
    """

    points: float
    ceiling: float
    effort_minutes: int
    two_way: bool
    face_to_face: bool
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Cooling:
    """How long a class stays warm: the longest gap without loss, then the half-life."""

    half_life_days: float
    max_gap_days: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much slower a profile beats; where market and sale differ the slower one counts."""

    market: Mapping[str, float]
    sale: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is left of the heat after a refusal or a bad experience."""

    purchase: float
    objective: float
    bad_experience: float


@dataclass(frozen=True, slots=True)
class StrikeScale:
    """When to strike, and the cap that holds heat back while no advance was made."""

    strike_from: float
    cap: float
    cap_days: int


@dataclass(frozen=True, slots=True)
class ErraticScale:
    """How many drops of which size in how many days make a rhythm erratic."""

    drop_points: float
    drops: int
    within_days: int


@dataclass(frozen=True, slots=True)
class Band:
    """One named stretch of the thermometer, from its lower edge up to the next one."""

    code: str
    start: float


@dataclass(frozen=True, slots=True)
class HeatScale:
    """Heating, cooling and the alerts drawn from them (method: 3.4)."""

    top: float
    kinds: Mapping[str, KindHeat]
    quality: Mapping[str, float]
    reach: Mapping[str, float]
    one_way_share: float
    cooling: Mapping[str, Cooling]
    existing_half_life_days: float
    rhythm: Rhythm
    refusals: Refusals
    strike: StrikeScale
    erratic: ErraticScale
    bands: tuple[Band, ...]
    severe_gap_multiple: int
    agreed_max_days: int
    perception_gap: float


@dataclass(frozen=True, slots=True)
class CadenceScale:
    """How often a customer is revisited by contact tier (method: 3.20), and what makes a rhythm of orders (3.26).

    From an interval of `early_from_days` on the next order is asked for when its window opens, else when it is over.
    """

    interval_days: Mapping[str, int]
    default_tier: str
    longest_days: int
    first_after_days: int
    rhythm_from_intervals: int
    rhythm_of_intervals: int
    window_share: float
    early_from_days: int
    rhythm_ends_after_missed: int


@dataclass(frozen=True, slots=True)
class OrdersEvery:
    """Days in which a profile usually orders again; of several that say so the longest counts."""

    market: Mapping[str, int]
    product: Mapping[str, int]
    industry: Mapping[str, int]
    sale: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LifecycleScale:
    """When a customer grows, is mature, sleeps and has gone (method: 3.27).

    `dormant_after` and `churned_after` are multiples of the interval between orders, never taken for less than
    `shortest_days`; `activity_drop` is the share of the use before that has to be lost to count as sleeping.
    """

    every_days: OrdersEvery
    otherwise_days: int
    shortest_days: int
    mature_from_orders: int
    mature_from_months: int
    mature_from_habits: int
    dormant_after: float
    churned_after: float
    activity_drop: float
    renewal_ahead_days: int
    renewal_ahead_share: float


@dataclass(frozen=True, slots=True)
class LifetimeScale:
    """How the three parts of a customer's value are counted (method: 3.28).

    `years` look as far ahead as back; `discount` is a year's; a share of customers kept is named from
    `kept_from_customers` on; `record_value` is what one record about a customer counts, in minor units. What-if
    begins with `leaving_share` leaving a year where the house has no figure, and with `leaving_times` of that after.
    What those bring whom others brought is named from `referrals_from_customers` of them on, and from
    `referrals_from_years` whose first year is over. Who was brought hands `referral_share` of its value on to who
    brought it; `downstream_share` of a value counts one step above it.
    """

    years: int
    discount: float
    kept_from_customers: int
    record_value: int
    leaving_share: float
    leaving_times: float
    referrals_from_customers: int
    referrals_from_years: int
    referral_share: float
    downstream_share: float


@dataclass(frozen=True, slots=True)
class StrategyScale:
    """Rules of the four class plays; `urgency` lists the next-step codes from most to least urgent (method: 3.5)."""

    red_items_hours: int
    recovery_hours: int
    evidence_days: int
    review_days: int
    trust_above: float
    nurture_exit_willingness: float
    override_days: int
    urgency: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackScale:
    """The nurture track: the day of each light step, then one more every so often (method: 3.5).

    A step that falls into the days before a contact due anyway waits for it (`join_within_days`).
    """

    after_days: tuple[int, ...]
    kinds: tuple[str, ...]
    repeat_after_days: int
    join_within_days: int


@dataclass(frozen=True, slots=True)
class PlanWeights:
    """The parts of the priority, adding up to its top."""

    quadrant: float
    heat: float
    value: float
    pressure: float


@dataclass(frozen=True, slots=True)
class PlanScale:
    """How the day of a rep is ranked and filled (method: 3.5)."""

    weights: PlanWeights
    class_share: Mapping[str, float]
    unknown_class: str
    unknown_pressure: float
    capacity: int
    queue_share: float
    touch_before_gap_days: int
    long_war_share: float
    promise_stale_days: int
    silence_stale_days: int
    first_touch_late_days: int
    payment_every_days: int
    renewal_every_days: int


@dataclass(frozen=True, slots=True)
class ForecastScale:
    """Chance to sign by class, and from how many closed deals on the own rate replaces it."""

    chance: Mapping[str, float]
    own_rate_from: int


@dataclass(frozen=True, slots=True)
class SheetScale:
    """How the data sheet of a customer is filled, and when what they bought is looked after (method: 3.21).

    `need_counts` and `reason_counts` weigh the need and the reason of an order against 1 for all else; an order is
    looked after from `care_after_days` on, for `care_within_days` more.
    """

    need_counts: int
    reason_counts: int
    care_after_days: int
    care_within_days: int
    why_within_days: int


@dataclass(frozen=True, slots=True)
class SatisfactionScale:
    """How content a customer is, in per cent of what they expected (method: 3.22).

    An answer counts for `counts_days`; below `known_from` of the weight known a figure is provisional.
    """

    dissatisfied_below: float
    satisfied_from: float
    delighted_from: float
    counts_days: int
    known_from: float


@dataclass(frozen=True, slots=True)
class MethodScale:
    """All scales of one playbook pack, with the version they were published under."""

    version: str
    quadrant: QuadrantScale
    window: WindowScale
    heat: HeatScale
    cadence: CadenceScale
    strategy: StrategyScale
    track: TrackScale
    plan: PlanScale
    forecast: ForecastScale
    lifecycle: LifecycleScale
    lifetime: LifetimeScale
    sheet: SheetScale
    satisfaction: SatisfactionScale
    deal: DealScale

    def __hash__(self) -> int:
        """Equal scales are of one version; their mappings cannot be hashed."""
        return hash(self.version)
