"""How trust went over the stages of a deal: of one influencer, of the company, and of the deal (method: 3.6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.deals.scales import TrustScale
from wendu.method.deals.trust import PersonRating, Promises, company_items, company_trust, trust_of

KEPT, KEPT_LATE, BROKEN = "kept", "kept_late", "broken"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rated:
    """What one influencer was rated on a day, and what he thinks of our company."""

    rating: PersonRating
    company: tuple[float | None, ...] = ()

    @property
    def on(self) -> date:
        """The day."""
        return self.rating.rated_on


@dataclass(frozen=True, slots=True)
class Settled:
    """One of our promises to somebody, or to the customer as a whole, the day it was over, and what became of it."""

    on: date
    state: str


class Point(NamedTuple):
    """From this day on trust had this value."""

    on: date
    value: float


class Stretch(NamedTuple):
    """Days on which the latest rating was too old."""

    start: date
    end: date


class Course(NamedTuple):
    """How trust went until a day."""

    points: tuple[Point, ...] = ()
    stale: tuple[Stretch, ...] = ()

    def at(self, day: date) -> float | None:
        """What it was on a day; None before anybody was asked."""
        return next((point.value for point in reversed(self.points) if point.on <= day), None)


def trust_course(
    rated: Sequence[Rated], settled: Sequence[Settled], to_all: Sequence[Settled], on: date, scale: TrustScale
) -> Course:
    """The course of one influencer's trust until a day; of several ratings on one day the last one counts.

    `settled` are our promises to him, `to_all` those to the customer as a whole, which rate our company.
    """
    told = sorted((each for each in rated if each.on <= on), key=lambda each: each.on)
    if not told:
        return Course()
    over = {each.on for each in (*settled, *to_all) if told[0].on < each.on <= on}
    days = sorted({each.on for each in told} | over)
    found = [(day, _on_day(told, settled, to_all, day, scale)) for day in days]
    return Course(_changes(found), _stale([each.on for each in told], on, scale))


def promises_of(settled: Iterable[Settled]) -> Promises:
    """How many were kept, kept late and broken."""
    over = [each.state for each in settled]
    return Promises(over.count(KEPT), over.count(KEPT_LATE), over.count(BROKEN))


def company_course(
    rated: Mapping[int, Sequence[Rated]], to_all: Sequence[Settled], on: date, scale: TrustScale
) -> Course:
    """What all of them think of the company, each by his latest rating until then, our promises to all of them told."""
    asked = {each.on for some in rated.values() for each in some if each.on <= on}
    if not asked:
        return Course()
    days = sorted(asked | {each.on for each in to_all if min(asked) < each.on <= on})
    return Course(_changes([(day, _company_on(rated, to_all, day, scale)) for day in days]))


def deal_course(courses: Iterable[tuple[int, Course]], on: date) -> Course:
    """The mean of their courses by weight, of those rated by then."""
    told = [(weight, course) for weight, course in courses if course.points]
    days = sorted({point.on for _weight, course in told for point in course.points if point.on <= on})
    return Course(_changes([(day, _mean_on(told, day)) for day in days]))


def _on_day(
    told: Sequence[Rated], settled: Sequence[Settled], to_all: Sequence[Settled], day: date, scale: TrustScale
) -> float | None:
    latest = next(each for each in reversed(told) if each.on <= day)
    company = company_trust(company_items(latest.company, _by(to_all, day), scale))
    return trust_of(latest.rating, _by(settled, day), company, scale).value


def _by(settled: Sequence[Settled], day: date) -> Promises:
    """What became of promises by a day."""
    return promises_of(each for each in settled if each.on <= day)


def _company_on(
    rated: Mapping[int, Sequence[Rated]], to_all: Sequence[Settled], day: date, scale: TrustScale
) -> float | None:
    items: list[float | None] = []
    for some in rated.values():
        told = [(each, company_items(each.company, _by(to_all, day), scale)) for each in some if each.on <= day]
        known = [(each.on, found) for each, found in told if company_trust(found) is not None]
        if known:
            items += max(known, key=lambda pair: pair[0])[1]
    return company_trust(items)


def _mean_on(told: Sequence[tuple[int, Course]], day: date) -> float | None:
    known = [(weight, value) for weight, course in told if (value := course.at(day)) is not None]
    weight = sum(each for each, _value in known)
    return sum(each * value for each, value in known) / weight if weight else None


def _changes(found: Iterable[tuple[date, float | None]]) -> tuple[Point, ...]:
    """The days on which it moved."""
    points: list[Point] = []
    for day, value in found:
        if value is not None and (not points or points[-1].value != value):
            points.append(Point(day, value))
    return tuple(points)


def _stale(days: Sequence[date], on: date, scale: TrustScale) -> tuple[Stretch, ...]:
    """From the day a rating is too old until the next one, or until the day asked for."""
    ends = [*days[1:], on]
    starts = [day + timedelta(days=scale.stale_after_days) + ONE_DAY for day in days]
    return tuple(Stretch(start, end) for start, end in zip(starts, ends, strict=True) if start <= end)
