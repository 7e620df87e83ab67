"""The two steps of a purchase - what to buy, then from whom - and where an old customer stands in them (3.26)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wendu.method.reading import Reading, because, reaches

SATISFIED_FROM = 100.0  # per cent: what they experience is what they expected (method: 3.22)


class Step(StrEnum):
    """What comes next with an old customer."""

    FIX_FIRST = "fix_first"
    WAKE = "wake"
    OFFER = "offer"
    MINE = "mine"
    ASK = "ask"


class Turn(StrEnum):
    """Where a day lies around the window of the next order."""

    UNKNOWN = "unknown"
    EARLY = "early"
    IN_WINDOW = "in_window"
    LATE = "late"
    OVER = "over"


class Window(NamedTuple):
    """When the next order is expected, and from when on nobody waits for it."""

    opens_on: date
    expected_on: date
    closes_on: date
    over_on: date


def two_steps(
    *, has_new_need: bool, satisfaction: float | None, open_problems: int, is_asleep: bool = False
) -> Reading:
    """What to do next: fix what went wrong, wake up, offer, look for a need, or ask first how content they are.

    An open problem stands for less than content, whatever was said before; without one, unknown stays unknown.
    Whoever sleeps is asked what changed and not for the next order.
    """
    facts = because("two_steps", need=has_new_need, problems=open_problems, satisfaction=satisfaction)
    if open_problems or (satisfaction is not None and not reaches(satisfaction, SATISFIED_FROM)):
        return Reading(Step.FIX_FIRST.value, Step.FIX_FIRST.value, (facts,))
    if is_asleep:
        return Reading(Step.WAKE.value, Step.WAKE.value, (facts,))
    if satisfaction is None:
        return Reading(Step.ASK.value, Step.ASK.value, (facts,), ("satisfaction",), provisional=True)
    step = Step.OFFER if has_new_need else Step.MINE
    return Reading(step.value, step.value, (facts,))


def turn(window: Window | None, on: date) -> Turn:
    """Whether it is too early to ask for the next order, time, late, or over."""
    if window is None:
        return Turn.UNKNOWN
    if on >= window.over_on:
        return Turn.OVER
    if on > window.closes_on:
        return Turn.LATE
    return Turn.IN_WINDOW if on >= window.opens_on else Turn.EARLY
