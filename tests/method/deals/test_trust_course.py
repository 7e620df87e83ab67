"""How trust went over the stages: the examples of its page, and what holds of every course."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each
from wendu.method.deals.trust import PersonRating, company_items, company_trust, trust_of
from wendu.method.deals.trust_course import (
    Course,
    Point,
    Rated,
    Settled,
    company_course,
    deal_course,
    promises_of,
    trust_course,
)

SCALE = standard().deal.trust
DAY = date(2026, 1, 1)


def on(number: int) -> date:
    return DAY + timedelta(days=number)


def rated(cell: str) -> Rated:
    when, parts, company = cell.split(":")
    return Rated(PersonRating(on(int(when)), *map(float, parts.split("/"))), (float(company),))


def settled(cell: str) -> Settled:
    when, _colon, state = cell.partition(":")
    return Settled(on(int(when)), state)


@each("trust", "the course of one influencer")
def test_the_course_of_one_influencer(row: Example) -> None:
    ratings = [rated(cell) for cell in row["rated"].split()]
    promises, to_all = ([settled(cell) for cell in row[name].split()] for name in ("promises", "to all"))

    found = trust_course(ratings, promises, to_all, on(int(row["today"])), SCALE)

    assert [f"{(point.on - DAY).days}:{point.value:g}" for point in found.points] == row["course"].split()
    assert [f"{(each.start - DAY).days}-{(each.end - DAY).days}" for each in found.stale] == row["stale"].split()


MARKS = st.integers(0, 10).map(float)
RATINGS = st.lists(
    st.builds(
        lambda day, parts, company: Rated(PersonRating(on(day), *parts), (company,)),
        st.integers(0, 60),
        st.tuples(MARKS, MARKS, MARKS, MARKS),
        st.none() | MARKS,
    ),
    max_size=5,
)
PROMISES = st.lists(
    st.builds(Settled, st.integers(0, 60).map(on), st.sampled_from(["kept", "kept_late", "broken"])), max_size=6
)


@given(RATINGS, PROMISES, PROMISES)
def test_it_ends_where_the_trust_of_today_stands(
    ratings: list[Rated], promises: list[Settled], to_all: list[Settled]
) -> None:
    today = on(60)

    found = trust_course(ratings, promises, to_all, today, SCALE)

    if not ratings:
        assert found == Course()
        return
    latest = max(ratings, key=lambda each: each.on)
    latest = [each for each in ratings if each.on == latest.on][-1]
    company = company_trust(company_items(latest.company, promises_of(to_all), SCALE))
    now = trust_of(latest.rating, promises_of(promises), company, SCALE).value
    assert found.at(today) == pytest.approx(now)
    days = [point.on for point in found.points]
    assert days == sorted(set(days))
    assert found.at(on(-1)) is None


@given(st.lists(st.tuples(st.integers(1, 5), RATINGS), max_size=4))
def test_the_deal_lies_between_its_people(people: list[tuple[int, list[Rated]]]) -> None:
    courses = [(weight, trust_course(ratings, [], [], on(60), SCALE)) for weight, ratings in people]

    found = deal_course(courses, on(60))

    for point in found.points:
        known = [value for _weight, course in courses if (value := course.at(point.on)) is not None]
        assert min(known) - 1e-9 <= point.value <= max(known) + 1e-9


def test_the_company_is_what_everybody_thought_of_it_latest() -> None:
    first, second = rated("0:8/8/8/2:4"), rated("10:8/8/8/2:8")

    found = company_course({1: [first, rated("20:8/8/8/2:6")], 2: [second]}, [], on(30), SCALE)

    assert found.points == (Point(on(0), 40), Point(on(10), 60), Point(on(20), 70))


def test_our_word_to_all_of_them_moves_what_they_think_of_the_company() -> None:
    first = rated("0:8/8/8/2:4")
    word = [Settled(on(5), "kept"), Settled(on(6), "kept"), Settled(on(9), "broken")]

    found = company_course({1: [first]}, word, on(30), SCALE)

    assert found.points == (Point(on(0), 40), Point(on(9), 45))
    assert company_course({}, word, on(30), SCALE) == Course()
