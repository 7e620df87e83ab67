"""The next log on the fire: the cheapest kind of touch that lifts the customer into the next band (method: 3.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from wendu.method.codes import Quadrant, Quality, Reach, Status
from wendu.method.deals.talk import too_early_to_negotiate
from wendu.method.facts import Context
from wendu.method.reading import exact, reaches
from wendu.method.scales import HeatScale, KindHeat
from wendu.method.standing import DealFacts, StandingFacts, heat_on, level_on
from wendu.method.temperature import band

NEGOTIATION, CALL = "negotiation", "phone"
COMES_FIRST = frozenset({
    "bad_experience",
    "gap_case",
    "recovery_48h",
    "nurture_wake",
    "requalify",
    "review_due",
    "quiet_over",
    "result_due",
    "repurchase_due",
    "payment_overdue",
    "renewal_due",
    "contract_ending",
})  # fmt: skip
"""What is mended, asked or judged before anybody thinks of the fire."""
STRONG_NEED = frozenset({Quadrant.A, Quadrant.B})
"""Who needs it enough to bargain for it."""


class Bargain(NamedTuple):
    """How far an open opportunity is: its stage, and whether an offer stands that may go out."""

    stage: str
    offer_stands: bool


NOT_KNOWN: Mapping[int, Bargain] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NextLog:
    """A kind of touch, the day by which it should happen, the heat it should lead to, and the band of that heat.

    Without a kind it is no touch that is missing but a question: the order, or the class.
    """

    code: str
    kind: str | None
    on: date
    gain: float
    reaches: float
    band: str | None


@dataclass(frozen=True, slots=True)
class _Fire:
    """The heat that counts on the day, what hides behind its cap, and how deep the touch reaches into the decision."""

    on: date
    heat: float
    hidden: float
    capped: bool
    quadrant: Quadrant
    reach: float
    has_deal: bool
    may_bargain: bool


@dataclass(frozen=True, slots=True)
class _Option:
    """One kind of touch, and the heat after it."""

    minutes: int
    kind: str
    gain: float
    heat: float


def next_log(
    facts: StandingFacts,
    on: date,
    ctx: Context,
    reach: Reach = Reach.INFLUENCER,
    situation: str = "routine",
    *,
    bargains: Mapping[int, Bargain] = NOT_KNOWN,
) -> NextLog | None:
    """What to put on the fire and by when; at the strike line only the order is left to ask for.

    `bargains` says of the open opportunities how far they are; without it nobody is told to negotiate.

    None for whoever sleeps, was given up, was never met, or must be left in peace: they need no wood today; nor while
    the situation asks for something else first. Who has bought and has nothing open is kept warm until the next
    revisit. Class D is warmed in the light ways of its track, and never pressed for an advance. Without an open
    opportunity there is no order to ask for: it is opened first.
    """
    if (
        situation in COMES_FIRST
        or ctx.stops.is_quiet(on)
        or facts.status in (Status.NURTURING, Status.DROPPED, Status.CHURNED, Status.UNVISITED)
    ):
        return None
    if facts.status is Status.EXISTING:
        return _kept_warm(facts, max(on, facts.revisit_due_on or on), ctx)
    fire = _fire(facts, max(on, facts.due_on or on), ctx, reach, bargains)
    scale = ctx.scale.heat
    if reaches(fire.heat, scale.strike.strike_from):
        return NextLog(_at_the_boil(fire), None, fire.on, scale.top - fire.heat, scale.top, scale.bands[-1].code)
    return _wood(fire, ctx)


def _at_the_boil(fire: _Fire) -> str:
    """Heat without a need is a wrong class, and an order needs something to order."""
    if fire.quadrant in (Quadrant.C, Quadrant.D):
        return "recheck_class"
    return "ask_for_the_order" if fire.has_deal else "open_the_deal"


def _fire(facts: StandingFacts, by: date, ctx: Context, reach: Reach, bargains: Mapping[int, Bargain]) -> _Fire:
    """The hottest open opportunity as it will be on the day, else the customer, whom everybody reaches alike."""
    hottest = max(facts.deals, key=lambda deal: heat_on(deal, by, ctx), default=None)
    if hottest is None:
        heat = heat_on(facts, by, ctx)
        return _Fire(
            by, heat, heat, capped=False, quadrant=facts.quadrant, reach=1.0, has_deal=False, may_bargain=False
        )
    return _Fire(
        on=by,
        heat=heat_on(hottest, by, ctx),
        hidden=level_on(hottest.heat, by, ctx),
        capped=_is_capped(hottest, by),
        quadrant=facts.quadrant,
        reach=ctx.scale.heat.reach[reach],
        has_deal=True,
        may_bargain=_may_bargain(facts.quadrant, bargains.get(hottest.deal)),
    )


def _may_bargain(quadrant: Quadrant, known: Bargain | None) -> bool:
    """Whether it is time to speak of price: the need is strong, and trust or a standing offer carries the talk."""
    if known is None or quadrant not in STRONG_NEED:
        return False
    return not too_early_to_negotiate(known.stage, quadrant, offer_stands=known.offer_stands)


def _is_capped(deal: DealFacts, on: date) -> bool:
    return deal.capped_from is not None and on >= deal.capped_from


def _wood(fire: _Fire, ctx: Context) -> NextLog | None:
    """The cheapest kind that reaches the next band; if none does, with an advance; else the one that warms most."""
    scale = ctx.scale.heat
    goal = next(each.start for each in scale.bands if exact(fire.heat) < each.start)
    plain = list(_options(fire, Quality.NORMAL, ctx))
    advances = [] if fire.quadrant is Quadrant.D else list(_options(fire, Quality.FULL, ctx))
    for code, options in (("reaches_next_band", plain), ("reach_band_with_advance", advances)):
        enough = [option for option in options if reaches(option.heat, goal)]
        if enough:
            return _chosen(code, min(enough, key=lambda each: (each.minutes, -each.gain, each.kind)), fire, scale)
    most = min(plain, key=lambda each: (-each.gain, each.minutes, each.kind), default=None)
    return _chosen("warms_most", most, fire, scale) if most is not None and most.gain > 0 else None


def _chosen(code: str, option: _Option, fire: _Fire, scale: HeatScale) -> NextLog:
    return NextLog(code, option.kind, fire.on, option.gain, option.heat, band(option.heat, scale))


def _options(fire: _Fire, quality: Quality, ctx: Context) -> Iterator[_Option]:
    """Every kind that suits, and what it makes of the heat; only an advance lifts it over the cap."""
    scale = ctx.scale.heat
    for code, kind in scale.kinds.items():
        if not _suits(code, kind, fire, ctx):
            continue
        gain = _gain(kind, fire.hidden, fire.reach * scale.quality[quality], scale)
        heat = fire.hidden + gain
        if fire.capped and quality is Quality.NORMAL:
            heat = min(heat, scale.strike.cap)
        yield _Option(kind.effort_minutes, code, heat - fire.heat, heat)


def _suits(code: str, kind: KindHeat, fire: _Fire, ctx: Context) -> bool:
    """They must take part, or silence goes on; negotiation waits for its time; class D is not pressed."""
    if not kind.two_way or (code == NEGOTIATION and not fire.may_bargain):
        return False
    return fire.quadrant is not Quadrant.D or code in ctx.scale.track.kinds


def _gain(kind: KindHeat, heat: float, factor: float, scale: HeatScale) -> float:
    return min(kind.points * factor, max(0.0, kind.ceiling - heat), scale.top - heat)


def _kept_warm(facts: StandingFacts, by: date, ctx: Context) -> NextLog | None:
    """The cheapest kind, no heavier than a call, that warms an existing customer at all; a warmer one needs nothing."""
    heat, scale = heat_on(facts, by, ctx), ctx.scale.heat
    call = scale.kinds.get(CALL)
    warming = [
        (kind.effort_minutes, code, gain)
        for code, kind in scale.kinds.items()
        if kind.two_way
        and not kind.face_to_face
        and (call is None or kind.effort_minutes <= call.effort_minutes)
        and (gain := _gain(kind, heat, 1.0, scale)) > 0
    ]
    if not warming:
        return None
    _, code, gain = min(warming)
    return NextLog("keep_warm", code, by, gain, heat + gain, band(heat + gain, scale))
