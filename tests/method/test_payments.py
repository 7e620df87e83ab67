"""What is open and overdue: the worked examples, and what must always hold."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each
from wendu.method.payments import Due, money_asked_on, owing

TODAY = date(2026, 3, 10)
AMOUNTS = st.integers(0, 10_000)
DUES = st.lists(
    st.builds(Due, st.integers(-60, 60).map(lambda days: TODAY + timedelta(days=days)), st.integers(1, 5_000)),
    max_size=6,
)


def dues(told: str) -> list[Due]:
    return [Due(date.fromisoformat(part.split()[0]), int(part.split()[1])) for part in told.split(", ") if part]


@each("payments", "an order of 100,000")
def test_m1_open_and_overdue(row: Example) -> None:
    back, paid = int(row["went back"]), int(row["received"])
    told = owing(int(row["price"]), dues(row["dues"]), received_minor=paid, returned_minor=back, on=TODAY)

    found = (told.open_minor, told.overdue_minor, told.next_minor, told.undated_minor)
    assert found == tuple(int(row[name]) for name in ("open", "overdue", "next", "undated"))


@each("payments", "asked for on")
def test_late_money_is_asked_for_the_day_after_and_a_week_after_each_talk(row: Example) -> None:
    due_on, talked_on = date.fromisoformat(row["due on"]), row["talked on"]

    found = money_asked_on(due_on, date.fromisoformat(talked_on) if talked_on else None, every_days=7)

    assert found == date.fromisoformat(row["asked on"])


def test_m1_goods_of_100k_and_60k_collected_leave_40k_with_its_day() -> None:
    told = owing(100, [Due(date(2026, 3, 1), 50), Due(date(2026, 4, 1), 50)], received_minor=60, on=TODAY)

    assert (told.open_minor, told.next_on, told.overdue_since) == (40, date(2026, 4, 1), None)


def test_a_due_is_late_from_the_day_after_its_own() -> None:
    due = [Due(TODAY, 5)]

    assert owing(5, due, received_minor=0, on=TODAY).overdue_since is None
    late = owing(5, due, received_minor=0, on=TODAY + timedelta(days=1))
    assert (late.overdue_since, late.overdue_days(TODAY + timedelta(days=3))) == (TODAY, 3)


@given(price=AMOUNTS, planned=DUES, paid=AMOUNTS, back=AMOUNTS)
def test_what_is_open_is_all_there_is_by_its_days_or_without(price, planned, paid, back) -> None:
    told = owing(price, planned, received_minor=paid, returned_minor=back, on=TODAY)

    assert told.open_minor - told.over_minor == told.owed_minor - paid
    assert sum(row.open_minor for row in told.dues) + told.undated_minor == told.open_minor
    assert 0 <= told.overdue_minor <= told.open_minor
    assert all(0 <= row.open_minor <= row.amount_minor for row in told.dues)


@given(price=AMOUNTS, planned=DUES, paid=AMOUNTS, more=AMOUNTS, back=AMOUNTS)
def test_money_never_makes_anything_more_overdue(price, planned, paid, more, back) -> None:
    before = owing(price, planned, received_minor=paid, returned_minor=back, on=TODAY)
    after = owing(price, planned, received_minor=paid + more, returned_minor=back, on=TODAY)
    returned = owing(price, planned, received_minor=paid, returned_minor=back + more, on=TODAY)

    assert after.overdue_minor <= before.overdue_minor
    assert returned.overdue_minor <= before.overdue_minor
