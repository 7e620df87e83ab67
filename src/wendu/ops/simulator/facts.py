"""What the simulator makes up: plain facts about a customer, judged later by the method alone."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Person:
    """Somebody on the customer's side, with the part played in its decisions."""

    name: str
    title: str
    department: str
    mobile: str
    role: str
    is_receptive: bool = False
    is_dissatisfied: bool = False
    is_powerful: bool = False
    weight: int = 3
    stance: int = 0
    email: str = ""


@dataclass(slots=True)
class Pledge:
    """Something agreed, theirs or ours: who, what, by when, and what became of it."""

    person: int
    what: str
    due_on: date
    state: str = "open"
    settled_on: date | None = None


@dataclass(slots=True)
class Problem:
    """A problem left open, closed in a later touch (its position) or never."""

    what: str
    closed_in: int | None = None


@dataclass(slots=True)
class Silence:
    """Days on which the customer is left in peace."""

    starts_on: date
    ends_on: date
    reason: str
    note: str


@dataclass(slots=True)
class Log:
    """One touch and what hangs on it; people and deal are positions."""

    on: date
    kind: str
    note: str
    people: tuple[int, ...] = ()
    deal: int | None = None
    outcome: str = "none"
    refusal: str = ""
    two_way: bool = True
    proactive: bool = True
    objective: str = ""
    value_note: str = ""
    has_news: bool = True
    benefit: int | None = None
    cost: int | None = None
    guess: int | None = None
    agreed_on: date | None = None
    commitment: Pledge | None = None
    promise: Pledge | None = None
    problem: Problem | None = None
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    silence: Silence | None = None


@dataclass(slots=True)
class End:
    """How a deal ended, and whether it was taken up again."""

    on: date
    outcome: str
    reason: str = ""
    rival: str = ""
    note: str = ""
    reopened_on: date | None = None


@dataclass(slots=True)
class DealLife:
    """An opportunity from its first day to its end."""

    title: str
    product: str
    amount_minor: int
    opened_on: date
    expected_on: date | None
    moves: list[tuple[date, str]] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Nothing stands that ended it."""
        return all(end.reopened_on is not None for end in self.ends)

    @property
    def stage(self) -> str:
        """The stage it was last moved to."""
        return self.moves[-1][1] if self.moves else "ST1"


@dataclass(slots=True)
class Rest:
    """A spell out of pursuit."""

    kind: str
    reason: str
    note: str
    began_on: date
    wake_on: date | None
    ended_on: date | None = None


@dataclass(slots=True)
class Life:
    """One customer and everything that ever happened with it."""

    index: int
    name: str
    rep: int
    created_on: date
    market: str = "b2b"
    kind: str = "org"
    industry: str = ""
    product_kind: str = "standard"
    sale_kind: str = "standard"
    tier: str = "normal"
    province: str = ""
    city: str = ""
    headcount: int | None = None
    source: str = ""
    note: str = ""
    custom: dict[str, object] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    deals: list[DealLife] = field(default_factory=list)
    logs: list[Log] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    collaborators: list[int] = field(default_factory=list)
    parent: int | None = None
    referrer: int | None = None

    @property
    def first_won_on(self) -> date | None:
        """Since when it has something of ours to tell others of."""
        return min((end.on for deal in self.deals for end in deal.ends if end.outcome == "won"), default=None)
