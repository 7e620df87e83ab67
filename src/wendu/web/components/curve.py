"""The temperature curve, drawn by the server: no chart library, readable as a sentence and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .formats import day, whole
from .icons import icon
from .markup import format_html, format_html_join

STRIKE = 80
NARROW, WIDE = 6.5, 12.0


class Point(Protocol):
    """Heat on a day; a day with a touch has two points, before and after."""

    on: date
    value: float
    band: str


class Wood(Protocol):
    """One touch: what it was, and how it moved the heat; `advance` is drawn filled."""

    on: date
    before: float
    after: float
    advance: bool
    words: str


class Gap(Protocol):
    """Silence longer than the class allows."""

    start: date
    end: date
    days: int


class Stop(Protocol):
    """A period in which the clock stood still, and why."""

    start: date
    end: date
    words: str


class Curve(Protocol):
    """All a curve needs, computed elsewhere; `points` are in order of time."""

    points: Sequence[Point]
    touches: Sequence[Wood]
    gaps: Sequence[Gap]
    stops: Sequence[Stop]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where days and degrees fall on the paper."""

    name: str
    width: int
    height: int
    start: date
    days: int
    left: int = 30
    right: int = 20
    top: int = 14
    bottom: int = 26

    def x(self, on: date) -> float:
        """Place a day, kept inside the paper."""
        share = min(1.0, max(0.0, (on - self.start).days / self.days))
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, value: float) -> float:
        """Place a degree."""
        share = min(100.0, max(0.0, value)) / 100
        return round(self.height - self.bottom - share * (self.height - self.bottom - self.top), 1)

    @property
    def end(self) -> float:
        """The right edge of the drawing."""
        return self.width - self.right


def curve(drawn: Curve) -> SafeString:
    """Draw the curve twice, for a desk and for a phone, with its sentence and its table."""
    if not drawn.points:
        return format_html('<p class="mut f2">{}</p>', _("No touch yet: nothing to draw."))
    start, end = drawn.points[0].on, drawn.points[-1].on
    days = max(1, (end - start).days)
    drawings = format_html_join(
        "",
        '<div class="{}">{}</div>',
        (
            (frame.name, _drawing(drawn, frame))
            for frame in (Frame("wide", 876, 236, start, days), Frame("narrow", 330, 190, start, days))
        ),
    )
    return format_html(
        '<figure class="curve"><div role="img" aria-label="{}">{}</div>{}</figure>',
        sentence(drawn),
        drawings,
        _table(drawn),
    )


def sentence(drawn: Curve) -> str:
    """Say the whole curve in one sentence."""
    values = [point.value for point in drawn.points]
    facts = {
        "days": (drawn.points[-1].on - drawn.points[0].on).days,
        "first": whole(values[0]),
        "last": whole(values[-1]),
        "top": whole(max(values)),
        "low": whole(min(values)),
        "touches": len(drawn.touches),
        "gaps": len(drawn.gaps),
    }
    return (
        _(
            "Temperature over %(days)s days: %(first)s° at first, %(last)s° now, highest %(top)s°, lowest %(low)s°; "
            "touches: %(touches)s, cold gaps: %(gaps)s."
        )
        % facts
    )


def _drawing(drawn: Curve, frame: Frame) -> SafeString:
    layers = (
        *_bands(drawn, frame),
        *_grid(frame),
        *_line(drawn.points, frame),
        *_wood(drawn.touches, frame),
        *_strike(drawn.points[-1], frame),
        _end(drawn.points[-1], frame),
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        frame.width,
        frame.height,
        format_html_join("", "{}", ((layer,) for layer in layers)),
    )


def _bands(drawn: Curve, frame: Frame) -> Iterator[SafeString]:
    """Silence as a cold band, stopped time as a hatched one."""
    top, depth = frame.y(100), frame.y(0) - frame.y(100)
    pattern = f"stop-{frame.name}"
    if drawn.stops:
        yield format_html(
            '<defs><pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(25)">'
            '<rect class="stop-ground" width="7" height="7"/><path class="stop-line" d="M0 0V7"/></pattern></defs>',
            pattern,
        )
    for stop in drawn.stops:
        left, right = frame.x(stop.start), frame.x(stop.end)
        rect = '<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{})"><title>{}</title></rect>'
        yield format_html(rect, left, top, round(max(2.0, right - left), 1), depth, pattern, stop.words)
        yield _word(left, right, top, "stop-word", stop.words)
    for gap in drawn.gaps:
        left, right = frame.x(gap.start), frame.x(gap.end)
        words = ngettext("%(n)s day silent", "%(n)s days silent", gap.days) % {"n": gap.days}
        rect = '<rect class="gap" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
        yield format_html(rect, left, top, round(max(2.0, right - left), 1), depth, words)
        yield _word(left, right, top, "gap-word", words)


def _word(left: float, right: float, top: float, css: str, words: str) -> SafeString:
    if right - left < sum(NARROW if sign.isascii() else WIDE for sign in words):
        return SafeString("")
    shape = '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>'
    return format_html(shape, css, round((left + right) / 2, 1), top + 16, words)


def _grid(frame: Frame) -> Iterator[SafeString]:
    for value in range(0, 101, 20):
        y = frame.y(value)
        yield format_html('<path class="hair" d="M{} {}H{}"/>', frame.left, y, frame.end)
        yield format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', frame.left - 8, y + 4, value)
    for on in _months(frame):
        shape = '<text x="{}" y="{}">{}</text>'
        yield format_html(shape, frame.x(on), frame.height - 6, _month(on))


def _months(frame: Frame) -> Iterator[date]:
    """The first day of each month that leaves room for its name."""
    year, month = frame.start.year, frame.start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 (December)
        on = date(year, month, 1)
        if (on - frame.start).days > frame.days or frame.x(on) > frame.end - 24:
            return
        yield on


def _month(on: date) -> str:
    names = (
        pgettext("month on an axis", "Jan"),
        pgettext("month on an axis", "Feb"),
        pgettext("month on an axis", "Mar"),
        pgettext("month on an axis", "Apr"),
        pgettext("month on an axis", "May"),
        pgettext("month on an axis", "Jun"),
        pgettext("month on an axis", "Jul"),
        pgettext("month on an axis", "Aug"),
        pgettext("month on an axis", "Sep"),
        pgettext("month on an axis", "Oct"),
        pgettext("month on an axis", "Nov"),
        pgettext("month on an axis", "Dec"),
    )
    return names[on.month - 1]


def _line(points: Sequence[Point], frame: Frame) -> Iterator[SafeString]:
    """The line in the ink of each band; a new path starts where the band changes."""
    path: list[str] = []
    band = points[0].band
    for here, there in pairwise(points):
        if here.band != band and path:
            yield _stroke(band, path)
            path = []
        band = here.band
        if not path:
            path.append(f"M{frame.x(here.on)} {frame.y(here.value)}")
        path.append(f"L{frame.x(there.on)} {frame.y(there.value)}")
    if path:
        yield _stroke(band, path)


def _stroke(band: str, path: list[str]) -> SafeString:
    return format_html('<path class="line" data-band="{}" d="{}"/>', band, "".join(path))


def _wood(touches: Sequence[Wood], frame: Frame) -> Iterator[SafeString]:
    """A touch is a log of wood, from the heat before it to the heat after."""
    for touch in touches:
        top, foot = frame.y(max(touch.before, touch.after)), frame.y(min(touch.before, touch.after))
        shape = '<rect class="{}" x="{}" y="{}" width="6" height="{}" rx="2"><title>{}</title></rect>'
        css = "wood adv" if touch.advance else "wood"
        yield format_html(shape, css, round(frame.x(touch.on) - 3, 1), top, round(max(4.0, foot - top), 1), touch.words)


def _strike(last: Point, frame: Frame) -> Iterator[SafeString]:
    y = frame.y(STRIKE)
    yield format_html('<path class="strike" d="M{} {}H{}"/>', frame.left, y, frame.end)
    crowded = last.value > STRIKE - 2  # the end dot, or the degrees written below it, would sit on the word
    x, anchor = (frame.left + 4, "start") if crowded else (frame.end - 4, "end")
    shape = '<text class="strike-word" x="{}" y="{}" text-anchor="{}">{}</text>'
    yield format_html(shape, x, y - 7, anchor, _("80° strike now"))


def _end(last: Point, frame: Frame) -> SafeString:
    x, y = frame.x(last.on), frame.y(last.value)
    crowded = last.value <= 16 or STRIKE <= last.value <= 94  # noqa: PLR2004 (the axis below, or the line at 80)
    below = y - 12 if crowded else y + 24
    return format_html(
        '<g data-band="{}"><circle class="end" cx="{}" cy="{}" r="5"/>'
        '<text class="end-word" x="{}" y="{}" text-anchor="end">{}°</text></g>',
        last.band,
        x,
        y,
        x + 9,
        below,
        whole(last.value),
    )


def _table(drawn: Curve) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><td>{}</td><td>{}</td><td class="r">{}°</td><td class="r">{}°</td></tr>',
        ((day(each.on, year=True), each.words, whole(each.before), whole(each.after)) for each in drawn.touches),
    )
    return format_html(
        '<details><summary class="link">{}{}</summary><div class="tbl-wrap" tabindex="0"><table class="tbl"><thead><tr>'
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col" class="r">{}</th>'
        '<th scope="col" class="r">{}</th>'
        "</tr></thead><tbody>{}</tbody></table></div></details>",
        icon("list"),
        _("Show as table"),
        _("Day"),
        _("Touch"),
        _("Before"),
        _("After"),
        rows,
    )
