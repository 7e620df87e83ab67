"""What a customer is worth in three parts: the worked examples, the four customers, and what must always hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context
from tests.method.pages import Example, each, said
from wendu.method.lifetime import (
    Basis,
    Bought,
    CustomerValue,
    Dealings,
    ExtraSale,
    Kept,
    Referrals,
    average_years,
    customer_value,
    kept_years,
    yearly_amount,
)

TODAY = date(2026, 3, 2)
SCALE = context().scale.lifetime
CENT = 0.01


def codes(worth: CustomerValue) -> list[str]:
    return [reason.code for reason in worth.reading.reasons]


def bought(times: int, every: int, silent: int, margin: int | None = 12_000) -> list[Bought]:
    return [Bought(TODAY - timedelta(days=silent + every * back), 30_000, margin) for back in range(times)]


@each("lifetime", "three parts")
def test_m11_the_value_has_three_parts(row: Example) -> None:
    share, referred = said(row["share kept"]), said(row["referrals a year"])
    history = [
        Bought(TODAY - timedelta(days=1400), 80_000_00, int(float(row["earned"]) * 100) - 3 * 20_000_00),
        *[Bought(TODAY - timedelta(days=300 * back), 20_000_00, 20_000_00) for back in (1, 2, 3)],
    ]
    sales = float(row["sales by chance"]) * 100
    known = Dealings(
        bought=[each._replace(revenue=each.margin or 0) for each in history],
        stage="mature",
        kept=None if share is None else Kept(round(share * 1000), 1000, "segment"),
        sales=[ExtraSale(0.5, 2 * sales)] if sales else [],
        referrals=None
        if referred is None
        else Referrals(referred, float(row["conversion"]), float(row["first year"]) * 100),
    )

    worth = customer_value(known, TODAY, SCALE)

    told = (worth.history, worth.current, worth.potential, worth.total)
    expected = [said(row[name]) for name in ("history", "current", "potential", "total")]
    assert [None if each is None else round(each / 100, 2) for each in told] == pytest.approx(expected, abs=CENT)
    assert worth.basis is Basis.MARGIN
    assert worth.reading.provisional == (share is None or referred is None)


@each("lifetime", "customers they bring")
def test_m11_customers_they_bring_count_by_their_own_years_and_the_house_s_share(row: Example) -> None:
    lately, known = said(row["brought lately"]), float(row["known for, years"])
    conversion, first = (
        None if row[name] == "few" else float(row[name]) for name in ("of those who are brought buy", "first year")
    )
    told = None
    if lately is not None:
        a_year = lately / min(max(known, 1.0), SCALE.years)
        told = Referrals(a_year, conversion, None if first is None else first * 100, 20)
    orders = [Bought(TODAY - timedelta(days=40), 100_000, round(100_000 * float(row["margin share"])))]

    worth = customer_value(Dealings(orders, row["stage"], referrals=told), TODAY, SCALE)

    expected = said(row["potential"])
    assert worth.potential == (None if expected is None else pytest.approx(expected * 100))
    assert ("referrals" in worth.reading.missing) == (lately is None)
    assert ("referred" in worth.reading.missing) == (lately is not None and expected is None)
    said_of_it = {"worth_referrals", "worth_referrals_few", "worth_brought_nobody"} & set(codes(worth))
    assert len(said_of_it) == (0 if lately is None else 1)


def test_m11_the_factor_of_the_method() -> None:
    assert round(kept_years(0.8, SCALE), 4) == 1.6409


def test_m5_m25_how_long_customers_stay() -> None:
    assert (average_years(0.25), average_years(0.2), average_years(0.0)) == (4.0, 5.0, None)


@each("lifetime", "four customers")
def test_m11_four_customers(row: Example) -> None:
    orders = bought(int(row["orders"]), int(row["every, days"] or 1), int(row["silent, days"]), 12_000_00)
    worth = customer_value(Dealings(orders, row["stage"], Kept(80, 100, "house")), TODAY, SCALE)
    yearly = yearly_amount(orders, TODAY, SCALE, Basis.MARGIN)

    assert yearly is not None
    assert yearly.amount / 100 == pytest.approx(float(row["a year"]), abs=1)
    assert (worth.current or 0.0) / 100 == pytest.approx(float(row["current"]), abs=1)


def test_one_unknown_cost_makes_it_revenue_and_says_so() -> None:
    worth = customer_value(Dealings([*bought(2, 30, 5), Bought(TODAY, 500, None)], "mature"), TODAY, SCALE)

    assert (worth.basis, worth.history, worth.margin) == (Basis.REVENUE, 60_500, None)
    assert "margin" in worth.reading.missing


def test_of_too_few_customers_no_share_is_named() -> None:
    worth = customer_value(Dealings(bought(3, 30, 5), "mature", Kept(3, 4, "house")), TODAY, SCALE)

    assert (worth.current, worth.low) == (None, None)
    assert "worth_kept_too_few" in codes(worth)


def test_who_has_gone_goes_on_with_nothing_and_who_sleeps_is_provisional() -> None:
    gone = customer_value(Dealings(bought(4, 30, 200), "churned", Kept(80, 100, "house")), TODAY, SCALE)
    asleep = customer_value(Dealings(bought(4, 60, 100), "dormant", Kept(80, 100, "house")), TODAY, SCALE)

    assert (gone.current, "worth_gone" in codes(gone)) == (0.0, True)
    assert (asleep.reading.provisional, "awake" in asleep.reading.missing) == (True, True)


def test_a_model_that_did_better_speaks_in_the_place_of_the_rule() -> None:
    known = Dealings(bought(4, 30, 200), "churned", Kept(80, 100, "house"), foreseen=5_000.0)
    worth = customer_value(known, TODAY, SCALE)

    assert (worth.current, worth.low, "worth_foreseen" in codes(worth)) == (5_000.0, None, True)
    assert customer_value(replace(known, bought=[]), TODAY, SCALE).current == 0.0


def test_who_never_ordered_is_worth_what_is_talked_about() -> None:
    worth = customer_value(Dealings([], "introduction", None, [ExtraSale(0.3, 100_000)]), TODAY, SCALE)

    assert (worth.history, worth.current, worth.potential) == (0, 0.0, 30_000)
    assert "no_order" in codes(worth)


def test_records_count_only_if_the_playbook_says_so() -> None:
    assert customer_value(Dealings([], "growth", records=40), TODAY, SCALE).history == 0


shares = st.integers(20, 500).flatmap(lambda of: st.builds(Kept, st.integers(0, of), st.just(of), st.just("house")))
orders = st.lists(
    st.builds(
        Bought,
        st.dates(date(2018, 1, 1), date(2026, 12, 31)),
        st.integers(-(10**9), 10**10),
        st.none() | st.integers(-(10**9), 10**10),
        st.booleans(),
    ),
    max_size=12,
)


@given(orders, shares)
def test_the_range_holds_the_total_and_later_orders_say_nothing(rows: list[Bought], kept: Kept) -> None:
    worth = customer_value(Dealings(rows, "mature", kept), TODAY, SCALE)
    past = customer_value(Dealings([each for each in rows if each.on <= TODAY], "mature", kept), TODAY, SCALE)

    assert worth == past
    if worth.low is not None and worth.high is not None:
        assert worth.low - 1 <= worth.total <= worth.high + 1


@given(orders, shares)
def test_the_total_is_the_sum_of_its_parts(rows: list[Bought], kept: Kept) -> None:
    worth = customer_value(Dealings(rows, "mature", kept, [ExtraSale(0.4, 5_000)]), TODAY, SCALE)

    assert worth.total == pytest.approx(worth.history + (worth.current or 0.0) + (worth.potential or 0.0))
