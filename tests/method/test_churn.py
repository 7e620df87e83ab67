"""A customer who bought has left: what falls silent, and what brings it back (docs/method/churn.md)."""

from datetime import date
from pathlib import Path

import pytest

from tests.method.build import context
from wendu.method.codes import DealEvent, Outcome
from wendu.method.facts import DayFacts, DealFact, TouchFact
from wendu.method.fold import fold
from wendu.method.standing import standing
from wendu.method.state import Journey

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "method" / "churn.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]
ON = date(2025, 4, 1)


def ordered(on: date) -> DayFacts:
    return DayFacts(on, (TouchFact(on.toordinal(), "visit", two_way=True, proactive=False, outcome=Outcome.ORDER),))


BEFORE = [ordered(date(2025, 1, 6)), ordered(date(2025, 2, 5)), ordered(date(2025, 3, 7))]
GONE = DayFacts(date(2025, 3, 10), churned=True)
THEN = {
    "nothing is said": [],
    "gone": [GONE],
    "gone, undone": [],  # the declaration is no fact any more
    "gone, taken up again on 2025-03-20": [GONE, DayFacts(date(2025, 3, 20), woken=True)],
    "gone, ordered on 2025-03-24": [GONE, ordered(date(2025, 3, 24))],
    "gone, new deal on 2025-03-24": [GONE, DayFacts(date(2025, 3, 24), deals=(DealFact(1, DealEvent.OPENED),))],
}


def after(days: list[DayFacts], on: date = ON):
    ctx, state = context(tier="normal"), Journey.empty()
    for day in days:
        state = fold(state, day, ctx)
    return standing(state, ctx, on)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_worked_example_holds(row: list[str]) -> None:
    then, status, revisit, reorder = row
    facts = after([*BEFORE, *THEN[then]])

    told = [str(day or "") for day in (facts.revisit_due_on, facts.reorder_due_on)]
    assert [facts.status.value, *told] == [status, revisit, reorder]


def test_every_row_of_the_page_is_tried() -> None:
    assert [row[0] for row in ROWS] == list(THEN)


def test_nobody_leaves_who_never_bought() -> None:
    talked = DayFacts(date(2025, 3, 7), (TouchFact(1, "visit", two_way=True),))

    assert after([talked, GONE]).status.value == "in_pursuit"


def test_a_date_agreed_before_is_not_kept_with_who_has_left() -> None:
    day = date(2025, 3, 8)
    agreed = DayFacts(day, (TouchFact(9, "phone", two_way=True, agreed_on=date(2025, 3, 28)),))

    assert after([*BEFORE, agreed], day).due_on == date(2025, 3, 28)
    gone = after([*BEFORE, agreed, GONE], GONE.on)
    assert (gone.due_on, gone.agreed_on) == (None, None)


def test_a_rest_until_a_day_follows_a_departure_and_ends_it() -> None:
    rests = DayFacts(date(2025, 3, 20), nurture_until=date(2025, 5, 1))

    assert after([*BEFORE, GONE, rests]).status.value == "nurturing"
    assert after([*BEFORE, GONE, rests], date(2025, 5, 2)).status.value == "existing"
