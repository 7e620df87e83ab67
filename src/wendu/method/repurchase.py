"""The rhythm in which a customer orders, when the next order is asked for, and when the rhythm is over (3.26)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from statistics import median
from typing import NamedTuple

from wendu.method.facts import Context
from wendu.method.reading import exact
from wendu.method.scales import CadenceScale
from wendu.method.state import Journey, Lasting
from wendu.method.stops import ONE_DAY


class OrderRhythm(NamedTuple):
    """A customer's own interval between order days, in days, and the window its next order is expected in."""

    interval_days: int
    expected_on: date
    window_from: date
    window_to: date

    @property
    def slack(self) -> timedelta:
        """How far the next order may lie from the expected day without being early or late."""
        return self.window_to - self.expected_on


def order_rhythm(order_days: Sequence[date], scale: CadenceScale) -> OrderRhythm | None:
    """What the order days tell (each day once, in order); None while they are too few to show a rhythm."""
    intervals = [(later - earlier).days for earlier, later in pairwise(order_days)]
    if len(intervals) < scale.rhythm_from_intervals:
        return None
    return rhythm_from(order_days[-1], floor(exact(median(intervals)) + 0.5), scale)


def rhythm_of(orders: Sequence[date], lasting: Lasting | None, scale: CadenceScale) -> OrderRhythm | None:
    """Their own rhythm, else that of the product they bought latest, from that day on; None while neither is known."""
    own = order_rhythm(orders, scale)
    return own if own is not None or lasting is None else rhythm_from(lasting.on, lasting.days, scale)


def rhythm_from(latest_on: date, days: int, scale: CadenceScale) -> OrderRhythm:
    """The next order so many days after the latest, give or take the share of the window."""
    expected_on, slack = latest_on + timedelta(days=days), timedelta(days=ceil(exact(days * scale.window_share)))
    return OrderRhythm(days, expected_on, expected_on - slack, expected_on + slack)


def reorder_due_on(state: Journey, on: date | None, ctx: Context) -> date | None:
    """The day the next order is asked for; None without a rhythm, and from the day on which it is over."""
    due, over_on = _question_on(state, ctx), rhythm_over_on(state, ctx)
    if due is None or over_on is None or due >= over_on or (on is not None and on >= over_on):
        return None
    return due


def rhythm_over_on(state: Journey, ctx: Context) -> date | None:
    """The day after the window of so many orders missed in a row: whoever buys no more has no rhythm."""
    scale = ctx.scale.cadence
    rhythm = rhythm_of(state.orders, state.lasting, scale)
    if rhythm is None:
        return None
    return rhythm.window_to + timedelta(days=(scale.rhythm_ends_after_missed - 1) * rhythm.interval_days) + ONE_DAY


def left_open_on(state: Journey, ctx: Context) -> date | None:
    """The day a rhythm is over although its latest question was never put; None if it was, or without a rhythm."""
    due, over_on = _question_on(state, ctx), rhythm_over_on(state, ctx)
    return over_on if due is not None and over_on is not None and due < over_on else None


def with_order(orders: tuple[date, ...], on: date, scale: CadenceScale) -> tuple[date, ...]:
    """The latest order days with one more; orders of one day are one."""
    return (*(day for day in orders if day != on), on)[-1 - scale.rhythm_of_intervals :]


def _question_on(state: Journey, ctx: Context) -> date | None:
    """The day of the question, whether the rhythm lasts until then or not."""
    scale = ctx.scale.cadence
    rhythm = rhythm_of(state.orders, state.lasting, scale)
    if rhythm is None:
        return None
    ask = _early if rhythm.interval_days >= scale.early_from_days else _late
    due = ask(rhythm, state.heat.counted_on)
    if state.agreed is not None:
        due = max(due, state.agreed.agreed_on)
    return ctx.stops.first_running(due)


def _late(rhythm: OrderRhythm, talked_on: date | None) -> date:
    """Who orders often orders by itself: asked when the window is over, and again one interval after a talk."""
    due = rhythm.window_to + ONE_DAY
    if talked_on is not None and talked_on > rhythm.window_from:
        due = max(due, talked_on + timedelta(days=rhythm.interval_days))
    return due


def _early(rhythm: OrderRhythm, talked_on: date | None) -> date:
    """Who orders rarely decides anew each time: asked when the window opens, then when it is over, then an interval on.

    Never sooner than half a window after a talk.
    """
    if talked_on is None or talked_on < rhythm.window_from:
        return rhythm.window_from
    if talked_on <= rhythm.window_to:
        return max(rhythm.window_to + ONE_DAY, talked_on + rhythm.slack)
    return talked_on + timedelta(days=rhythm.interval_days)
