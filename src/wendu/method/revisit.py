"""The contact mechanism after the sale: when an existing customer is visited again (method: 3.20)."""

from datetime import date, timedelta

from wendu.method.facts import Context
from wendu.method.repurchase import left_open_on
from wendu.method.state import Journey
from wendu.method.temperature import tier_interval


def woken_on(state: Journey) -> date | None:
    """The wake date of an existing customer who rested, until somebody has talked with them."""
    talked_on = state.heat.counted_on
    woken = state.gap_from is not None and talked_on is not None and state.gap_from > talked_on
    return state.gap_from if woken and state.ordered_on is not None else None


def revisit_due_on(state: Journey, on: date | None, ctx: Context) -> date | None:
    """The day of the next revisit; only what we started and the customer took part in counts as one.

    While no acceptance is known the latest order stands in for it. A question about the next order that nobody put
    before the rhythm was over becomes a revisit from that day on, lest silence follow silence. Whoever rested is asked
    on the wake date, and nobody before a date agreed with them.
    """
    if state.ordered_on is None:
        return None
    if state.revisited_on is not None:
        due = state.revisited_on + timedelta(days=tier_interval(ctx.profile, ctx.scale))
    else:
        due = (state.accepted_on or state.ordered_on) + timedelta(days=ctx.scale.cadence.first_after_days)
    left_open = left_open_on(state, ctx)
    if left_open is not None and on is not None and on >= left_open:
        due = min(due, left_open)
    if state.agreed is not None:
        due = max(due, state.agreed.agreed_on)
    woken = woken_on(state)
    due = due if woken is None else min(due, woken)
    return ctx.stops.first_running(due) if ctx.stops.is_quiet(due) else due
