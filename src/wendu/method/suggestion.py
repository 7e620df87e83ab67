"""The next log on the fire: the cheapest kind of touch that lifts the customer into the next band (method: 3.4)."""

from dataclasses import dataclass
from datetime import date

from wendu.method.codes import Quadrant, Quality, Reach, Status
from wendu.method.facts import Context
from wendu.method.reading import exact
from wendu.method.scales import HeatScale, KindHeat
from wendu.method.standing import StandingFacts, heat_on

NEGOTIATION = "negotiation"


@dataclass(frozen=True, slots=True)
class NextLog:
    """A kind of touch, the day it should happen, and the heat and band it should lead to."""

    code: str
    kind: str | None
    on: date
    gain: float
    reaches: float
    band: str | None


def next_log(facts: StandingFacts, on: date, ctx: Context, reach: Reach = Reach.INFLUENCER) -> NextLog | None:
    """What to put on the fire and by when; at the strike line only the order itself is left to ask for.

    A customer who is asleep, given up or quiet needs no wood; class D is warmed without meeting face to face.
    """
    if facts.status in (Status.NURTURING, Status.DROPPED) or ctx.stops.is_quiet(on):
        return None
    by = max(on, facts.due_on or on)
    heat, scale = heat_on(facts, by, ctx), ctx.scale.heat
    if exact(heat) >= scale.strike.strike_from:
        return NextLog("ask_for_the_order", None, by, scale.top - heat, scale.top, scale.bands[-1].code)
    goal = next(band for band in scale.bands if exact(heat) < band.start)
    options = [
        (kind.effort_minutes, -_gain(kind, heat, reach, scale), code)
        for code, kind in scale.kinds.items()
        if _suits(code, kind, facts.quadrant)
    ]
    enough = [option for option in options if exact(heat - option[1]) >= goal.start]
    if enough:
        _, loss, code = min(enough)
        return NextLog("reaches_next_band", code, by, -loss, heat - loss, goal.code)
    _, loss, code = min(options, key=lambda option: (option[1], option[0], option[2]))
    return NextLog("warms_most", code, by, -loss, heat - loss, None) if loss < 0 else None


def _suits(code: str, kind: KindHeat, quadrant: Quadrant) -> bool:
    """Negotiation comes last, when class A is ready to decide; class D is not pressed face to face."""
    if code == NEGOTIATION:
        return quadrant is Quadrant.A
    return not (quadrant is Quadrant.D and kind.face_to_face)


def _gain(kind: KindHeat, heat: float, reach: Reach, scale: HeatScale) -> float:
    share = 1.0 if kind.two_way else scale.one_way_share
    points = kind.points * scale.quality[Quality.NORMAL] * scale.reach[reach] * share
    return min(points, max(0.0, kind.ceiling - heat))
