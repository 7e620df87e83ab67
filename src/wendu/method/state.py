"""What must be remembered of a customer's past to judge its next day; plain JSON in and out.

Named tuples, for a whole company is folded at once and they are built four times as fast as frozen dataclasses.
"""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from wendu.method.codes import Axis, Quadrant, quick
from wendu.method.facts import ClassOverride
from wendu.method.plain import from_plain, to_plain


class Heat(NamedTuple):
    """One thermometer at the end of the journey's day: running days since the latest counted touch and advance."""

    level: float = 0.0
    counted_on: date | None = None
    grace_days: int = 0
    idle_days: int = 0
    advance_on: date | None = None
    advance_days: int = 0

    @property
    def resting_days(self) -> int:
        """Running days left before it starts to cool; none before the first counted touch."""
        return 0 if self.counted_on is None else max(0, self.grace_days - self.idle_days)


@quick
class StrikePhase(StrEnum):
    """Life of the strike alert: not raised, open, or closed until the day after an agreed date."""

    NONE = "none"
    OPEN = "open"
    WAITING = "waiting"


class Strike(NamedTuple):
    """The latched strike alert of one opportunity, and the heat it may have missed."""

    phase: StrikePhase = StrikePhase.NONE
    since: date | None = None
    agreed_on: date | None = None
    missed_on: date | None = None
    cause: str = ""


@quick
class DealPhase(StrEnum):
    """Where an opportunity stands for the method; `unopened` while only touches speak of it."""

    UNOPENED = "unopened"
    OPEN = "open"
    PAUSED = "paused"
    LOST = "lost"
    WON = "won"


class Deal(NamedTuple):
    """One opportunity: its own heat and its alert; the day it should sign on, and when it was asked about since."""

    id: int
    phase: DealPhase
    heat: Heat
    strike: Strike = Strike()
    expected_on: date | None = None
    asked_on: date | None = None


class StandingAnswer(NamedTuple):
    """The latest answer to one indicator."""

    axis: Axis
    indicator: str
    score: int
    on: date


class WindowChain(NamedTuple):
    """When a class was first entered, and when it was left, while re-entries keep its deadline."""

    quadrant: Quadrant
    started_on: date
    left_on: date | None = None


class Agreement(NamedTuple):
    """The next date agreed with the customer."""

    made_on: date
    agreed_on: date


class Peak(NamedTuple):
    """The latest local peak of the heat; a fall counts once, and never from an order."""

    value: float = 0.0
    counts: bool = False
    fallen: bool = False


class Gain(NamedTuple):
    """What one touch brought on its day, and why not more."""

    touch: int
    kind: str
    points: float
    quality: float
    reach: float
    share: float
    ceiling: float
    gain: float
    note_missing: bool = False


class Judged(NamedTuple):
    """How the latest day with touches was judged: what cooling left, each gain, the factors, and the heat they made."""

    on: date
    leftover: float
    level: float
    gains: tuple[Gain, ...] = ()
    factors: tuple[tuple[str, float], ...] = ()


class Track(NamedTuple):
    """The light road a customer is on: days with a touch of ours since it began, and a reply nobody judged by yet.

    `judged_on` is the latest day on which the customer was judged anew, the first day included.
    """

    began_on: date
    judged_on: date
    steps: int = 0
    touched_on: date | None = None
    replied_on: date | None = None


class Lasting(NamedTuple):
    """What was bought latest of which somebody knows how long it lasts: on which day, and so many days."""

    on: date
    days: int


class Journey(NamedTuple):
    """The state of one customer at the end of a day, enough to fold the next one."""

    on: date | None = None
    heat: Heat = Heat()
    loose: Heat = Heat()
    deals: tuple[Deal, ...] = ()
    answers: tuple[StandingAnswer, ...] = ()
    override: ClassOverride | None = None
    quadrant: Quadrant = Quadrant.UNCLASSIFIED
    class_since: date | None = None
    chains: tuple[WindowChain, ...] = ()
    gap_from: date | None = None
    agreed: Agreement | None = None
    ordered_first_on: date | None = None
    ordered_on: date | None = None
    accepted_on: date | None = None
    revisited_on: date | None = None
    nurture_until: date | None = None
    dropped: bool = False
    peak: Peak = Peak()
    drops: tuple[date, ...] = ()
    judged: Judged | None = None
    track: Track | None = None
    orders: tuple[date, ...] = ()
    churned: bool = False
    talked: bool = False
    lasting: Lasting | None = None

    @classmethod
    def empty(cls) -> "Journey":
        """A customer with whom nothing has happened yet."""
        return cls()

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Journey":
        """The journey written by `to_json`, exactly."""
        return from_plain(cls, plain)

    def to_json(self) -> dict[str, Any]:
        """The journey as plain JSON values."""
        plain: dict[str, Any] = to_plain(self)
        return plain
