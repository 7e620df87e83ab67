"""The two steps of a purchase - what to buy, then from whom - and where an old customer stands in them (3.26)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wendu.method.reading import Reading, because, reaches


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
    *,
    has_new_need: bool,
    satisfaction: float | None,
    open_problems: int,
    satisfied_from: float,
    is_asleep: bool = False,
) -> Reading:
    """What to do next: fix what went wrong, wake up, offer, look for a need, or ask first how content they are.

    An open problem stands for less than content, whatever was said before; without one, unknown stays unknown.
    Whoever sleeps is asked what changed and not for the next order.
    """
    facts = because("two_steps", need=has_new_need, problems=open_problems, satisfaction=satisfaction)
    whom = from_whom(satisfaction=satisfaction, open_problems=open_problems, satisfied_from=satisfied_from)
    if whom is Whom.IN_DOUBT:
        return Reading(Step.FIX_FIRST.value, Step.FIX_FIRST.value, (facts,))
    if is_asleep:
        return Reading(Step.WAKE.value, Step.WAKE.value, (facts,))
    if whom is Whom.UNKNOWN:
        return Reading(Step.ASK.value, Step.ASK.value, (facts,), ("satisfaction",), provisional=True)
    step = Step.OFFER if has_new_need else Step.MINE
    return Reading(step.value, step.value, (facts,))


class Whom(StrEnum):
    """The second step of a purchase, from whom: from us, hardly, or nobody knows."""

    US = "us"
    IN_DOUBT = "in_doubt"
    UNKNOWN = "unknown"


def from_whom(*, satisfaction: float | None, open_problems: int, satisfied_from: float) -> Whom:
    """Whether they would buy from us again, whatever it is: not while a problem is open or they are not content."""
    if open_problems or (satisfaction is not None and not reaches(satisfaction, satisfied_from)):
        return Whom.IN_DOUBT
    return Whom.UNKNOWN if satisfaction is None else Whom.US


class NewNeed(StrEnum):
    """Why somebody who has bought needs something again: what they have does not do it, or something does it better."""

    UNMET = "unmet"
    BETTER = "better"
    NONE = "none"
    UNKNOWN = "unknown"


class Met(NamedTuple):
    """A need of an old customer: whether what they have can do it, how well it meets it, and the best idea since.

    Fits are 0 to 10; None is not rated.
    """

    can_do: bool | None
    fit_now: int | None
    fit_then: int | None


def new_need(need: Met, better_from: float) -> Reading:
    """A need that is not met, or met when a solution exists that meets it better by `better_from` or more (M108)."""
    gain = None if need.fit_now is None or need.fit_then is None else need.fit_then - need.fit_now
    if need.can_do is False:
        return Reading(NewNeed.UNMET.value, NewNeed.UNMET.value, (because("need_unmet"),))
    if gain is not None and reaches(gain, better_from):
        told = because("need_better", now=need.fit_now, then=need.fit_then, gain=gain)
        return Reading(NewNeed.BETTER.value, NewNeed.BETTER.value, (told,))
    missing = tuple(
        name for name, lacks in (("can_do", need.can_do is None), ("fit_now", need.fit_now is None)) if lacks
    )
    band = NewNeed.UNKNOWN if missing else NewNeed.NONE
    return Reading(band.value, band.value, (), missing, provisional=bool(missing))


def turn(window: Window | None, on: date) -> Turn:
    """Whether it is too early to ask for the next order, time, late, or over."""
    if window is None:
        return Turn.UNKNOWN
    if on >= window.over_on:
        return Turn.OVER
    if on > window.closes_on:
        return Turn.LATE
    return Turn.IN_WINDOW if on >= window.opens_on else Turn.EARLY
