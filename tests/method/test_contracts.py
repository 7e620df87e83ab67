"""When the end of a contract is talked about: the worked example, and that one day after the other leads to it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each
from wendu.method.contracts import Term, stand

TODAY = date(2026, 3, 2)
ORDER = (Term.RUNNING, Term.DUE, Term.OVER)


@each("contracts", "is the end near")
def test_the_end_is_near_from_the_days_of_notice_on(row: Example) -> None:
    found = stand(
        date.fromisoformat(row["ends on"]) if row["ends on"] else None,
        on=TODAY,
        notice_days=int(row["notice days"]),
        in_force=row["in force"] == "yes",
        renews=row["renews"] == "yes",
    )

    assert (found.term, found.talk_from.isoformat() if found.talk_from else "") == (row["stands"], row["talk from"])


@given(st.integers(-400, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_term_only_goes_forward(left, notice_days, later) -> None:
    ends_on = TODAY + timedelta(days=left)
    now, then = (
        stand(ends_on, on=day, notice_days=notice_days, in_force=True).term
        for day in (TODAY, TODAY + timedelta(days=later))
    )

    assert ORDER.index(now) <= ORDER.index(then)
