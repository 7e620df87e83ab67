"""Everything the method thinks of one customer on one day, each thought with its reasons."""

from dataclasses import dataclass
from datetime import date

from wendu.method.codes import Quadrant, Status
from wendu.method.erratic import erratic_reading
from wendu.method.explain import heat_reading, lid_reading, strike_reading
from wendu.method.facts import Context
from wendu.method.fold import rolled
from wendu.method.gap import gap_reading
from wendu.method.quadrant import quadrant_reading
from wendu.method.reading import Reading, Reason, because
from wendu.method.standing import DealFacts, StandingFacts, standing
from wendu.method.state import Journey, Lasting, StrikePhase
from wendu.method.status import clock_of
from wendu.method.windows import window_reading


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that must not wait: which rule, since when, for which opportunity."""

    rule: str
    since: date
    deal: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class DealView:
    """One open opportunity today."""

    facts: DealFacts
    heat: Reading
    strike: Reading


@dataclass(frozen=True, slots=True)
class CustomerView:
    """One customer today: the facts that stand, the readings, and the alerts to show."""

    on: date
    status: Status
    facts: StandingFacts
    quadrant: Reading
    heat: Reading
    window: Reading | None
    gap: Reading
    erratic: Reading
    deals: tuple[DealView, ...]
    alerts: tuple[Alert, ...]
    is_quiet: bool
    setback: Reason | None
    orders: tuple[date, ...] = ()
    lasting: Lasting | None = None

    @property
    def hottest(self) -> float:
        """The heat that counts for the priority: of the hottest open opportunity, else of the customer."""
        heats = [deal.heat.value for deal in self.deals] or [self.heat.value]
        return max(heat for heat in heats if isinstance(heat, float | int))


def view(state: Journey, on: date, ctx: Context) -> CustomerView:
    """The readings of a customer at the end of a day not earlier than the journey's latest."""
    state = rolled(state, on, ctx)
    facts = standing(state, ctx, on)
    deals = tuple(DealView(deal, lid_reading(deal, on, ctx), strike_reading(deal)) for deal in facts.deals)
    return CustomerView(
        on=on,
        status=facts.status,
        facts=facts,
        quadrant=quadrant_reading(
            state.answers,
            on=on,
            visited=state.gap_from is not None,
            overridden=state.override.quadrant if state.override else None,
            ordered_on=state.ordered_on,
            scale=ctx.scale.quadrant,
        ),
        heat=heat_reading(state, on, ctx),
        window=window_reading(facts.window, on, ctx) if facts.window else None,
        gap=gap_reading(facts.gap, on, facts.max_gap_days, clock_of(state, ctx)),
        erratic=erratic_reading(state.drops, on, ctx.scale.heat.erratic),
        deals=deals,
        alerts=alerts(facts, on, ctx),
        is_quiet=ctx.stops.is_quiet(on),
        setback=_setback(state, on, ctx),
        orders=state.orders,
        lasting=state.lasting,
    )


def alerts(facts: StandingFacts, on: date, ctx: Context, planned_on: date | None = None) -> tuple[Alert, ...]:
    """The alerts to show on a day, most urgent first; all are silent while clocks stand still.

    Far beyond its window a customer stands in the re-qualify queue and is no longer called cold.
    """
    if ctx.stops.is_stopped(on) or facts.status is not Status.IN_PURSUIT:
        return ()
    due_on = min((day for day in (facts.due_on, planned_on) if day), default=on)
    shown = [_strike_alert(deal, facts.quadrant) for deal in facts.deals if _strike_shows(deal, due_on, on)]
    shown += [
        Alert("missed_heat", deal.missed_on, deal.deal, because("missed_heat", cause=deal.missed_cause))
        for deal in facts.deals
        if deal.missed_on is not None and deal.missed_on <= on
    ]
    given_back = facts.window is not None and on > facts.window.hard_on
    if facts.gap is not None and on >= facts.gap.cold_on and not given_back:
        severe = on >= facts.gap.severe_on
        rule, since = ("cold_gap_severe", facts.gap.severe_on) if severe else ("cold_gap", facts.gap.cold_on)
        shown.append(Alert(rule, since, None, because(rule, silent_since=facts.gap.since.isoformat())))
    return tuple(shown)


def _strike_shows(deal: DealFacts, due_on: date, on: date) -> bool:
    """On the day it is raised, and from the day on which the next touch is due."""
    return (
        deal.strike is StrikePhase.OPEN and deal.strike_since is not None and (on == deal.strike_since or on >= due_on)
    )


def _strike_alert(deal: DealFacts, quadrant: Quadrant) -> Alert:
    ask = "recheck_class" if quadrant in (Quadrant.C, Quadrant.D) else "close"
    falls_on = deal.falls_on.isoformat() if deal.falls_on else None
    since = deal.strike_since or deal.heat.on or date.min
    return Alert("strike", since, deal.deal, because(ask, heat=deal.heat.level, falls_on=falls_on))


def _setback(state: Journey, on: date, ctx: Context) -> Reason | None:
    """What went wrong on the latest day with touches, while it can still be mended."""
    if state.judged is None:
        return None
    code = next((code for code, _ in state.judged.factors if code != "order"), None)
    if code is None:
        return None
    met = any(ctx.scale.heat.kinds[g.kind].face_to_face for g in state.judged.gains if g.kind in ctx.scale.heat.kinds)
    return because(code, days=(on - state.judged.on).days, face_to_face=met)
