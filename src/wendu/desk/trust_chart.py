"""How trust went over the stages of a deal, as it is drawn and told: per person, of the company, of the deal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.coach.case import DealCase
from wendu.method.deals.trust_course import Course, Point, Stretch
from wendu.method.reading import exact
from wendu.opportunities.choices import Stage
from wendu.opportunities.models import StageMove

DRAWN = 4
PERSON, COMPANY, DEAL = "person", "company", "deal"


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One course under its name; `passes` says whether it is over the line today."""

    name: str
    kind: str
    course: Course
    passes: bool

    @property
    def points(self) -> tuple[Point, ...]:
        """The days on which it moved."""
        return self.course.points

    @property
    def stale(self) -> tuple[Stretch, ...]:
        """Where nobody asked for too long."""
        return self.course.stale

    @property
    def value(self) -> float:
        """What it is today."""
        return self.points[-1].value


@dataclass(frozen=True, slots=True)
class StageBorder:
    """The day on which the deal came to a stage."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class TrustRow:
    """One line of the table: whose trust moved to what, at which stage, and whether it was asked again since."""

    on: date
    name: str
    value: float
    stage: str
    passes: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class TrustChart:
    """All that is drawn and told; empty lines mean that nobody was rated."""

    lines: tuple[TrustLine, ...]
    borders: tuple[StageBorder, ...]
    rows: tuple[TrustRow, ...]
    line: float
    start: date
    end: date
    sentence: str
    more: int = 0


def trust_chart(case: DealCase, moves: Sequence[StageMove]) -> TrustChart | None:
    """The chart of a deal; nothing before anybody was rated. Nothing is asked of the database."""
    lines = list(_people(case))
    if not lines:
        return None
    borders = tuple(_borders(case, moves, lines))
    whole = [_line(case, pgettext("trust line", "Deal"), DEAL, case.deal_trust_course)] if len(lines) > 1 else []
    company = case.company_trust_course
    ours = [_line(case, pgettext("trust line", "Us"), COMPANY, company)] if company.points else []
    told = (*lines, *ours, *whole)
    return TrustChart(
        lines=(*lines[:DRAWN], *ours, *whole),
        borders=borders,
        rows=tuple(sorted(_rows(case, told, borders), key=lambda row: row.on, reverse=True)),
        line=case.scale.trust.above,
        start=borders[0].on,
        end=case.on,
        sentence=_sentence(case, told),
        more=max(0, len(lines) - DRAWN),
    )


def _people(case: DealCase) -> Iterable[TrustLine]:
    """Those rated, key people first, then by weight."""
    named = {each.contact_id: each.contact.name for each in case.influencers}
    keys = {person.id for person in case.keys}
    for person in sorted(case.people, key=lambda each: each.id not in keys):
        course = case.trust_courses[person.id]
        if course.points:
            yield _line(case, named[person.id], PERSON, course)


def _line(case: DealCase, name: str, kind: str, course: Course) -> TrustLine:
    return TrustLine(name, kind, course, exact(course.points[-1].value) > case.scale.trust.above)


def _borders(case: DealCase, moves: Sequence[StageMove], lines: Sequence[TrustLine]) -> Iterable[StageBorder]:
    """From the day the deal began, or the first that is known, to each stage it came to."""
    walked = sorted(moves, key=lambda move: (move.moved_on, move.pk))
    rated = min(line.points[0].on for line in lines)
    known = [day for day in (case.deal.opened_on, rated, *(move.moved_on for move in walked)) if day is not None]
    first = walked[0].from_stage if walked else case.deal.stage
    yield StageBorder(min(known), str(Stage(first).label))
    for move in walked:
        yield StageBorder(move.moved_on, str(Stage(move.to_stage).label))


def _rows(case: DealCase, lines: Iterable[TrustLine], borders: Sequence[StageBorder]) -> Iterable[TrustRow]:
    for line in lines:
        latest = line.points[-1]
        for point in line.points:
            stage = next(border.words for border in reversed(borders) if border.on <= point.on)
            stale = point is latest and any(stretch.end == case.on for stretch in line.stale)
            passes = exact(point.value) > case.scale.trust.above
            yield TrustRow(point.on, line.name, point.value, stage, passes, stale)


def _sentence(case: DealCase, lines: Iterable[TrustLine]) -> str:
    """The whole chart in words: who stands where, and since when nobody asked."""
    parts = [_told(line, case) for line in lines]
    facts: Mapping[str, object] = {"line": f"{case.scale.trust.above:g}", "who": str(_(", ")).join(parts)}
    return _("Trust over the stages, the line is %(line)s: %(who)s.") % facts


def _told(line: TrustLine, case: DealCase) -> str:
    first, last = line.points[0].value, line.value
    words = _("%(name)s %(first)s → %(last)s") if len(line.points) > 1 else _("%(name)s %(last)s")
    told = words % {"name": line.name, "first": f"{first:.0f}", "last": f"{last:.0f}"}
    days = next(((case.on - stretch.start).days + 1 for stretch in line.stale if stretch.end == case.on), 0)
    return f"{told} ({ngettext('stale for %(n)s day', 'stale for %(n)s days', days) % {'n': days}})" if days else told
