"""A customer looked at closely: the state it is remembered in, and what the method thinks of it on a day.

Both depend on nothing but what they are given, and a morning asks for the same again and again: what was thought once
is kept, for as long as there is room.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

from wendu.method.curve import Curve, curve
from wendu.method.facts import Context, DayFacts
from wendu.method.journey import Journey
from wendu.method.view import CustomerView, view

KEPT, CURVES_KEPT = 2048, 128
Held = TypeVar("Held")


class Same(Generic[Held]):
    """Something told apart by being the very same one, where comparing what is in it would cost too much."""

    __slots__ = ("held",)

    def __init__(self, held: Held) -> None:
        self.held = held

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.held is self.held


@lru_cache(maxsize=KEPT)
def journey_of(text: str) -> Journey:
    """The state a customer is remembered in, from its stored text; the same text gives the very same state."""
    plain: Any = json.loads(text)
    return Journey.from_json(plain)


def seen(journey: Journey, on: date, ctx: Context) -> CustomerView:
    """The method's view of a customer on a day (`method.view`), thought once for the same state and context."""
    return _seen(Same(journey), on, Same(ctx))


def curve_of(days: tuple[DayFacts, ...], start: date, end: date, ctx: Context) -> Curve:
    """The curve of a customer between two days (`method.curve`), drawn once for the same facts and context."""
    return _curve(days, start, end, Same(ctx))


@lru_cache(maxsize=CURVES_KEPT)
def _curve(days: tuple[DayFacts, ...], start: date, end: date, ctx: Same[Context]) -> Curve:
    return curve(days, start, end, ctx.held)


@lru_cache(maxsize=KEPT)
def _seen(journey: Same[Journey], on: date, ctx: Same[Context]) -> CustomerView:
    return view(journey.held, on, ctx.held)
