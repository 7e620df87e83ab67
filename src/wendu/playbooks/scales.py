"""The numbers of the method as a pack writes them, each with the words a person reads beside it."""

from typing import Annotated, Literal

from pydantic import Field

from wendu.playbooks.situations import Situation
from wendu.playbooks.text import Amount, Count, Factor, Offset, Part, Share, Symbol, Text

ClassCode = Literal["A", "B", "C", "D"]
CooledClass = Literal["A", "B", "C", "D", "unclassified"]
Degree = Annotated[float, Field(strict=True, ge=0, le=100)]


class QuadrantRules(Part):
    """Where an axis counts as high and when answers are too few or too old (method: 3.3)."""

    high_from: Degree
    top_answer: Count
    certain_from_answers: Count
    stale_after_days: Count


class Months(Part):
    """Months until a class is expected to sign and until it is late."""

    expected_months: Factor
    deadline_months: Factor


class Windows(Part):
    """Signing windows per class (method: 3.3)."""

    classes: dict[ClassCode, Months]
    days_of_a_month: Count
    due_soon_days: Count
    reentry_days: Count


class Profile(Part):
    """One market, product, industry or kind of sale: how it stretches the window and the rhythm.

    How often it usually orders is what the lifecycle goes by until the customer shows an interval; 0 says nothing.
    """

    name: Text
    factor: Factor
    rhythm: Factor = 1.0
    orders_every_days: Annotated[int, Field(strict=True, ge=0)] = 0


class Factors(Part):
    """What makes a sale longer or shorter than the standard."""

    market: dict[Symbol, Profile]
    product: dict[Symbol, Profile]
    industry: dict[Symbol, Profile]
    sale: dict[Symbol, Profile]


class TouchKind(Part):
    """One kind of touch: the heat it adds, how far it can lift, what it costs us, how it usually goes."""

    name: Text
    icon: str
    points: Amount
    ceiling: Degree
    effort_minutes: Count
    two_way: bool
    face_to_face: bool
    asks: bool = True


class Level(Part):
    """A named multiplier."""

    name: Text
    factor: Amount


class Cools(Part):
    """How long a class stays warm and then how fast it cools."""

    half_life_days: Factor
    max_gap_days: Count


class Refused(Part):
    """What is left of the heat after a refusal or a bad experience."""

    purchase: Share
    objective: Share
    bad_experience: Share


class Strike(Part):
    """When to strike, and the cap while no advance was made."""

    strike_from: Degree
    cap: Degree
    cap_days: Count


class Erratic(Part):
    """How many drops of which size in how many days make a rhythm erratic."""

    drop_points: Degree
    drops: Count
    within_days: Count


class HeatBand(Part):
    """One named stretch of the thermometer, from its lower edge up."""

    code: Symbol
    start: Degree
    name: Text
    icon: str


class Temperature(Part):
    """Heating, cooling and the alerts drawn from them (method: 3.4)."""

    top: Degree
    kinds: dict[Symbol, TouchKind]
    quality: dict[Symbol, Level]
    reach: dict[Symbol, Level]
    one_way_share: Share
    cooling: dict[CooledClass, Cools]
    existing_half_life_days: Factor
    refusals: Refused
    strike: Strike
    erratic: Erratic
    bands: Annotated[tuple[HeatBand, ...], Field(min_length=2)]
    severe_gap_multiple: Count
    agreed_max_days: Count
    perception_gap: Degree


class Tier(Part):
    """How often a contact tier is revisited."""

    name: Text
    interval_days: Count


class Cadence(Part):
    """Revisits by contact tier (method: 3.20), and the rhythm of orders (method: 3.26).

    The rhythm has defaults, for playbooks published before it was looked at.
    """

    tiers: dict[Symbol, Tier]
    default_tier: Symbol
    longest_days: Count
    first_after_days: Count
    rhythm_from_intervals: Count = 2
    rhythm_of_intervals: Count = 8
    window_share: Share = 0.15
    early_from_days: Count = 31
    rhythm_ends_after_missed: Count = 3


class Lifecycle(Part):
    """When a customer grows, is mature, sleeps and has gone (method: 3.27); older playbooks lack it."""

    orders_every_days: Count = 180
    shortest_days: Count = 14
    mature_from_orders: Count = 3
    mature_from_months: Count = 6
    mature_from_habits: Count = 3
    dormant_after: Factor = 1.5
    churned_after: Factor = 3.0
    activity_drop: Share = 0.5
    renewal_ahead_days: Count = 45
    renewal_ahead_share: Share = 0.25


class Lifetime(Part):
    """How what a customer is worth is counted (method: 3.28); older playbooks lack it."""

    years: Count = 3
    discount: Share = 0.1
    kept_from_customers: Count = 20
    record_value: Offset = 0
    leaving_share: Share = 0.25
    leaving_times: Share = 0.8
    referrals_from_customers: Count = 10
    referrals_from_years: Count = 5
    referral_share: Share = 0.2
    downstream_share: Share = 0.5


class Sheet(Part):
    """How full a data sheet is and when an order is looked after (method: 3.21); older playbooks lack it."""

    need_counts: Count = 3
    reason_counts: Count = 3
    care_after_days: Count = 30
    care_within_days: Count = 60
    why_within_days: Count = 60


class Satisfaction(Part):
    """How content a customer is, in per cent of what they expected (method: 3.22); older playbooks lack it."""

    dissatisfied_below: Count = 80
    satisfied_from: Count = 100
    delighted_from: Count = 120
    counts_days: Count = 365
    known_from: Share = 0.6


class StrategyRules(Part):
    """Deadlines and limits of the class plays (method: 3.5)."""

    red_items_hours: Count
    recovery_hours: Count
    evidence_days: Count
    review_days: Count
    trust_above: Degree
    nurture_exit_willingness: Degree
    override_days: Count
    urgency: Annotated[tuple[Situation, ...], Field(min_length=1)]


class Weights(Part):
    """The parts of the priority; together they make 100."""

    quadrant: Amount
    heat: Amount
    value: Amount
    pressure: Amount


class Plan(Part):
    """How the day of a rep is ranked and filled (method: 3.5)."""

    weights: Weights
    class_share: dict[ClassCode, Share]
    unknown_class: ClassCode
    unknown_pressure: Share
    capacity: Count
    queue_share: Share
    touch_before_gap_days: Offset
    long_war_share: Share
    promise_stale_days: Count
    silence_stale_days: Count
    first_touch_late_days: Count
    payment_every_days: Count = 7
    renewal_every_days: Count = 14


class Forecast(Part):
    """Chance to sign by class, and from how many closed deals the own rate replaces it."""

    chance: dict[ClassCode, Share]
    own_rate_from: Count
