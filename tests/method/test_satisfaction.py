"""Satisfaction: the worked examples of its page, and what must hold whatever was told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each
from wendu.method.purchase import Step, two_steps
from wendu.method.satisfaction import UNKNOWN, Answer, Content, band_of, counting, satisfaction

SCALE, TODAY = standard().satisfaction, date(2026, 3, 2)
POINTS = st.none() | st.integers(0, 10)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(("", "delivery", "people")),
    st.dates(TODAY - timedelta(days=800), TODAY + timedelta(days=9)),
    POINTS,
    POINTS,
    st.integers(1, 5),
)
NEXT = {
    "put it right; ask for nothing": Step.FIX_FIRST,
    "ask what is still open": Step.MINE,
    "ask how the last one went": Step.ASK,
}


def things(text: str) -> list[Answer]:
    found = []
    for place, each_thing in enumerate(text.split()):
        weight, points = each_thing.split(":")
        expectation, experience = (None if each == "-" else int(each) for each in points.split("/"))
        found.append(Answer(str(place), TODAY, expectation, experience, int(weight)))
    return found


@each("satisfaction", "how content")
def test_m10_content_is_what_they_experience_over_what_they_expected(row: Example) -> None:
    told = satisfaction(things(row["things"]), SCALE)

    shown = UNKNOWN if told.value is None else f"{float(told.value):.2f}".rstrip("0").rstrip(".")
    assert (shown, told.band) == (row["per cent"], row["band"])
    assert told.missing == tuple(row["missing"].split())
    assert told.provisional == (row["provisional"] == "yes")


@each("satisfaction", "which answers count")
def test_m10_about_each_thing_the_latest_counts_while_it_is_not_too_old(row: Example) -> None:
    given_answers = [one.split() for one in row["answers"].split(", ")]
    answers = [Answer(about, date.fromisoformat(day), 100, int(per)) for about, day, per in given_answers]

    counted = counting(answers, TODAY, SCALE)

    assert [f"{each.about} {each.experience}" for each in counted] == [one for one in row["counted"].split(", ") if one]


@each("satisfaction", "four customers")
def test_m107_what_comes_next_with_four_customers(row: Example) -> None:
    told = satisfaction(things(row["things"]), SCALE)
    percent = None if told.value is None else float(told.value)

    step = two_steps(
        has_new_need=False, satisfaction=percent, open_problems=0, satisfied_from=SCALE.satisfied_from
    ).band

    assert (told.band, step) == (row["band"], NEXT[row["what comes next"]])


@given(st.lists(ANSWERS, max_size=12))
def test_never_below_zero_never_known_from_nothing_and_told_of_each_thing_once(answers: list[Answer]) -> None:
    counted = counting(answers, TODAY, SCALE)
    told = satisfaction(counted, SCALE)

    assert len({each.about for each in counted}) == len(counted)
    assert (told.value is None) == (not any(each.is_whole for each in counted))
    assert told.value is None or float(told.value) >= 0
    assert told.band == UNKNOWN or told.band == band_of(float(told.value or 0), SCALE)


@given(st.integers(1, 10), st.integers(0, 9), st.integers(1, 5))
def test_a_better_experience_never_makes_anybody_less_content(expected: int, got: int, weight: int) -> None:
    worse, better = (
        satisfaction([Answer("", TODAY, expected, points, weight), Answer("people", TODAY, 8, 8)], SCALE)
        for points in (got, got + 1)
    )

    order = list(Content)
    assert float(worse.value or 0) < float(better.value or 0)
    assert order.index(Content(worse.band)) <= order.index(Content(better.band))
