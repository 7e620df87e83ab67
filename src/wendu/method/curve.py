"""The temperature curve of a customer: a point a day, every log of wood, the gaps and the standstills."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.codes import Quadrant, Status
from wendu.method.facts import Context, DayFacts
from wendu.method.fold import fold, rolled
from wendu.method.gap import gap_of
from wendu.method.state import Journey
from wendu.method.status import clock_of, pace_of, silent_from, status_of
from wendu.method.temperature import slope_of

ONE_DAY = timedelta(days=1)


class Point(NamedTuple):
    """Heat, class and list at the end of one day."""

    on: date
    heat: float
    quadrant: Quadrant
    status: Status


class Log(NamedTuple):
    """One touch on the curve and what it brought."""

    on: date
    touch: int
    kind: str
    gain: float


class Span(NamedTuple):
    """A stretch of days, from the first to the last, and what it is."""

    start: date
    end: date
    code: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What the chart draws."""

    points: tuple[Point, ...]
    logs: tuple[Log, ...]
    gaps: tuple[Span, ...]
    stopped: tuple[Span, ...]

    def since(self, start: date) -> "Curve":
        """The part from a day on: what `curve` would tell, had it been asked to start there."""
        return Curve(
            tuple([point for point in self.points if point.on >= start]),
            tuple([log for log in self.logs if log.on >= start]),
            _clipped(self.gaps, start),
            _clipped(self.stopped, start),
        )


def _clipped(spans: Iterable[Span], start: date) -> tuple[Span, ...]:
    return tuple([Span(max(span.start, start), span.end, span.code) for span in spans if span.end >= start])


def curve(days: Iterable[DayFacts], start: date, end: date, ctx: Context) -> Curve:
    """The curve between two days; days before the start are folded, days after the end do not exist yet."""
    facts = {day.on: day for day in days if day.on <= end}
    state = Journey.empty()
    for on in sorted(on for on in facts if on < start):
        state = fold(state, facts[on], ctx)
    points: list[Point] = []
    logs: list[Log] = []
    codes: list[tuple[date, str, str]] = []
    for offset in range((end - start).days + 1):
        on = start + offset * ONE_DAY
        state = fold(state, facts[on], ctx) if on in facts else rolled(state, on, ctx)
        points.append(_point(state, on, ctx))
        codes.append((on, _gap_code(state, on, ctx), _stop_code(state, on, ctx)))
        if state.judged is not None and state.judged.on == on:
            logs += [Log(on, gain.touch, gain.kind, gain.gain) for gain in state.judged.gains]
    gaps = _spans((on, gap) for on, gap, _ in codes)
    return Curve(tuple(points), tuple(logs), gaps, _spans((on, stop) for on, _, stop in codes))


def _point(state: Journey, on: date, ctx: Context) -> Point:
    heat = 0.0
    if state.on is not None:
        heat = slope_of(state.heat, state.on, pace_of(state, ctx).half_life_days, clock_of(state, ctx)).on(on)
    return Point(on, heat, state.quadrant, status_of(state))


def _gap_code(state: Journey, on: date, ctx: Context) -> str:
    if status_of(state) is not Status.IN_PURSUIT:
        return ""
    gap = gap_of(silent_from(state), pace_of(state, ctx).max_gap_days, clock_of(state, ctx), ctx.scale.heat)
    if gap is None or on < gap.cold_on:
        return ""
    return "cold_gap_severe" if on >= gap.severe_on else "cold_gap"


def _stop_code(state: Journey, on: date, ctx: Context) -> str:
    if ctx.stops.is_quiet(on):
        return "quiet"
    if ctx.stops.is_stopped(on):
        return "holiday"
    waits = state.agreed is not None and state.agreed.made_on < on <= state.agreed.agreed_on
    return "agreed" if waits else ""


def _spans(codes: Iterable[tuple[date, str]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for on, code in codes:
        if spans and spans[-1].code == code and spans[-1].end + ONE_DAY == on:
            spans[-1] = Span(spans[-1].start, on, code)
        elif code:
            spans.append(Span(on, on, code))
    return tuple(spans)
