"""What stands about a customer until the next touch: closed forms and the days on which something changes."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wendu.method.codes import Quadrant, Status
from wendu.method.facts import Context
from wendu.method.fold import rolled
from wendu.method.gap import Gap, due_by_gap, gap_of
from wendu.method.quadrant import stale_from
from wendu.method.repurchase import reorder_due_on, rhythm_over_on
from wendu.method.result import ResultDue, result_due
from wendu.method.revisit import revisit_due_on, woken_on
from wendu.method.scales import MethodScale
from wendu.method.state import Deal, DealPhase, Journey, StrikePhase
from wendu.method.status import clock_of, outlook_of, pace_of, pursued_class, reopening_day, silent_from, status_of
from wendu.method.stops import ONE_DAY, Clock
from wendu.method.strike import Outlook
from wendu.method.temperature import Slope, left, slope_of
from wendu.method.track import TrackFacts, review_due_on, track_facts
from wendu.method.windows import Window, chain_of, window


class Change(NamedTuple):
    """A day on which something must be written although nobody touches the customer."""

    on: date
    rule: str
    deal: int | None = None


class Below(NamedTuple):
    """The first day on which a heat is below a threshold; None for a heat that never is."""

    threshold: float
    on: date | None


class HeatFacts(NamedTuple):
    """One thermometer in closed form, valid until the next change."""

    level: float
    on: date | None
    counted_on: date | None
    cools_from: date | None
    half_life_days: float
    below: tuple[Below, ...]


class StandingFacts(NamedTuple):
    """Everything about a customer that holds, or moves by arithmetic alone, until the next touch or change.

    `deals` are the open opportunities, `changes` the days to come on which this row must be written again.
    """

    as_of: date | None
    status: Status
    quadrant: Quadrant
    pursued_class: Quadrant | None
    class_since: date | None
    override_until: date | None
    stale_from: date | None
    window: Window | None
    heat: HeatFacts
    max_gap_days: int
    gap: Gap | None
    agreed_on: date | None
    quiet_until: date | None
    result_due: ResultDue | None
    due_on: date | None
    revisit_due_on: date | None
    reorder_due_on: date | None
    review_due_on: date | None
    track: TrackFacts | None
    wake_on: date | None
    woken_on: date | None
    drops: tuple[date, ...]
    deals: tuple["DealFacts", ...]
    changes: tuple[Change, ...]


class DealFacts(NamedTuple):
    """The same for one opportunity, with its alert and the cap on its heat."""

    deal: int
    phase: DealPhase
    heat: HeatFacts
    cap: float
    capped_from: date | None
    strike: StrikePhase
    strike_since: date | None
    strike_agreed_on: date | None
    reopens_on: date | None
    falls_on: date | None
    missed_on: date | None
    missed_cause: str
    changes: tuple[Change, ...]


def standing(state: Journey, ctx: Context, on: date | None = None) -> StandingFacts:
    """The standing facts of a customer; given a later day on which nothing happened, they are re-based on it."""
    state = state if on is None else rolled(state, on, ctx)
    status, beat, clock = status_of(state), pace_of(state, ctx), clock_of(state, ctx)
    quadrant = pursued_class(state, status)
    as_of = max(on, state.on) if on and state.on else on or state.on
    chain = None if quadrant is None else chain_of(quadrant, state.chains)
    heat = HeatFacts(state.heat.level, None, None, None, beat.half_life_days, ())
    deals: tuple[DealFacts, ...] = ()
    if state.on is not None and as_of is not None:
        slope = slope_of(state.heat, state.on, beat.half_life_days, clock).rebased(as_of)
        heat = _heat_facts(slope, state.heat.counted_on, ctx)
        deals = tuple([_deal_facts(deal, state, as_of, ctx) for deal in state.deals if deal.phase is DealPhase.OPEN])
    pursued = status is Status.IN_PURSUIT
    result = result_due(state, ctx) if pursued else None
    due_on = _due_on(state, status, beat.max_gap_days, clock, result, ctx)
    reorder_on = reorder_due_on(state, as_of, ctx) if state.orders and status is Status.EXISTING else None
    return StandingFacts(
        as_of=as_of,
        status=status,
        quadrant=state.quadrant,
        pursued_class=quadrant,
        class_since=state.class_since,
        override_until=state.override.expires_on if state.override else None,
        stale_from=stale_from(state.answers, ctx.scale.quadrant),
        window=window(quadrant, chain.started_on, ctx) if quadrant and chain else None,
        heat=heat,
        max_gap_days=beat.max_gap_days,
        gap=gap_of(silent_from(state), beat.max_gap_days, clock, ctx.scale.heat) if pursued else None,
        agreed_on=state.agreed.agreed_on if state.agreed else None,
        quiet_until=_quiet_until(state, status, ctx),
        result_due=result,
        due_on=due_on,
        revisit_due_on=revisit_due_on(state, as_of, ctx) if status is Status.EXISTING else None,
        reorder_due_on=reorder_on,
        review_due_on=review_due_on(state, ctx) if pursued else None,
        track=track_facts(state, status, due_on, ctx) if state.track else None,
        wake_on=state.nurture_until,
        woken_on=woken_on(state) if status is Status.EXISTING else None,
        drops=state.drops,
        deals=deals,
        changes=_changes(state, as_of, heat, deals, reorder_on, ctx) if as_of else (),
    )


def deal_standing(state: Journey, deal: int, ctx: Context, on: date | None = None) -> DealFacts | None:
    """The standing facts of one opportunity; None if the journey has never heard of it."""
    state = state if on is None else rolled(state, on, ctx)
    known = next((held for held in state.deals if held.id == deal), None)
    if known is None or state.on is None:
        return None
    return _deal_facts(known, state, max(on or state.on, state.on), ctx)


def heat_on(facts: StandingFacts | DealFacts, day: date, ctx: Context) -> float:
    """The heat at the end of a day, by arithmetic alone; an opportunity's is held under its cap."""
    level = level_on(facts.heat, day, ctx)
    if isinstance(facts, DealFacts) and facts.capped_from is not None and day >= facts.capped_from:
        return min(level, facts.cap)
    return level


def level_on(heat: HeatFacts, day: date, ctx: Context) -> float:
    """What is left of a thermometer on a day, whatever it may count as."""
    if heat.cools_from is None or day <= heat.cools_from:
        return heat.level
    return left(heat.level, ctx.stops.running_days(heat.cools_from, day), heat.half_life_days)


def _heat_facts(slope: Slope, counted_on: date | None, ctx: Context, outlook: Outlook | None = None) -> HeatFacts:
    below = (outlook or slope).below
    return HeatFacts(
        level=slope.level,
        on=slope.since,
        counted_on=counted_on,
        cools_from=slope.cools_from(),
        half_life_days=slope.half_life_days,
        below=tuple([Below(mark, below(mark)) for mark in _marks(ctx.scale)]),
    )


@lru_cache(maxsize=16)
def _marks(scale: MethodScale) -> tuple[float, ...]:
    """The edges between the bands of the thermometer."""
    return tuple(band.start for band in scale.heat.bands if 0 < band.start < scale.heat.top)


def _deal_facts(deal: Deal, state: Journey, as_of: date, ctx: Context) -> DealFacts:
    scale, strike = ctx.scale.heat, deal.strike
    if deal.phase is not DealPhase.OPEN or state.on is None:
        return _closed_deal(deal, state, as_of, ctx)
    outlook = outlook_of(deal, state, state.on, ctx).rebased(as_of)
    reopens_on = reopening_day(strike.agreed_on, ctx) if strike.agreed_on else None
    fall = outlook.fall() if strike.phase is not StrikePhase.NONE else None
    falls_on = fall[0] if fall and (reopens_on is None or fall[0] > reopens_on) else None
    changes = ((reopens_on, "strike_reopens"), (falls_on, "missed_heat"))
    return DealFacts(
        deal=deal.id,
        phase=deal.phase,
        heat=_heat_facts(outlook.slope, deal.heat.counted_on, ctx, outlook),
        cap=scale.strike.cap,
        capped_from=outlook.cap_on,
        strike=strike.phase,
        strike_since=strike.since,
        strike_agreed_on=strike.agreed_on,
        reopens_on=reopens_on,
        falls_on=falls_on,
        missed_on=strike.missed_on,
        missed_cause=strike.cause,
        changes=tuple([Change(on, rule, deal.id) for on, rule in changes if on and on > as_of]),
    )


def _closed_deal(deal: Deal, state: Journey, as_of: date, ctx: Context) -> DealFacts:
    """A won opportunity keeps its heat, a lost or paused one cools on unwatched."""
    heat = HeatFacts(deal.heat.level, deal.heat.counted_on, deal.heat.counted_on, None, 1.0, ())
    if deal.phase is not DealPhase.WON and state.on is not None:
        slope = slope_of(deal.heat, state.on, pace_of(state, ctx).half_life_days, clock_of(state, ctx))
        heat = _heat_facts(slope.rebased(as_of), deal.heat.counted_on, ctx)
    return DealFacts(
        deal=deal.id,
        phase=deal.phase,
        heat=heat,
        cap=ctx.scale.heat.strike.cap,
        capped_from=None,
        strike=StrikePhase.NONE,
        strike_since=None,
        strike_agreed_on=None,
        reopens_on=None,
        falls_on=None,
        missed_on=None,
        missed_cause="",
        changes=(),
    )


def _due_on(  # noqa: PLR0917 - what is known by then
    state: Journey, status: Status, max_gap_days: int, clock: Clock, result: ResultDue | None, ctx: Context
) -> date | None:
    """The day a touch is due by what was agreed, by the gap, after a quiet period, or for a result that is due.

    A quiet period pushes an agreed date back.
    """
    if status in (Status.UNVISITED, Status.DROPPED, Status.CHURNED):
        return None
    agreed_on = state.agreed.agreed_on if state.agreed else None
    if agreed_on is not None and ctx.stops.is_quiet(agreed_on):
        agreed_on = ctx.stops.first_running(agreed_on)
    if status is not Status.IN_PURSUIT or state.heat.counted_on is None or state.gap_from is None:
        return agreed_on
    by_gap = due_by_gap(state.heat.counted_on, state.gap_from, max_gap_days, clock, ctx.scale.plan)
    quiet_until = _quiet_until(state, status, ctx)
    asked_on = ctx.stops.first_running(quiet_until + ONE_DAY) if quiet_until else None
    result_on = result.ask_on if result else None
    return min(day for day in (agreed_on, by_gap, asked_on, result_on) if day is not None)


def _quiet_until(state: Journey, status: Status, ctx: Context) -> date | None:
    """The end of the first quiet period after the latest talk; what was left open is asked on the day that follows."""
    talked_on = state.heat.counted_on
    if status is not Status.IN_PURSUIT or talked_on is None or not ctx.stops.quiet.starts:
        return None
    return next((end for _start, end in ctx.stops.quiet.intervals() if end >= talked_on), None)


def _changes(  # noqa: PLR0917 - what is known by then
    state: Journey,
    as_of: date,
    heat: HeatFacts,
    deals: tuple[DealFacts, ...],
    reorder_on: date | None,
    ctx: Context,
) -> tuple[Change, ...]:
    """What lies ahead; a quiet period matters only to a heat that is already cooling when it begins."""
    changes = [change for deal in deals for change in deal.changes]
    if state.override is not None:
        changes.append(Change(state.override.expires_on, "override_expires"))
    if state.nurture_until is not None:
        changes.append(Change(state.nurture_until, "wakes"))
    if reorder_on is not None and (over_on := rhythm_over_on(state, ctx)) is not None:
        changes.append(Change(over_on, "rhythm_over"))
    if ctx.stops.quiet.starts:
        changes += [Change(start, "quiet_begins") for start in _quiet_begins(as_of, heat, deals, ctx)]
    return tuple(sorted([change for change in changes if change.on > as_of], key=_by_day)) if changes else ()


def _quiet_begins(as_of: date, heat: HeatFacts, deals: tuple[DealFacts, ...], ctx: Context) -> list[date]:
    cools_from = min((f.cools_from for f in (heat, *(deal.heat for deal in deals)) if f.cools_from), default=as_of)
    return [start for start, _ in ctx.stops.quiet.intervals() if start > cools_from]


def _by_day(change: Change) -> tuple[date, str, int]:
    return change.on, change.rule, change.deal or 0
