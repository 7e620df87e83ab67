"""Which list a customer belongs to, and at which pace its clocks beat."""

from datetime import date

from wendu.method.codes import Quadrant, Status
from wendu.method.facts import Context
from wendu.method.state import Deal, DealPhase, Journey
from wendu.method.stops import Clock
from wendu.method.strike import Outlook, capped_from
from wendu.method.temperature import Pace, existing_pace, pace, slope_of


def has_open_deal(state: Journey) -> bool:
    """Whether an opportunity is open."""
    for deal in state.deals:  # noqa: SIM110 - asked several times a day for every customer, and `any` costs double
        if deal.phase is DealPhase.OPEN:
            return True
    return False


def status_of(state: Journey) -> Status:
    """In pursuit, sleeping until a wake date, bought before, gone by declaration, given up, or not yet visited."""
    visited = state.gap_from is not None
    if has_open_deal(state):
        return Status.IN_PURSUIT if visited else Status.UNVISITED
    if state.nurture_until is not None:
        return Status.NURTURING
    if state.ordered_on is not None:
        return Status.CHURNED if state.churned else Status.EXISTING
    if state.dropped:
        return Status.DROPPED
    return Status.IN_PURSUIT if visited else Status.UNVISITED


def pursued_class(state: Journey, status: Status) -> Quadrant | None:
    """The class whose window runs: only of a customer in pursuit."""
    return state.quadrant if status is Status.IN_PURSUIT and state.quadrant is not Quadrant.UNCLASSIFIED else None


def pace_of(state: Journey, ctx: Context) -> Pace:
    """The pace of the class, or of an existing customer with nothing open."""
    if state.ordered_on is not None and not has_open_deal(state):
        return existing_pace(ctx.profile, ctx.scale)
    return pace(state.quadrant, ctx.profile, ctx.scale)


def clock_of(state: Journey, ctx: Context) -> Clock:
    """The customer's own clock: holidays, quiet periods and the wait for an agreed date."""
    if state.agreed is None:
        return Clock(ctx.stops)
    return Clock(ctx.stops, state.agreed.made_on, state.agreed.agreed_on)


def silent_from(state: Journey) -> date | None:
    """Since when silence counts; unknown while the log knows no talk, for an order tells nothing of talks."""
    return state.gap_from if state.talked else None


def reopening_day(agreed_on: date, ctx: Context) -> date:
    """The day after an agreed date, or the first running day after it."""
    return ctx.stops.first_running(date.fromordinal(agreed_on.toordinal() + 1))


def outlook_of(deal: Deal, state: Journey, since: date, ctx: Context) -> Outlook:
    """Where the heat of an open opportunity goes from the journey's day (`since`) on while nothing happens."""
    clock, scale = clock_of(state, ctx), ctx.scale.heat
    slope = slope_of(deal.heat, since, pace_of(state, ctx).half_life_days, clock)
    return Outlook(slope, capped_from(deal.heat, since, clock, scale), scale)
