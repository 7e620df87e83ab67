"""Where a customer stands in its life with us: the worked examples, the four customers, and what must always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context
from tests.method.pages import Example, each, examples
from wendu.method.lifecycle import Lifecycle, Spell, Use, lifecycle, order_interval, use_of
from wendu.method.reading import Reading

TODAY = date(2026, 3, 2)
ORDERED = list(Lifecycle)


def bought(times: int, every: int, silent: int) -> list[date]:
    """Order days at one distance, the latest so many days ago."""
    return [TODAY - timedelta(days=silent + every * back) for back in range(times)][::-1]


def codes(reading: Reading) -> list[str]:
    return [reason.code for reason in reading.reasons]


@each("lifecycle", "stages by orders and silence")
def test_m24_five_stages_are_computed(row: Example) -> None:
    days = bought(int(row["orders"]), 60, int(row["silent, days"]))

    assert lifecycle(days, TODAY, context(), Use(product_days=60)).band == row["stage"]


def test_m24_the_examples_show_every_stage() -> None:
    assert {row["stage"] for row in examples("lifecycle", "stages by orders and silence")} == set(Lifecycle)


@each("lifecycle", "four customers")
def test_four_customers(row: Example) -> None:
    ctx = context(row["market"], industry=row["industry"], sale=row["sale"])
    days = bought(int(row["orders"]), int(row["every"] or 1), int(row["silent, days"]))

    assert lifecycle(days, TODAY, ctx, Use(in_force=row["in force"] == "yes")).band == row["stage"]


@each("lifecycle", "what runs on, without an order")
def test_what_runs_on_was_bought_and_is_used(row: Example) -> None:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    spell = Spell(date.fromisoformat(row["from"]), until, paid=row["paid"] == "yes")

    told = lifecycle([], TODAY, context(), use_of([spell], TODAY))

    assert told.band == row["stage"]
    assert "orders_and_silence" not in codes(told) or row["paid"] == "no"


def test_of_what_is_in_force_no_silence_is_told_and_nothing_is_provisional() -> None:
    spell = Spell(TODAY - timedelta(days=30), None)

    told = lifecycle(bought(1, 1, 20), TODAY, context(), use_of([spell], TODAY))

    assert (codes(told)[0], told.provisional) == ("in_force", False)


spells = st.builds(
    Spell,
    from_on=st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    until=st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    paid=st.booleans(),
)


@given(st.lists(spells, max_size=5), st.lists(spells, max_size=5))
def test_what_begins_later_is_not_known_yet(some: list[Spell], later: list[Spell]) -> None:
    ahead = [each for each in later if each.from_on > TODAY]

    assert use_of([*some, *ahead], TODAY) == use_of(some, TODAY)


@given(st.lists(spells, max_size=5))
def test_whoever_paid_for_what_runs_today_neither_sleeps_nor_is_new(some: list[Spell]) -> None:
    use = use_of(some, TODAY)

    if use.in_force:
        assert lifecycle([], TODAY, context(), use).band in {"growth", "mature"}


def test_until_the_interval_is_their_own_the_stage_is_provisional() -> None:
    assert lifecycle(bought(2, 30, 5), TODAY, context()).provisional
    assert not lifecycle(bought(3, 30, 5), TODAY, context()).provisional


@pytest.mark.parametrize(
    ("use", "reason"),
    [(Use(active_months=6), "months_in_use"), (Use(habits=3), "habit_met")],
)
def test_use_makes_a_customer_mature_before_the_third_order(use: Use, reason: str) -> None:
    told = lifecycle(bought(1, 1, 5), TODAY, context(), use)

    assert (told.band, reason in codes(told)) == ("mature", True)


def test_half_the_use_is_sleep_and_a_long_silence_is_stronger() -> None:
    less = Use(activity=0.5)

    assert lifecycle(bought(4, 60, 50), TODAY, context(), less).band == "dormant"
    assert lifecycle(bought(4, 60, 50), TODAY, context(), Use(activity=0.51)).band == "mature"
    assert lifecycle(bought(4, 60, 200), TODAY, context(), less).band == "churned"


def test_a_trial_grows_and_an_expired_one_is_introduction_again() -> None:
    assert lifecycle([], TODAY, context(), Use(on_trial=True)).band == "growth"
    assert lifecycle([], TODAY, context(), Use(used_on=TODAY)).band == "introduction"


def test_who_left_is_gone_until_the_next_order() -> None:
    days = bought(4, 60, 50)

    assert lifecycle(days, TODAY, context(), Use(left_on=TODAY)).band == "churned"
    assert lifecycle([*days, TODAY], TODAY, context(), Use(left_on=TODAY - timedelta(days=1))).band == "mature"
    assert lifecycle(days, TODAY, context(), Use(left_on=TODAY + timedelta(days=1))).band == "mature"


def test_coming_back_is_said() -> None:
    slept = [*bought(4, 60, 200), TODAY]

    assert "reactivated" in codes(lifecycle(slept, TODAY, context()))
    assert "reactivated" not in codes(lifecycle([*bought(4, 60, 60), TODAY], TODAY, context()))
    assert "reactivated" not in codes(lifecycle([TODAY], TODAY, context()))


def test_holidays_do_not_count_as_silence() -> None:
    rest = [TODAY - timedelta(days=back) for back in range(20)]

    assert lifecycle(bought(4, 60, 100), TODAY, context(), Use()).band == "dormant"
    assert lifecycle(bought(4, 60, 100), TODAY, context(holidays=rest), Use()).band == "mature"


days = st.lists(st.dates(date(2015, 1, 1), date(2026, 12, 31)), max_size=12)
uses = st.builds(
    Use,
    used_on=st.none() | st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    in_force=st.booleans(),
    on_trial=st.booleans(),
    active_months=st.integers(0, 24),
    habits=st.integers(0, 4),
    activity=st.none() | st.floats(0, 3),
    product_days=st.none() | st.integers(1, 2000),
)


@given(days, uses)
def test_order_and_repetition_of_the_days_say_nothing(order_days: list[date], use: Use) -> None:
    ctx = context()

    assert lifecycle(order_days, TODAY, ctx, use) == lifecycle([*reversed(order_days), *order_days], TODAY, ctx, use)


@given(days, uses)
def test_later_orders_do_not_change_the_past(order_days: list[date], use: Use) -> None:
    known = [day for day in order_days if day <= TODAY]

    assert lifecycle(order_days, TODAY, context(), use) == lifecycle(known, TODAY, context(), use)


@given(days.filter(bool), st.integers(0, 4000))
def test_waiting_never_brings_a_customer_nearer(order_days: list[date], wait: int) -> None:
    latest = max(order_days)
    sooner, later = (lifecycle(order_days, latest + timedelta(days=n), context()).band for n in (wait, wait + 30))

    assert ORDERED.index(Lifecycle(later)) >= ORDERED.index(Lifecycle(sooner))


@given(days)
def test_the_interval_is_never_too_short(order_days: list[date]) -> None:
    ctx = context()

    assert order_interval(sorted(set(order_days)), ctx).days >= ctx.scale.lifecycle.shortest_days
