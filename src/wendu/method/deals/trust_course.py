"""How trust went over the stages of a deal: of one influencer, of the company, and of the deal (method: 3.6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.deals.scales import TrustScale
from wendu.method.deals.trust import PersonRating, Promises, company_trust, trust_of

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
    """One of our promises to him, the day it was over, and what became of it."""

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


def trust_course(rated: Sequence[Rated], settled: Sequence[Settled], on: date, scale: TrustScale) -> Course:
    """The course of one influencer's trust until a day; of several ratings on one day the last one counts."""
    told = sorted((each for each in rated if each.on <= on), key=lambda each: each.on)
    if not told:
        return Course()
    days = sorted({each.on for each in told} | {each.on for each in settled if told[0].on < each.on <= on})
    found = [(day, _on_day(told, settled, day, scale)) for day in days]
    return Course(_changes(found), _stale([each.on for each in told], on, scale))


def promises_of(settled: Iterable[Settled]) -> Promises:
    """How many were kept, kept late and broken."""
    over = [each.state for each in settled]
    return Promises(over.count(KEPT), over.count(KEPT_LATE), over.count(BROKEN))


def company_course(rated: Mapping[int, Sequence[Rated]], on: date) -> Course:
    """What all of them think of the company, each by his latest rating until then."""
    days = sorted({each.on for some in rated.values() for each in some if each.on <= on})
    return Course(_changes([(day, _company_on(rated, day)) for day in days]))


def deal_course(courses: Iterable[tuple[int, Course]], on: date) -> Course:
    """The mean of their courses by weight, of those rated by then."""
    told = [(weight, course) for weight, course in courses if course.points]
    days = sorted({point.on for _weight, course in told for point in course.points if point.on <= on})
    return Course(_changes([(day, _mean_on(told, day)) for day in days]))


def _on_day(told: Sequence[Rated], settled: Sequence[Settled], day: date, scale: TrustScale) -> float | None:
    latest = next(each for each in reversed(told) if each.on <= day)
    promises = promises_of(each for each in settled if each.on <= day)
    return trust_of(latest.rating, promises, company_trust(latest.company), scale).value


def _company_on(rated: Mapping[int, Sequence[Rated]], day: date) -> float | None:
    items: list[float | None] = []
    for some in rated.values():
        known = [each for each in some if each.on <= day and company_trust(each.company) is not None]
        if known:
            items += max(known, key=lambda each: each.on).company
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
