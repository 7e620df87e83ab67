"""The rhythm in which a customer orders, and when an order is overdue against it (method: 3.26)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from statistics import median
from typing import NamedTuple

from wendu.method.facts import Context
from wendu.method.reading import exact
from wendu.method.scales import CadenceScale
from wendu.method.state import Journey


class OrderRhythm(NamedTuple):
    """A customer's own interval between order days, in days, and the window its next order is expected in."""

    interval_days: int
    expected_on: date
    window_from: date
    window_to: date


def order_rhythm(order_days: Sequence[date], scale: CadenceScale) -> OrderRhythm | None:
    """What the order days tell (each day once, in order); None while they are too few to show a rhythm."""
    intervals = [(later - earlier).days for earlier, later in pairwise(order_days)]
    if len(intervals) < scale.rhythm_from_intervals:
        return None
    days = floor(exact(median(intervals)) + 0.5)
    expected_on, slack = order_days[-1] + timedelta(days=days), timedelta(days=ceil(exact(days * scale.window_share)))
    return OrderRhythm(days, expected_on, expected_on - slack, expected_on + slack)


def reorder_due_on(state: Journey, ctx: Context) -> date | None:
    """The day an order is overdue: the one after its window; whoever was asked since is left alone for one interval."""
    rhythm = order_rhythm(state.orders, ctx.scale.cadence)
    if rhythm is None:
        return None
    due = rhythm.window_to + timedelta(days=1)
    talked_on = state.heat.counted_on
    if talked_on is not None and talked_on > rhythm.window_from:
        due = max(due, talked_on + timedelta(days=rhythm.interval_days))
    if state.agreed is not None:
        due = max(due, state.agreed.agreed_on)
    return ctx.stops.first_running(due)


def with_order(orders: tuple[date, ...], on: date, scale: CadenceScale) -> tuple[date, ...]:
    """The latest order days with one more; orders of one day are one."""
    return (*(day for day in orders if day != on), on)[-1 - scale.rhythm_of_intervals :]
