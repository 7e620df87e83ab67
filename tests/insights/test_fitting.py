"""What a night learns: on real orders the model speaks, among customers with a rhythm the rule does, else nobody."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.cdnow import cdnow
from tests.laws import examples
from wendu.insights.fitting import Learnt, learnt
from wendu.insights.in_place import collapsed

BEGIN = date(2024, 1, 1).toordinal()
YEARS, DISCOUNT = 3, 0.1


def night(purchases: list[tuple[int, int, int]], on: int | None = None) -> Learnt:
    day = max((day for _pk, day, _amount in purchases), default=BEGIN) if on is None else on
    return learnt(collapsed(purchases), on=date.fromordinal(day), years=YEARS, discount=DISCOUNT)


def sample() -> list[tuple[int, int, int]]:
    rows = cdnow("sample").rows
    return list(zip(rows.customer.tolist(), rows.day.tolist(), rows.gross.tolist(), strict=True))


def test_on_cdnow_the_model_speaks_and_says_by_how_much_it_won():
    found = night(sample())

    assert (found.status, found.speaker) == ("ok", "model")
    assert found.backtest["origins"] >= 3
    assert found.backtest["gain"] > 0.1
    assert 2 * found.backtest["won"] > found.backtest["origins"]
    assert found.buyers == len(found.forecasts) == 2357


def test_on_cdnow_it_is_calibrated_and_its_totals_come_out():
    found = night(sample())
    latest = found.backtest["model"][-1]

    assert latest["calibration"] < 0.05
    assert found.drift["status"] == "ok"
    assert found.drift["low"] < found.drift["middle"] < found.drift["high"]


def test_among_customers_who_order_to_the_day_the_rule_goes_on_speaking():
    rhythmic = [
        (pk, BEGIN + pk % 29 + every * turn, 10_000)
        for pk, every in enumerate(np.random.default_rng(1).integers(20, 60, 200).tolist())
        for turn in range(700 // every)
    ]

    assert night(rhythmic).speaker == "rule"


@pytest.mark.parametrize(
    ("purchases", "status"),
    [
        ([], "no_data"),
        ([(1, BEGIN, 100)], "too_little_data"),
        ([(1, BEGIN, -100)], "no_data"),
        ([(pk, BEGIN, 0) for pk in range(50)], "too_little_data"),
    ],
)
def test_with_nothing_to_learn_from_it_says_so_and_the_rule_speaks(purchases, status):
    found = night(purchases)

    assert (found.status, found.speaker) == (status, "rule")


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(BEGIN, BEGIN + 900), st.integers(-(10**12), 10**12)), max_size=40)
)
def test_it_never_raises_and_every_number_is_finite(purchases):
    found = night(purchases, on=BEGIN + 900)
    numbers = [number for each in found.forecasts.values() for number in (each.alive, each.chance, each.purchases)]

    assert np.isfinite([*numbers, *found.parameters["values"].values()]).all()
    assert all(0 <= each.chance <= 1 and 0 <= each.alive <= 1 for each in found.forecasts.values())


def test_read_in_pieces_it_is_the_same(monkeypatch):
    whole = night(sample()[:3000])
    monkeypatch.setattr("wendu.insights.in_place.ROWS_AT_ONCE", 7)

    assert night(sample()[:3000]).parameters == whole.parameters
