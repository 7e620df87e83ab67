"""A deal whose expected day of signing went by without a word: ask for the result, or for a new day (method: 3.5)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from wendu.method.facts import Context, TouchFact
from wendu.method.state import Deal, DealPhase, Journey
from wendu.method.stops import ONE_DAY


class ResultDue(NamedTuple):
    """The open deal nobody asked about since the day it was expected to sign on, and from when on it is asked."""

    deal: int
    expected_on: date
    ask_on: date


def result_due(state: Journey, ctx: Context) -> ResultDue | None:
    """The earliest question that is open, asked on the first running day after the expected or a later agreed one.

    One question is enough: a touch on that day or later that they could answer has put it.
    """
    open_questions = [
        ResultDue(deal.id, deal.expected_on, _ask_on(deal.expected_on, state, ctx))
        for deal in state.deals
        if deal.phase is DealPhase.OPEN and deal.expected_on is not None and deal.asked_on is None
    ]
    return min(open_questions, key=lambda each: (each.ask_on, each.deal), default=None)


def asked_on(deal: Deal, touches: Iterable[TouchFact], on: date, ctx: Context) -> date | None:
    """The latest day, not before the expected one, with a touch they could answer; a newsletter asks nobody."""
    if deal.expected_on is None or on < deal.expected_on:
        return deal.asked_on
    return on if any(_asks(touch, ctx) for touch in touches) else deal.asked_on


def _asks(touch: TouchFact, ctx: Context) -> bool:
    kind = ctx.scale.heat.kinds.get(touch.kind)
    return touch.two_way or (kind is not None and kind.two_way)


def _ask_on(expected_on: date, state: Journey, ctx: Context) -> date:
    day = expected_on if state.agreed is None else max(expected_on, state.agreed.agreed_on)
    return ctx.stops.first_running(day + ONE_DAY)
