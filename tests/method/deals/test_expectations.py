"""What they expect: the examples of its page, and what holds of every table (METHOD 3.22)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each, said
from wendu.method.deals.codes import GoalPart, Reach
from wendu.method.deals.expectations import Goal, expectations

FINE = Goal(1, expected=20, promised=20, typical=20, best=30)
WRONG = {
    "-": {},
    **{part.value: {"lacks": (part,)} for part in GoalPart},
    "far": {"expected": 31, "promised": None},
    "over": {"promised": 35},
    "unsure": {"typical": None},
}
ANSWERS = {True: "yes", False: "no", None: "unknown"}


@each("expectations", "within reach")
def test_within_reach(row: Example) -> None:
    figures = {"expected": "expected", "promised": "promised", "typical": "usual", "best": "best"}
    known = {name: said(row[column]) for name, column in figures.items()}

    goal = Goal(1, **known, lower_is_better=row["less is better"] == "yes")

    assert goal.reach == row["reach"]
    assert ANSWERS[goal.over_promised] == row["over-promise"]
    assert goal.promise_ratio == pytest.approx(said(row["ratio"]))


@each("expectations", "the table of a deal")
def test_the_table_of_a_deal(row: Example) -> None:
    goals = [replace(FINE, id=number, **WRONG[cell]) for number, cell in enumerate(row["rows"].split())]

    found = expectations(goals)

    assert found.value == said(row["in order"])
    assert found.band == row["reading"]


FIGURES = st.none() | st.floats(0, 1000)
GOALS = st.builds(
    Goal,
    id=st.integers(1, 9),
    expected=FIGURES,
    promised=FIGURES,
    typical=FIGURES,
    best=FIGURES,
    lower_is_better=st.booleans(),
    lacks=st.lists(st.sampled_from(list(GoalPart)), max_size=2, unique=True).map(tuple),
)


@given(st.lists(GOALS, max_size=5))
def test_a_table_is_in_order_only_when_every_row_is_whole_and_known_to_be_within_reach(goals: list[Goal]) -> None:
    found = expectations(goals)

    sure = bool(goals) and all(
        not goal.lacks and goal.reach in (Reach.OK, Reach.STRETCH) and goal.over_promised is False for goal in goals
    )
    assert (found.band == "met") == sure
    named = {reason.numbers["expectation"] for reason in found.reasons}
    assert named == {goal.id for goal in goals if goal.is_wrong or goal.is_unsure}
