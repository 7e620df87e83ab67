"""Heating by touches, cooling by gaps, and the bands of the thermometer (method: 3.4)."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import floor, log2
from typing import NamedTuple

from wendu.method.codes import Outcome, Quadrant, Quality, Reach, Refusal
from wendu.method.facts import Profile, TouchFact
from wendu.method.reading import CLOSE, exact, reaches
from wendu.method.scales import HeatScale, KindHeat, MethodScale
from wendu.method.state import Gain, Heat
from wendu.method.stops import Clock

UNTOUCHED = 1.0
UNKNOWN_KIND = KindHeat(points=0.0, ceiling=0.0, effort_minutes=0, two_way=True, face_to_face=False)


class Pace(NamedTuple):
    """How a customer's clocks beat: half-life of its heat and longest gap without loss."""

    half_life_days: float
    max_gap_days: int


@lru_cache(maxsize=1024)
def pace(quadrant: Quadrant, profile: Profile, scale: MethodScale) -> Pace:
    """Pace of a class, slowed by the rhythm of market and sale."""
    row = scale.heat.cooling[quadrant]
    rhythm = rhythm_of(profile, scale.heat)
    return Pace(row.half_life_days * rhythm, floor(row.max_gap_days * rhythm + 0.5))


@lru_cache(maxsize=1024)
def existing_pace(profile: Profile, scale: MethodScale) -> Pace:
    """Pace of a customer who has bought and has nothing open: the gap is the interval of its contact tier."""
    return Pace(scale.heat.existing_half_life_days * rhythm_of(profile, scale.heat), tier_interval(profile, scale))


def rhythm_of(profile: Profile, scale: HeatScale) -> float:
    """How much slower this profile beats; market and sale do not multiply, the slower one counts."""
    return max(scale.rhythm.market.get(profile.market, UNTOUCHED), scale.rhythm.sale.get(profile.sale, UNTOUCHED))


def tier_interval(profile: Profile, scale: MethodScale) -> int:
    """Days between two revisits of a contact tier, never more than the longest allowed (method: 3.20)."""
    cadence = scale.cadence
    days = cadence.interval_days.get(profile.tier, cadence.interval_days[cadence.default_tier])
    return min(days, cadence.longest_days)


def band(value: float, scale: HeatScale) -> str:
    """Name of the stretch of the thermometer a value lies in."""
    return next(b.code for b in reversed(scale.bands) if reaches(value, b.start))


def left(level: float, cooling_days: int, half_life_days: float) -> float:
    """What is left of a heat after days of cooling."""
    return level if cooling_days <= 0 else level * 2 ** (-cooling_days / half_life_days)


def cooled(heat: Heat, running_days: int, half_life_days: float) -> float:
    """What is left of a thermometer after running days without a touch: first it rests, then it cools."""
    return left(heat.level, running_days - heat.resting_days, half_life_days)


def is_counted(touch: TouchFact) -> bool:
    """Whether a touch starts the clocks anew: the customer took part, or ordered."""
    return touch.two_way or touch.outcome is Outcome.ORDER


class Slope(NamedTuple):
    """A heat left alone: it rests for its grace and then halves every half-life, on the customer's own clock."""

    level: float
    since: date
    resting_days: int
    half_life_days: float
    clock: Clock

    def on(self, day: date) -> float:
        """The heat at the end of a day not earlier than `since`."""
        return left(self.level, self.clock.running_days(self.since, day) - self.resting_days, self.half_life_days)

    def falls_below(self, threshold: float) -> date | None:
        """The first day after the start that ends below a threshold; None if it starts below or never falls."""
        if threshold <= 0 or not reaches(self.level, threshold):
            return None
        days = self._cooling_days(threshold)
        while reaches(self._after(days), threshold):
            days += 1
        return self.clock.advance(self.since, self.resting_days + days)

    def below(self, threshold: float) -> date | None:
        """The first day, `since` included, that ends below a threshold; None if it never falls."""
        return self.falls_below(threshold) if reaches(self.level, threshold) else self.since

    def rebased(self, day: date) -> "Slope":
        """The same slope seen from a later day."""
        if day <= self.since:
            return self
        gone = self.clock.running_days(self.since, day)
        resting = max(0, self.resting_days - gone)
        return Slope(self.on(day), day, resting, self.half_life_days, self.clock)

    def stays_above(self, threshold: float, upto: date) -> bool:
        """Whether even a clock that never stops could not bring it down to a threshold; a no may be wrong."""
        days = (upto - self.since).days - self.resting_days
        return left(self.level, days, self.half_life_days) > threshold + CLOSE

    def falls_to(self, threshold: float) -> date | None:
        """The first day after the start that ends at a threshold or below; None if it starts there or never falls."""
        threshold = exact(threshold)
        if threshold <= 0 or exact(self.level) <= threshold:
            return None
        days = self._cooling_days(threshold)
        while exact(self._after(days)) > threshold:
            days += 1
        return self.clock.advance(self.since, self.resting_days + days)

    def cools_from(self) -> date:
        """The latest day without loss: from the next day on every running day cools."""
        return self.clock.standstill_end(self.clock.advance(self.since, self.resting_days))

    def _after(self, cooling_days: int) -> float:
        return left(self.level, cooling_days, self.half_life_days)

    def _cooling_days(self, threshold: float) -> int:
        return max(1, floor(self.half_life_days * log2(self.level / threshold)))


def slope_of(heat: Heat, since: date, half_life_days: float, clock: Clock) -> Slope:
    """The slope a thermometer is on."""
    return Slope(heat.level, since, heat.resting_days, half_life_days, clock)


def effective_quality(touch: TouchFact) -> tuple[Quality, bool]:
    """Quality of a touch, and whether a missing value note lowered it."""
    quality = touch.quality or _QUALITY_OF.get(touch.outcome, Quality.NORMAL)
    if quality is Quality.FULL and not touch.value_note:
        return Quality.NORMAL, True
    return quality, False


_QUALITY_OF = {Outcome.ORDER: Quality.FULL, Outcome.ADVANCE: Quality.FULL, Outcome.CONTINUATION: Quality.THIN}


def heat_up(leftover: float, touches: Sequence[TouchFact], *, pursued: bool, scale: HeatScale) -> tuple[Gain, ...]:
    """What each touch of one day brings: the best of a kind and contact, in ascending ceiling (method: 3.4).

    Without an open opportunity (`pursued`) every contact reaches alike.
    """
    if not touches:
        return ()
    level, gains = leftover, []
    for wood in _firewood(touches, pursued=pursued, scale=scale):
        gain = min(_strength(wood), max(0.0, wood.ceiling - level), scale.top - level)
        level += gain
        gains.append(wood._replace(gain=gain))
    return tuple(gains)


def judge(
    leftover: float, gains: Iterable[Gain], factors: Iterable[tuple[str, float]], *, ordered: bool, top: float
) -> float:
    """The heat at the end of a day: leftover, gains, then order, refusal and bad experience."""
    level = leftover
    for gain in gains:
        level += gain.gain
    if ordered:
        level = top
    for _, factor in factors:
        level *= factor
    return level


def setbacks(touches: Iterable[TouchFact], scale: HeatScale) -> tuple[tuple[str, float], ...]:
    """Factors of a day: the strongest refusal once, a bad experience once."""
    refusal, hurt = "", False
    for touch in touches:
        hurt = hurt or touch.bad_experience
        if refuses_purchase(touch):
            refusal = "purchase_refused"
        elif touch.outcome is Outcome.NO_SALE:
            refusal = refusal or "objective_refused"
    if not refusal and not hurt:
        return ()
    factor = {"purchase_refused": scale.refusals.purchase, "objective_refused": scale.refusals.objective}
    refused = ((refusal, factor[refusal]),) if refusal else ()
    return (*refused, ("bad_experience", scale.refusals.bad_experience)) if hurt else refused


def refuses_purchase(touch: TouchFact) -> bool:
    """Whether the purchase itself was refused; a no-sale that does not say what it refused counts as that."""
    return touch.outcome is Outcome.NO_SALE and touch.refusal is not Refusal.OBJECTIVE


def _firewood(touches: Sequence[TouchFact], *, pursued: bool, scale: HeatScale) -> list[Gain]:
    if len(touches) == 1:
        return [_wood(touches[0], pursued=pursued, scale=scale)]
    best: dict[tuple[str, int | None], Gain] = {}
    for touch in touches:
        wood, key = _wood(touch, pursued=pursued, scale=scale), (touch.kind, touch.contact)
        if key not in best or _strength(wood) > _strength(best[key]):
            best[key] = wood
    return sorted(best.values(), key=lambda wood: (wood.ceiling, wood.kind, wood.touch))


def _wood(touch: TouchFact, *, pursued: bool, scale: HeatScale) -> Gain:
    kind, (quality, lowered) = scale.kinds.get(touch.kind, UNKNOWN_KIND), effective_quality(touch)
    return Gain(
        touch=touch.id,
        kind=touch.kind,
        points=kind.points,
        quality=scale.quality[quality],
        reach=scale.reach[touch.reach if pursued else Reach.INFLUENCER],
        share=UNTOUCHED if touch.two_way else scale.one_way_share,
        ceiling=kind.ceiling,
        gain=0.0,
        note_missing=lowered,
    )


def _strength(wood: Gain) -> float:
    return wood.points * wood.quality * wood.reach * wood.share
