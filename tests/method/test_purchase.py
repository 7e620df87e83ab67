"""The two steps of a purchase and the window around the next order: the worked examples, and what must hold."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context, standard
from tests.method.pages import Example, each, said
from wendu.method.purchase import Met, Step, Turn, Whom, Window, from_whom, new_need, turn, two_steps
from wendu.method.repurchase import order_rhythm

CONTENT = standard().satisfaction
DAYS = [date(2024, 1, 30), date(2024, 2, 29), date(2024, 4, 3), date(2024, 5, 1)]


@each("purchase", "next step")
def test_m107_what_comes_next_follows_from_need_and_content(row: Example) -> None:
    told = two_steps(
        has_new_need=row["new need"] == "yes",
        satisfaction=said(row["satisfaction"]),
        open_problems=int(row["open problems"]),
        satisfied_from=CONTENT.satisfied_from,
        is_asleep=row["asleep"] == "yes",
    )

    assert told.band == row["next"]
    assert told.provisional == (row["next"] == "ask")


@each("purchase", "from whom")
def test_m107_from_whom_they_would_buy(row: Example) -> None:
    told = from_whom(
        satisfaction=said(row["satisfaction"]),
        open_problems=int(row["open problems"]),
        satisfied_from=CONTENT.satisfied_from,
    )

    assert told == row["from whom"]


@each("purchase", "a new need")
def test_m108_a_need_is_new_when_it_is_unmet_or_something_meets_it_better(row: Example) -> None:
    can = {"yes": True, "no": False, "unknown": None}[row["what they have can do it"]]
    now, then = (said(row[name]) for name in ("fit now", "fit of the best idea"))
    need = Met(can, None if now is None else int(now), None if then is None else int(then))

    told = new_need(need, context().scale.deal.demand.better_from)

    assert told.band == row["need"]
    assert told.provisional == (row["need"] == "unknown")


@given(st.integers(0, 10), st.integers(0, 10))
def test_m108_two_points_of_ten_are_enough_and_one_is_not(now: int, then: int) -> None:
    assert (new_need(Met(True, now, then), 2).band == "better") == (then - now >= 2)


@given(st.booleans(), st.none() | st.floats(0, 200), st.integers(0, 3))
def test_m107_nothing_is_offered_to_whom_they_would_hardly_buy_from(
    need: bool, content: float | None, problems: int
) -> None:
    felt = {"satisfaction": content, "open_problems": problems, "satisfied_from": CONTENT.satisfied_from}
    whom, step = from_whom(**felt), two_steps(has_new_need=need, **felt).band

    assert (step in (Step.OFFER, Step.MINE)) == (whom is Whom.US)


@each("purchase", "around the window")
def test_m112_the_window_around_the_next_order(row: Example) -> None:
    scale = context().scale.cadence
    rhythm = order_rhythm(DAYS, scale)
    assert rhythm is not None
    assert (rhythm.interval_days, rhythm.expected_on) == (30, date(2024, 5, 31))
    over = rhythm.window_to + timedelta(days=(scale.rhythm_ends_after_missed - 1) * 30 + 1)
    window = Window(rhythm.window_from, rhythm.expected_on, rhythm.window_to, over)

    assert turn(window, date.fromisoformat(row["day"])) == row["where"]


def test_without_a_rhythm_nothing_is_guessed() -> None:
    assert turn(None, DAYS[0]) is Turn.UNKNOWN


@given(st.booleans(), st.none() | st.floats(0, 200), st.integers(1, 9))
def test_a_problem_left_open_always_comes_first(need: bool, content: float | None, problems: int) -> None:
    told = two_steps(
        has_new_need=need, satisfaction=content, open_problems=problems, satisfied_from=CONTENT.satisfied_from
    )

    assert told.band == Step.FIX_FIRST
