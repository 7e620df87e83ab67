"""Why a thermometer stands where it stands: what was left, each log of wood, what was lost since."""

from collections.abc import Iterator
from datetime import date

from wendu.method.facts import Context
from wendu.method.reading import Reading, Reason, because, exact
from wendu.method.standing import DealFacts, heat_on
from wendu.method.state import Journey, Judged, StrikePhase
from wendu.method.status import clock_of, pace_of
from wendu.method.temperature import band, slope_of


def heat_reading(state: Journey, on: date, ctx: Context) -> Reading:
    """The heat of a customer with everything that made it."""
    if state.on is None or state.judged is None:
        return Reading(0.0, band(0.0, ctx.scale.heat), (because("no_contact"),), ("touch",))
    slope = slope_of(state.heat, state.on, pace_of(state, ctx).half_life_days, clock_of(state, ctx))
    value = slope.on(on)
    reasons = [*_wood(state.judged), *_loss(state, value, on, ctx), *_standstill(state, on, ctx)]
    return Reading(value, band(value, ctx.scale.heat), tuple(reasons))


def lid_reading(facts: DealFacts, on: date, ctx: Context) -> Reading:
    """The heat of an opportunity as it counts, held under the cap while no advance was made."""
    value = heat_on(facts, on, ctx)
    reasons = [because("counted", on=facts.heat.counted_on.isoformat() if facts.heat.counted_on else None)]
    if facts.capped_from is not None and on >= facts.capped_from and exact(facts.heat.level) > facts.cap:
        reasons.append(because("capped", cap=facts.cap, days=ctx.scale.heat.strike.cap_days))
    return Reading(value, band(value, ctx.scale.heat), tuple(reasons))


def strike_reading(facts: DealFacts) -> Reading:
    """Where the strike alert of an opportunity is in its life."""
    if facts.strike is StrikePhase.OPEN and facts.strike_since is not None:
        falls_on = facts.falls_on.isoformat() if facts.falls_on else None
        return Reading(True, "open", (because("raised", on=facts.strike_since.isoformat(), falls_on=falls_on),))
    if facts.strike is StrikePhase.WAITING and facts.strike_agreed_on is not None and facts.reopens_on is not None:
        reason = because("agreed", on=facts.strike_agreed_on.isoformat(), reopens_on=facts.reopens_on.isoformat())
        return Reading(False, "waiting", (reason,))
    if facts.missed_on is not None:
        return Reading(
            False, "missed", (because("missed_heat", on=facts.missed_on.isoformat(), cause=facts.missed_cause),)
        )
    return Reading(False, "none")


def perception(guess: float, computed: float, ctx: Context) -> Reading:
    """The rep's own feel against the computed heat; feeling much warmer than the facts is worth a word."""
    over = guess - computed
    code = "perception_gap" if exact(over) > ctx.scale.heat.perception_gap else "in_touch"
    return Reading(over, code, (because("guessed", guess=guess, computed=computed),))


def _wood(judged: Judged) -> Iterator[Reason]:
    if judged.leftover:
        yield because("leftover", points=judged.leftover, on=judged.on.isoformat())
    for gain in judged.gains:
        full = gain.points * gain.quality * gain.reach * gain.share
        yield because(
            "touch",
            touch=gain.touch,
            kind=gain.kind,
            points=gain.points,
            quality=gain.quality,
            reach=gain.reach,
            share=gain.share,
            gain=gain.gain,
            ceiling=gain.ceiling,
            clipped=gain.gain != full and exact(gain.gain) < exact(full),
        )
        if gain.note_missing:
            yield because("value_note_missing", touch=gain.touch)
    for code, factor in judged.factors:
        yield because(code, factor=factor)


def _loss(state: Journey, value: float, on: date, ctx: Context) -> Iterator[Reason]:
    if state.judged is not None and exact(value) < exact(state.judged.level):
        days = clock_of(state, ctx).running_days(state.judged.on, on)
        yield because("cooled", points=value - state.judged.level, days=days, grace=state.heat.grace_days)


def _standstill(state: Journey, on: date, ctx: Context) -> Iterator[Reason]:
    if state.agreed is not None and on <= state.agreed.agreed_on:
        yield because("agreed_date", on=state.agreed.agreed_on.isoformat())
    if ctx.stops.is_quiet(on):
        yield because("quiet_period", until=_quiet_until(on, ctx).isoformat())


def _quiet_until(on: date, ctx: Context) -> date:
    return next(end for start, end in ctx.stops.quiet.intervals() if start <= on <= end)
