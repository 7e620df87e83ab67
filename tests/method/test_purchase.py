"""The two steps of a purchase and the window around the next order: the worked examples, and what must hold."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context
from tests.method.pages import Example, each, said
from wendu.method.purchase import Step, Turn, Window, turn, two_steps
from wendu.method.repurchase import order_rhythm

DAYS = [date(2024, 1, 30), date(2024, 2, 29), date(2024, 4, 3), date(2024, 5, 1)]


@each("purchase", "next step")
def test_m107_what_comes_next_follows_from_need_and_content(row: Example) -> None:
    told = two_steps(
        has_new_need=row["new need"] == "yes",
        satisfaction=said(row["satisfaction"]),
        open_problems=int(row["open problems"]),
        is_asleep=row["asleep"] == "yes",
    )

    assert told.band == row["next"]
    assert told.provisional == (row["next"] == "ask")


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
    assert two_steps(has_new_need=need, satisfaction=content, open_problems=problems).band == Step.FIX_FIRST
