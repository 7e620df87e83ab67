"""The fold: a customer's state at the end of a day from its state before and the facts of that day."""

from datetime import date, timedelta

from wendu.method.codes import Status
from wendu.method.day import judged_day
from wendu.method.erratic import Swing, swing_upto
from wendu.method.facts import Context, DayFacts
from wendu.method.state import Deal, DealPhase, Journey, StrikePhase
from wendu.method.status import clock_of, outlook_of, pace_of, reopening_day, status_of
from wendu.method.strike import settle
from wendu.method.temperature import slope_of

ONE_DAY = timedelta(days=1)


class NotLater(ValueError):
    """A day was folded that is not later than the state it is folded into."""


def fold(state: Journey, day: DayFacts, ctx: Context) -> Journey:
    """The journey at the end of a day on which something happened."""
    if day.is_empty:
        return state
    if state.on is not None and day.on <= state.on:
        raise NotLater(f"{day.on} is not later than {state.on}")
    return judged_day(rolled(state, day.on - ONE_DAY, ctx), day, ctx)


def rolled(state: Journey, upto: date, ctx: Context) -> Journey:
    """The journey at the end of a later day on which nothing happened: overrides lapse, sleepers wake, alerts turn."""
    if state.on is None:
        return state
    while (lapse := _next_lapse(state)) is not None and lapse <= upto:
        state = judged_day(_waited(state, lapse - ONE_DAY, ctx), DayFacts(lapse), ctx)
    return _waited(state, upto, ctx)


def _next_lapse(state: Journey) -> date | None:
    if state.override is None or state.nurture_until is None:
        return state.override.expires_on if state.override else state.nurture_until
    return min(state.override.expires_on, state.nurture_until)


def _waited(state: Journey, upto: date, ctx: Context) -> Journey:
    if state.on is None or upto <= state.on:
        return state
    deals = state.deals
    if any(deal.strike.phase is not StrikePhase.NONE for deal in deals):
        deals = tuple([_deal_waited(deal, state, state.on, upto, ctx) for deal in deals])
    peak, drops = state.peak, state.drops
    cools = (upto - state.on).days > state.heat.resting_days  # while it rests, no closer look is needed
    if cools and peak.counts and not peak.fallen and status_of(state) is Status.IN_PURSUIT:
        slope = slope_of(state.heat, state.on, pace_of(state, ctx).half_life_days, clock_of(state, ctx))
        peak, drops = swing_upto(Swing(peak, drops), slope, upto, ctx.scale.heat.erratic)
    if deals == state.deals and peak is state.peak:
        return state
    return state._replace(deals=deals, peak=peak, drops=drops)


def _deal_waited(deal: Deal, state: Journey, since: date, upto: date, ctx: Context) -> Deal:
    if deal.phase is not DealPhase.OPEN or deal.strike.phase is StrikePhase.NONE:
        return deal
    strike = settle(deal.strike, outlook_of(deal, state, since, ctx), upto, lambda day: reopening_day(day, ctx))
    return deal if strike is deal.strike else deal._replace(strike=strike)
