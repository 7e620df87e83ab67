"""The contact mechanism after the sale: when an existing customer is visited again (method: 3.20)."""

from datetime import date, timedelta

from wendu.method.facts import Context
from wendu.method.state import Journey
from wendu.method.temperature import tier_interval


def revisit_due_on(state: Journey, ctx: Context) -> date | None:
    """The day of the next revisit; only what we started and the customer took part in counts as one.

    While no acceptance is known the latest order stands in for it.
    """
    if state.ordered_on is None:
        return None
    if state.revisited_on is not None:
        due = state.revisited_on + timedelta(days=tier_interval(ctx.profile, ctx.scale))
    else:
        due = (state.accepted_on or state.ordered_on) + timedelta(days=ctx.scale.cadence.first_after_days)
    return ctx.stops.first_running(due) if ctx.stops.is_quiet(due) else due
