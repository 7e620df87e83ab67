"""A fee that comes again: the worked examples, and what must always hold."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each
from wendu.method.subscriptions import Paid, ahead_of, cumulative, overtakes_on, renewal, renewal_asked_on
from wendu.method.windows import add_months

TODAY, BEGAN = date(2026, 3, 2), date(2024, 1, 31)


def paid(fees: list[int]) -> list[Paid]:
    return [Paid(add_months(BEGAN, 12 * n), fee, add_months(BEGAN, 12 * (n + 1))) for n, fee in enumerate(fees)]


@each("subscriptions", "due for renewal")
def test_m6_renewals_are_due_ahead(row: Example) -> None:
    ended = date.fromisoformat(row["ended on"]) if row["ended on"] else None

    assert renewal(date.fromisoformat(row["renews on"]), on=TODAY, ahead_days=45, ended_on=ended) == row["stands"]


@each("subscriptions", "a term of so many months")
def test_a_short_term_is_due_a_quarter_of_it_ahead(row: Example) -> None:
    assert ahead_of(int(row["months"]), ahead_days=45, share=0.25) == int(row["days ahead"])


@each("subscriptions", "asked about on")
def test_m6_a_renewal_is_asked_about_as_it_comes_near_and_after_each_talk(row: Example) -> None:
    talked_on = date.fromisoformat(row["talked on"]) if row["talked on"] else None
    numbers = {"ahead_days": 45, "every_days": 14, "stale_days": 180}

    found = renewal_asked_on(date(2026, 4, 16), talked_on, on=date.fromisoformat(row["today"]), **numbers)

    assert str(found or "never") == row["asked on"]


@each("subscriptions", "fees against buying once")
def test_m6_fees_reach_the_price_of_buying_once(row: Example) -> None:
    fees = [int(fee) for fee in row["fees"].split(",")]
    asked, next_on = date.fromisoformat(row["asked on"]), add_months(BEGAN, 12 * len(fees))
    sums = cumulative(paid(fees), term_months=12, upto=asked)
    day = overtakes_on(sums, price_minor=250, fee_minor=fees[-1], term_months=12, next_on=next_on)

    assert (sums[-1].minor, str(day) if day else "never") == (int(row["sum"]), row["reaches it on"])


def test_a_stretch_of_several_terms_is_paid_at_each_of_them() -> None:
    sums = cumulative([Paid(BEGAN, 100, add_months(BEGAN, 36))], term_months=12, upto=TODAY)

    assert [(each.on, each.minor) for each in sums] == [
        (BEGAN, 100),
        (date(2025, 1, 31), 200),
        (date(2026, 1, 31), 300),
    ]


@given(fees=st.lists(st.integers(0, 1_000), min_size=1, max_size=8), term=st.integers(1, 24))
def test_sums_never_fall_and_end_at_all_fees(fees: list[int], term: int) -> None:
    stretches = [
        Paid(add_months(BEGAN, term * n), fee, add_months(BEGAN, term * (n + 1))) for n, fee in enumerate(fees)
    ]
    sums = [each.minor for each in cumulative(stretches, term_months=term, upto=date(2060, 1, 1))]

    assert sums == sorted(sums)
    assert sums[-1] == sum(fees)
