"""Judging one whole day at its end: facts first, then class and window, heat, alerts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.codes import DealEvent, Outcome, Quadrant, Status
from wendu.method.erratic import Swing, swing_on
from wendu.method.facts import ClassOverride, Context, DayFacts, TouchFact
from wendu.method.quadrant import judged_class
from wendu.method.reading import reaches
from wendu.method.repurchase import with_order
from wendu.method.result import asked_on
from wendu.method.state import (
    Agreement,
    Deal,
    DealPhase,
    Heat,
    Journey,
    Judged,
    Lasting,
    Peak,
    StandingAnswer,
    Strike,
    StrikePhase,
    Track,
    WindowChain,
)
from wendu.method.status import (
    clock_of,
    has_open_deal,
    outlook_of,
    pace_of,
    pursued_class,
    reopening_day,
    status_of,
)
from wendu.method.strike import NO_STRIKE, StrikeDay, is_capped, judge_strike, shown_heat
from wendu.method.temperature import cooled, heat_up, is_counted, judge, refuses_purchase, setbacks, slope_of
from wendu.method.track import walked
from wendu.method.windows import move_class


class _Dawn(NamedTuple):
    """What the nights before the day did: running days gone by, at which half-life, from which standing."""

    days: int
    half_life_days: float
    status: Status
    pursued_class: Quadrant | None


class _Deeds(NamedTuple):
    """What the touches and events of the day amount to."""

    counted: bool
    ordered: bool
    orders: frozenset[int]
    opened: bool
    in_rhythm: bool
    talked: bool


def judged_day(state: Journey, day: DayFacts, ctx: Context) -> Journey:
    """The journey at the end of a day, from the journey at the end of the day before it."""
    dawn, deeds = _dawn(state, day.on, ctx), _deeds(day)
    facts = _with_facts(state, day, deeds, ctx)
    moved = _moved(facts, day, deeds, dawn, ctx)
    pursued = has_open_deal(state) or has_open_deal(facts)
    stove = _Stove(day.on, dawn, pace_of(facts, ctx).max_gap_days, pursued, ctx)
    whole = _Evening(state.heat, day.touches, deeds.ordered, *stove.evening(state.heat, day.touches, deeds.ordered))
    loose = stove.like(whole, state.loose, _touches_of(None, day), ordered=False)
    swing = _swing(state, moved.status, whole.after.level, ordered=deeds.ordered, stove=stove)
    return facts._replace(
        on=day.on,
        heat=whole.after,
        loose=loose.after,
        deals=tuple([_judged_deal(deal, state, day, deeds, stove, whole) for deal in facts.deals]),
        class_since=moved.class_since,
        chains=moved.chains,
        gap_from=moved.gap_from,
        agreed=moved.agreed,
        peak=swing.peak,
        drops=swing.drops,
        judged=whole.judged if day.touches or deeds.ordered else state.judged,
        track=_track(state, moved.status, facts.quadrant, day, dawn),
    )


class _Evening(NamedTuple):
    """One thermometer before and after the day, with what made the difference."""

    before: Heat
    touches: tuple[TouchFact, ...]
    ordered: bool
    after: Heat
    judged: Judged


class _Stove(NamedTuple):
    """The day as every thermometer of the customer feels it."""

    on: date
    dawn: _Dawn
    grace_days: int
    pursued: bool
    ctx: Context

    def like(self, twin: _Evening, heat: Heat, touches: tuple[TouchFact, ...], *, ordered: bool) -> _Evening:
        """Another thermometer at the end of the day; often it stood, and was fed, as its twin was."""
        if len(touches) == len(twin.touches) and ordered == twin.ordered and heat == twin.before:
            return twin
        return _Evening(heat, touches, ordered, *self.evening(heat, touches, ordered))

    def evening(self, heat: Heat, touches: tuple[TouchFact, ...], ordered: bool) -> tuple[Heat, Judged]:  # noqa: FBT001
        """One thermometer at the end of the day, with what made it."""
        scale, days = self.ctx.scale.heat, self.dawn.days
        leftover = cooled(heat, days, self.dawn.half_life_days)
        gains = heat_up(leftover, touches, pursued=self.pursued, scale=scale)
        factors = setbacks(touches, scale)
        level = judge(leftover, gains, factors, ordered=ordered, top=scale.top)
        counted = advanced = ordered
        for touch in touches:
            counted = counted or is_counted(touch)
            advanced = advanced or (touch.outcome is Outcome.ADVANCE and touch.two_way)
        after = Heat(
            level=level,
            counted_on=self.on if counted else heat.counted_on,
            grace_days=self.grace_days if counted else heat.grace_days,
            idle_days=0 if counted or heat.counted_on is None else heat.idle_days + days,
            advance_on=self.on if advanced else heat.advance_on,
            advance_days=0 if advanced or heat.advance_on is None else heat.advance_days + days,
        )
        return after, Judged(self.on, leftover, level, gains, (("order", scale.top), *factors) if ordered else factors)


def _dawn(state: Journey, on: date, ctx: Context) -> _Dawn:
    days = 0 if state.on is None else clock_of(state, ctx).running_days(state.on, on)
    status = status_of(state)
    return _Dawn(days, pace_of(state, ctx).half_life_days, status, pursued_class(state, status))


def _deeds(day: DayFacts) -> _Deeds:
    talked, ordered, orders, opened = False, day.ordered, set(day.ordered_deals), False
    for fact in day.deals:
        opened = opened or fact.event in _OPENINGS
        if fact.event is DealEvent.WON and fact.is_order:
            orders.add(fact.deal)
    for touch in day.touches:
        talked = talked or touch.two_way
        if touch.outcome is Outcome.ORDER:
            ordered = True
            orders.update(() if touch.deal is None else (touch.deal,))
    in_rhythm = ordered or bool(orders)
    ordered = in_rhythm or day.subscribed
    return _Deeds(talked or ordered, ordered, frozenset(orders), opened, in_rhythm, talked)


_OPENINGS = (DealEvent.OPENED, DealEvent.REOPENED)
_PHASE_AFTER = {
    DealEvent.OPENED: DealPhase.OPEN,
    DealEvent.REOPENED: DealPhase.OPEN,
    DealEvent.WON: DealPhase.WON,
    DealEvent.LOST: DealPhase.LOST,
    DealEvent.PAUSED: DealPhase.PAUSED,
}


def _with_facts(state: Journey, day: DayFacts, deeds: _Deeds, ctx: Context) -> Journey:
    on, visited = day.on, deeds.counted or state.gap_from is not None
    answers, override = _answers(state.answers, day), _override(state.override, day)
    unmoved = answers is state.answers and override is state.override and visited is (state.gap_from is not None)
    back = deeds.opened or deeds.ordered or day.requalified or day.woken or day.nurture_until is not None
    revisit = state.ordered_first_on is not None and any(t.two_way and t.proactive for t in day.touches)
    return Journey(  # every field is named, for `_replace` takes twice as long
        on=state.on,
        heat=state.heat,
        loose=state.loose,
        deals=_moved_deals(state, day),
        answers=answers,
        override=override,
        quadrant=state.quadrant if unmoved else _quadrant(answers, override, visited=visited, ctx=ctx),
        class_since=state.class_since,
        chains=state.chains,
        gap_from=on if deeds.counted else state.gap_from,
        agreed=_agreed(state.agreed, day, deeds, ctx),
        ordered_first_on=state.ordered_first_on or (on if deeds.ordered else None),
        ordered_on=on if deeds.ordered else state.ordered_on,
        accepted_on=on if day.accepted else state.accepted_on,
        revisited_on=on if revisit else state.revisited_on,
        nurture_until=_nurture_until(state.nurture_until, day, deeds),
        dropped=day.dropped or (state.dropped and not back),
        peak=state.peak,
        drops=state.drops,
        judged=state.judged,
        track=state.track,
        orders=with_order(state.orders, on, ctx.scale.cadence) if deeds.in_rhythm else state.orders,
        churned=day.churned or (state.churned and not back),
        talked=deeds.talked or state.talked,
        lasting=state.lasting if day.lasts_days is None else Lasting(on, day.lasts_days),
    )


class _Moved(NamedTuple):
    """Where the facts of the day moved the customer: list, class, window, gap, agreed date."""

    status: Status
    class_since: date | None
    chains: tuple[WindowChain, ...]
    gap_from: date | None
    agreed: Agreement | None


def _moved(facts: Journey, day: DayFacts, deeds: _Deeds, dawn: _Dawn, ctx: Context) -> _Moved:
    status = status_of(facts)
    quadrant = pursued_class(facts, status)
    cleared = deeds.ordered or day.requalified
    before = None if cleared else dawn.pursued_class
    pursuit_begins = status is Status.IN_PURSUIT and dawn.status not in (Status.IN_PURSUIT, Status.UNVISITED)
    wakes = status is Status.EXISTING and dawn.status in (Status.NURTURING, Status.CHURNED)
    begins_rest = status is Status.NURTURING and dawn.status is not Status.NURTURING
    rests = begins_rest or status in (Status.DROPPED, Status.CHURNED)
    return _Moved(
        status=status,
        class_since=facts.class_since if quadrant is dawn.pursued_class else (day.on if quadrant else None),
        chains=move_class(() if cleared else facts.chains, before, quadrant, day.on, ctx.scale.window),
        gap_from=day.on if (pursuit_begins or wakes) and facts.gap_from is not None else facts.gap_from,
        agreed=None if rests else facts.agreed,
    )


def _track(state: Journey, status: Status, quadrant: Quadrant, day: DayFacts, dawn: _Dawn) -> Track | None:
    """The light road of whoever rests, and of class D; it begins anew with each rest."""
    if status is Status.NURTURING:
        return walked(state.track, day, anew=dawn.status is not status or day.nurture_until is not None)
    if status is Status.IN_PURSUIT and quadrant is Quadrant.D:
        return walked(state.track, day, anew=dawn.pursued_class is not quadrant)
    return None


def _moved_deals(state: Journey, day: DayFacts) -> tuple[Deal, ...]:
    deals = {deal.id: deal for deal in state.deals}
    if not day.deals and all(touch.deal is None or touch.deal in deals for touch in day.touches):
        return state.deals
    for touch in day.touches:
        if touch.deal is not None and touch.deal not in deals:
            deals[touch.deal] = Deal(touch.deal, DealPhase.UNOPENED, state.loose)
    for fact in day.deals:
        deal = deals.get(fact.deal)
        heat = state.loose if deal is None or deal.phase is DealPhase.WON else deal.heat
        strike, asked = (deal.strike, deal.asked_on) if deal else (NO_STRIKE, None)
        deals[fact.deal] = Deal(fact.deal, _PHASE_AFTER[fact.event], heat, strike, fact.expected_on, asked)
    return tuple(deals[key] for key in sorted(deals))


def _answers(answers: tuple[StandingAnswer, ...], day: DayFacts) -> tuple[StandingAnswer, ...]:
    if not day.answers:
        return answers
    latest = {(answer.axis, answer.indicator): answer for answer in answers}
    for answer in day.answers:
        key = (answer.axis, answer.indicator)
        if answer.score is None:
            latest.pop(key, None)
        else:
            latest[key] = StandingAnswer(answer.axis, answer.indicator, answer.score, day.on)
    return tuple(latest[key] for key in sorted(latest))


def _override(override: ClassOverride | None, day: DayFacts) -> ClassOverride | None:
    standing = day.override or (None if day.override_cleared else override)
    return standing if standing and day.on < standing.expires_on else None


def _quadrant(
    answers: tuple[StandingAnswer, ...], override: ClassOverride | None, *, visited: bool, ctx: Context
) -> Quadrant:
    if override is not None:
        return override.quadrant
    return judged_class(answers, ctx.scale.quadrant) if visited else Quadrant.UNCLASSIFIED


def _agreed(agreed: Agreement | None, day: DayFacts, deeds: _Deeds, ctx: Context) -> Agreement | None:
    """The next date agreed with the customer; a date kept, refused or replaced stands no longer."""
    longest = ctx.scale.heat.agreed_max_days
    for touch in reversed(day.touches):
        if touch.two_way and touch.agreed_on is not None and 0 < (touch.agreed_on - day.on).days <= longest:
            return Agreement(day.on, touch.agreed_on)
    if agreed is None or not deeds.counted:
        return agreed
    refused = any(touch.two_way and refuses_purchase(touch) for touch in day.touches)
    return None if refused or agreed.agreed_on <= day.on else agreed


def _nurture_until(until: date | None, day: DayFacts, deeds: _Deeds) -> date | None:
    if day.nurture_until is not None:
        return day.nurture_until if day.nurture_until > day.on else None
    if until is None or until <= day.on or day.woken or day.churned or deeds.opened or deeds.ordered:
        return None
    return until


def _touches_of(deal: int | None, day: DayFacts) -> tuple[TouchFact, ...]:
    return tuple([touch for touch in day.touches if touch.deal is None or touch.deal == deal])


def _judged_deal(  # noqa: PLR0917 - the whole day
    deal: Deal, state: Journey, day: DayFacts, deeds: _Deeds, stove: _Stove, whole: _Evening
) -> Deal:
    ordered = deal.id in deeds.orders
    if deal.phase is DealPhase.WON and not ordered:
        return deal
    evening = stove.like(whole, deal.heat, _touches_of(deal.id, day), ordered=ordered)
    strike = _judged_strike(deal, state, evening, stove) if deal.phase is DealPhase.OPEN else NO_STRIKE
    asked = deal.asked_on if deal.expected_on is None else asked_on(deal, evening.touches, stove.on, stove.ctx)
    return Deal(deal.id, deal.phase, evening.after, strike, deal.expected_on, asked)


def _judged_strike(deal: Deal, state: Journey, evening: _Evening, stove: _Stove) -> Strike:
    heat, touches = evening.after, evening.touches
    scale, ctx = stove.ctx.scale.heat, stove.ctx
    capped = is_capped(heat, scale)
    hot = reaches(shown_heat(heat.level, capped=capped, scale=scale), scale.strike.strike_from)
    if not hot and deal.strike.phase is StrikePhase.NONE:  # most days: no alert, and none is raised
        return NO_STRIKE if evening.after.counted_on == stove.on else deal.strike
    setback = next((code for code, _ in evening.judged.factors), "")
    day = StrikeDay(
        on=stove.on,
        hot_before=hot and _was_hot(deal.id, state, stove),
        hot=hot,
        ordered=evening.ordered,
        counted=evening.ordered or any(is_counted(touch) for touch in touches),
        advanced_to=_latest_date([touch for touch in touches if touch.outcome is Outcome.ADVANCE]),
        agreed_to=_latest_date(touches),
        cause=setback or ("capped" if capped and reaches(heat.level, scale.strike.strike_from) else "cooled"),
    )
    return judge_strike(deal.strike, day, lambda agreed_on: reopening_day(agreed_on, ctx))


def _latest_date(touches: Sequence[TouchFact]) -> date | None:
    return next((touch.agreed_on for touch in reversed(touches) if touch.two_way and touch.agreed_on), None)


def _was_hot(deal_id: int, state: Journey, stove: _Stove) -> bool:
    before = next((deal for deal in state.deals if deal.id == deal_id), None)
    if before is None or before.phase is not DealPhase.OPEN or state.on is None:
        return False
    if not reaches(before.heat.level, stove.ctx.scale.heat.strike.strike_from):
        return False
    yesterday = stove.on - timedelta(days=1)
    return outlook_of(before, state, state.on, stove.ctx).is_hot(yesterday)


def _swing(state: Journey, status: Status, level: float, *, ordered: bool, stove: _Stove) -> Swing:
    """The local peak and the drops; only a customer in pursuit can be followed erratically."""
    in_pursuit, dawn, ctx = status is Status.IN_PURSUIT, stove.dawn, stove.ctx
    if in_pursuit and dawn.status is not Status.IN_PURSUIT:
        return Swing(Peak(level, counts=not ordered), state.drops)
    if ordered or not in_pursuit:
        return Swing(Peak(level), state.drops)
    before = state.heat.level  # it cannot have risen since, so a level above it needs no closer look
    if state.on is not None and level <= before:
        yesterday = stove.on - timedelta(days=1)
        before = slope_of(state.heat, state.on, dawn.half_life_days, clock_of(state, ctx)).on(yesterday)
    swing = Swing(state.peak, state.drops)
    return swing_on(swing, on=stove.on, before=before, level=level, scale=ctx.scale.heat.erratic)
