"""When the end of a contract is talked about: the worked example, and that one day after the other leads to it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each
from wendu.method.contracts import Term, end_asked_on, stand

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
        followed=row["followed"] == "yes",
    )

    assert (found.term, found.talk_from.isoformat() if found.talk_from else "") == (row["stands"], row["talk from"])


@each("contracts", "end asked about on")
def test_the_end_is_asked_about_as_it_comes_near_and_after_each_talk(row: Example) -> None:
    found = end_asked_on(
        date(2026, 4, 16),
        date.fromisoformat(row["talked on"]) if row["talked on"] else None,
        on=date.fromisoformat(row["today"]),
        notice_days=30,
        every_days=14,
        stale_days=180,
        renews=row["renews"] == "yes",
    )

    assert str(found or "never") == row["asked on"]


@given(st.integers(-400, 400), st.integers(0, 400), st.one_of(st.none(), st.integers(-60, 0)), st.booleans())
def test_whoever_is_asked_today_has_a_contract_whose_end_is_urgent(left, notice_days, talked, renews) -> None:
    ends_on = TODAY + timedelta(days=left)
    talked_on = None if talked is None else TODAY + timedelta(days=talked)
    asked = {"every_days": 14, "stale_days": 180, "renews": renews}

    found = end_asked_on(ends_on, talked_on, on=TODAY, notice_days=notice_days, **asked)

    if found is not None and found <= TODAY:
        assert stand(ends_on, on=TODAY, notice_days=notice_days, in_force=True, renews=renews).is_urgent
        assert talked_on is None or talked_on < TODAY or ends_on == TODAY


@given(st.integers(-400, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_term_only_goes_forward(left, notice_days, later) -> None:
    ends_on = TODAY + timedelta(days=left)
    now, then = (
        stand(ends_on, on=day, notice_days=notice_days, in_force=True).term
        for day in (TODAY, TODAY + timedelta(days=later))
    )

    assert ORDER.index(now) <= ORDER.index(then)
