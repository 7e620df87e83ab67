"""What the rooms tell the method about one customer, one day at a time.

Named tuples, for the facts of a whole company are made at once, and these cost a quarter of a frozen dataclass.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from wendu.method.codes import Axis, DealEvent, Outcome, Quadrant, Quality, Reach, Refusal
from wendu.method.scales import MethodScale
from wendu.method.stops import Stops


class TouchFact(NamedTuple):
    """One logged touch; without a stated quality the outcome tells it."""

    id: int
    kind: str
    two_way: bool
    proactive: bool = True
    contact: int | None = None
    reach: Reach = Reach.INFLUENCER
    deal: int | None = None
    quality: Quality | None = None
    outcome: Outcome = Outcome.NONE
    refusal: Refusal = Refusal.NONE
    agreed_on: date | None = None
    bad_experience: bool = False
    value_note: bool = False


class Answer(NamedTuple):
    """How clearly one indicator shows: 0 no, 1 some, 2 clear; None takes the answer back."""

    axis: Axis
    indicator: str
    score: int | None


class DealFact(NamedTuple):
    """Something that happened to an opportunity, and the day it is expected to sign on, as far as anybody said.

    A win stands for the order itself unless its orders are written down (`is_order`); those have days of their own.
    """

    deal: int
    event: DealEvent
    expected_on: date | None = None
    is_order: bool = True


class ClassOverride(NamedTuple):
    """A person's own class for a customer; it holds on every day before `expires_on`."""

    quadrant: Quadrant
    expires_on: date


class DayFacts(NamedTuple):
    """Everything that happened with one customer on one day; touches in the order they were logged.

    What they `subscribed` to - a fee, a policy, a contract of service - was bought, but shows no rhythm of orders.
    `lasts_days` says how long what they ordered that day lasts, where somebody knows.
    """

    on: date
    touches: tuple[TouchFact, ...] = ()
    answers: tuple[Answer, ...] = ()
    deals: tuple[DealFact, ...] = ()
    override: ClassOverride | None = None
    override_cleared: bool = False
    nurture_until: date | None = None
    woken: bool = False
    dropped: bool = False
    requalified: bool = False
    ordered: bool = False
    ordered_deals: tuple[int, ...] = ()
    accepted: bool = False
    churned: bool = False
    subscribed: bool = False
    lasts_days: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened, so that the day leaves the journey as it is."""
        told = self.touches or self.answers or self.deals or self.override or self.nurture_until
        return not (told or self._decided)

    @property
    def _decided(self) -> bool:
        decided = self.override_cleared or self.woken or self.dropped or self.requalified
        return decided or self.ordered or self.subscribed or bool(self.ordered_deals) or self.accepted or self.churned


class Profile(NamedTuple):
    """What kind of customer and sale this is; it stretches windows and rhythm (a tuple: it is hashed all day)."""

    market: str
    product: str = ""
    industry: str = ""
    sale: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The scales in force, the days on which clocks stand still, and the customer's profile."""

    scale: MethodScale
    stops: Stops
    profile: Profile
