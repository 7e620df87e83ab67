"""Short ways to write down days, touches and customers."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from wendu.method.codes import Axis, DealEvent, Quadrant
from wendu.method.journey import (
    Answer,
    ClassOverride,
    Context,
    DayFacts,
    DealFact,
    Journey,
    Profile,
    TouchFact,
    fold,
)
from wendu.method.scales import MethodScale
from wendu.method.stops import Interval, Stops
from wendu.playbooks.loader import shipped
from wendu.playbooks.numbers import method_scale

START = date(2025, 3, 3)
IDS = count(1)
DEAL = 7

WILLING = ("replies_first", "gives_time", "introduces", "speaks_for_us", "commits")
NEEDING = ("names_problem", "effect", "wants", "deadline", "money")


@cache
def standard() -> MethodScale:
    """The numbers of the shipped playbook."""
    return method_scale(shipped())


def context(
    market: str = "b2b",
    *,
    holidays: Iterable[date] = (),
    quiet: Iterable[Interval] = (),
    product: str = "",
    industry: str = "",
    sale: str = "",
    tier: str = "",
) -> Context:
    """The context of a customer; an ordinary business sale without stops unless said."""
    profile = Profile(market=market, product=product, industry=industry, sale=sale, tier=tier)
    return Context(standard(), Stops.of(holidays, quiet), profile)


def day(n: int) -> date:
    """The n-th day of the story."""
    return START + timedelta(days=n)


def touch(kind: str = "visit", *, two_way: bool = True, **more: Any) -> TouchFact:
    """A two-way touch of a kind."""
    return TouchFact(id=next(IDS), kind=kind, two_way=two_way, **more)


def answers(willingness: Iterable[int] = (), need: Iterable[int] = ()) -> tuple[Answer, ...]:
    """Answers in the order of the indicators."""
    said = [Answer(Axis.WILLINGNESS, code, score) for code, score in zip(WILLING, willingness, strict=False)]
    return (*said, *(Answer(Axis.NEED, code, score) for code, score in zip(NEEDING, need, strict=False)))


CLASS_ANSWERS = {
    "A": answers((2, 2, 1, 1, 1), (2, 2, 2, 1, 1)),
    "B": answers((1, 1, 0, 1, 0), (2, 2, 2, 1, 1)),
    "C": answers((2, 2, 1, 1, 1), (1, 0, 0, 1, 0)),
    "D": answers((1, 1, 0, 1, 0), (1, 0, 0, 1, 0)),
}


def opened(deal: int = DEAL, expected_on: date | None = None) -> DealFact:
    """An opportunity opens."""
    return DealFact(deal, DealEvent.OPENED, expected_on)


def happened(event: DealEvent, deal: int = DEAL, expected_on: date | None = None) -> DealFact:
    """Something happens to an opportunity."""
    return DealFact(deal, event, expected_on)


def held(quadrant: str, until: date) -> ClassOverride:
    """A person holds a customer in a class."""
    return ClassOverride(Quadrant(quadrant), until)


def on(n: int, *touches: TouchFact, **more: Any) -> DayFacts:
    """What happened on the n-th day."""
    return DayFacts(on=day(n), touches=touches, **more)


def travelled(days: Iterable[DayFacts], ctx: Context, state: Journey | None = None) -> Journey:
    """The journey after some days."""
    state = state or Journey.empty()
    for each in days:
        state = fold(state, each, ctx)
    return state
