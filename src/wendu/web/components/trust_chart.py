"""Trust over the stages of a deal, drawn by the server: steps, for trust stays until somebody is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.trust_chart import PERSON, TrustChart, TrustLine, TrustRow

from .formats import day, whole
from .icons import icon
from .markup import format_html, format_html_join

STEP = 14
MARKS = (
    '<circle cx="{0}" cy="{1}" r="4"/>',
    '<path d="M{0} {1}m-4 -4h8v8h-8z"/>',
    '<path d="M{0} {1}m0 -5l5 9h-10z"/>',
    '<path d="M{0} {1}m0 -5.5l5 5.5l-5 5.5l-5 -5.5z"/>',
)
NARROW, WIDE = 6.6, 12.0


@dataclass(frozen=True, slots=True)
class Paper:
    """Where days and trust fall; names stand to the right of the drawing."""

    name: str
    width: int
    height: int
    right: int
    start: date
    days: int
    left: int = 26
    top: int = 22
    bottom: int = 8

    def x(self, on: date) -> float:
        """Place a day."""
        share = min(1.0, max(0.0, (on - self.start).days / self.days))
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, value: float) -> float:
        """Place a trust."""
        return round(self.height - self.bottom - value / 100 * (self.height - self.bottom - self.top), 1)

    @property
    def end(self) -> float:
        """The right edge of the drawing."""
        return self.width - self.right


def trust_chart(drawn: TrustChart) -> SafeString:
    """Draw it twice, for a desk and for a phone, with its sentence and its table."""
    days = max(1, (drawn.end - drawn.start).days)
    papers = (
        Paper("wide", 760, 208, 128, drawn.start, days),
        Paper("narrow", 326, 208, 96, drawn.start, days),
    )
    pictures = format_html_join(
        "", '<div class="{}">{}</div>', ((paper.name, _drawing(drawn, paper)) for paper in papers)
    )
    return format_html(
        '<figure class="curve trust-chart"><div role="img" aria-label="{}">{}</div>{}</figure>',
        drawn.sentence,
        pictures,
        _table(drawn.rows),
    )


def _drawing(drawn: TrustChart, paper: Paper) -> SafeString:
    layers = (*_ground(drawn, paper), *_borders(drawn, paper), *_lines(drawn.lines, paper), *_names(drawn.lines, paper))
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        paper.width,
        paper.height,
        format_html_join("", "{}", ((layer,) for layer in layers)),
    )


def _ground(drawn: TrustChart, paper: Paper) -> Iterator[SafeString]:
    for value in (0, 20, 40, 80, 100):
        y = paper.y(value)
        yield format_html('<path class="hair" d="M{} {}H{}"/>', paper.left, y, paper.end)
        yield format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', paper.left - 6, y + 4, value)
    y = paper.y(drawn.line)
    yield format_html('<path class="strike" d="M{} {}H{}"/>', paper.left, y, paper.end)
    yield format_html(
        '<text class="strike-word" x="{}" y="{}" text-anchor="end">{}</text>', paper.left - 6, y + 4, whole(drawn.line)
    )


def _borders(drawn: TrustChart, paper: Paper) -> Iterator[SafeString]:
    """Where each stage began; a name too wide for its stage is left to the title and the table."""
    ends = [*(border.on for border in drawn.borders[1:]), drawn.end]
    for border, end in zip(drawn.borders, ends, strict=True):
        left, right = paper.x(border.on), paper.x(end)
        shape = '<path class="border" d="M{} {}V{}"><title>{} {}</title></path>'
        yield format_html(shape, left, 6, paper.y(0), border.words, border.on.isoformat())
        if right - left >= _width(border.words) + 6:
            yield format_html('<text class="stage" x="{}" y="14">{}</text>', left + 4, border.words)


def _lines(lines: Sequence[TrustLine], paper: Paper) -> Iterator[SafeString]:
    people = [line for line in lines if line.kind == PERSON]
    for line in lines:
        fresh, stale = _steps(line, paper)
        yield format_html('<path class="way of-{}" d="{}"/>', line.kind, fresh)
        yield format_html('<path class="way of-{} stale" d="{}"/>', line.kind, stale) if stale else SafeString("")
        if line.kind != PERSON:
            continue
        mark = MARKS[people.index(line) % len(MARKS)]
        places = [(paper.x(point.on), paper.y(point.value)) for point in line.points]
        yield SafeString(f'<g class="at">{"".join([mark.format(*place) for place in places])}</g>')


def _steps(line: TrustLine, paper: Paper) -> tuple[str, str]:
    """The stairs of a course, and those of its stretches nobody asked in."""
    points, last = line.points, line.points[-1]
    end = paper.end
    path = f"M{paper.x(points[0].on)} {paper.y(points[0].value)}"
    path += "".join([f"H{paper.x(point.on)}V{paper.y(point.value)}" for point in points[1:]]) + f"H{end}"
    stale = []
    for stretch in line.stale:
        value = line.course.at(stretch.start)
        left, right = paper.x(stretch.start), paper.x(stretch.end)
        stale.append(f"M{left} {paper.y(last.value if value is None else value)}H{max(right, left + 2)}")
    return path, "".join(stale)


def _names(lines: Sequence[TrustLine], paper: Paper) -> Iterator[SafeString]:
    """Each line's name and value at its end, one under another where they would cover each other."""
    lowest = 0.0
    people = [line for line in lines if line.kind == PERSON]
    for line in sorted(lines, key=lambda each: -each.value):
        y = max(paper.y(line.value) + 4, lowest + STEP)
        lowest = y
        mark = ""
        if line.kind == PERSON:
            mark = MARKS[people.index(line) % len(MARKS)].format(paper.end + 10, round(y - 4, 1))
        yield SafeString(f'<g class="at">{mark}</g>')
        room = paper.right - 44
        shape = '<text class="who of-{}{}" x="{}" y="{}">{} <tspan class="v">{}</tspan></text>'
        css = "" if line.passes else " below"
        yield format_html(
            shape, line.kind, css, paper.end + 18, round(y, 1), _short(line.name, room), whole(line.value)
        )


def _short(name: str, room: float) -> str:
    """As much of a name as there is room for."""
    if _width(name) <= room:
        return name
    kept = ""
    for sign in name:
        if _width(kept + sign) > room - NARROW:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def _width(words: str) -> float:
    return sum(NARROW if sign.isascii() else WIDE for sign in words)


def _table(rows: Sequence[TrustRow]) -> SafeString:
    lines = format_html_join(
        "",
        '<tr><td>{}</td><td>{}</td><td>{}</td><td class="r">{}</td><td>{}</td></tr>',
        ((day(row.on, year=True), row.stage, row.name, whole(row.value), _remark(row)) for row in rows),
    )
    return format_html(
        '<details><summary class="link">{}{}</summary><div class="tbl-wrap" tabindex="0"><table class="tbl"><thead><tr>'
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col" class="r">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div></details>',
        icon("list"),
        _("Show as table"),
        _("Day"),
        _("Stage"),
        _("Whose"),
        _("Trust"),
        _("Against the line"),
        lines,
    )


def _remark(row: TrustRow) -> str:
    if row.is_stale:
        return _("not asked for too long")
    return _("over the line") if row.passes else _("not over the line")
