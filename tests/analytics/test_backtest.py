"""Forecasts made again in the past: nothing of the future leaks in, and the better one may speak."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.cdnow import CUT, cdnow
from wendu.analytics.backtest import backtest, compared, drift, origins
from wendu.analytics.beta_geometric import MbgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.forecasts import Known, by_model, by_rate, by_rhythm, median_gaps
from wendu.analytics.status import Status

EVERYBODY = {"model": by_model(MbgNbd), "rate": by_rate, "rhythm": by_rhythm}


def test_the_median_gap_of_the_method():
    rows = DayRows.of(["a"] * 4 + ["b"] * 2 + ["c"], [0, 30, 64, 92, 0, 9, 5], [1] * 7)  # gaps 30, 34, 28

    found = median_gaps(Known.on(rows, 92))

    assert found[0] == 30
    assert np.isnan(found[1:]).all()


def test_a_rule_by_hand():
    rows = DayRows.of(["a"] * 4 + ["gone"] * 3, [0, 30, 64, 92, 0, 5, 10], [1] * 7)

    told = by_rhythm(Known.on(rows, 107), 30.0)

    assert told.purchases.tolist() == [1.0, 0.0]
    assert told.chance.tolist() == [1.0, 0.0]
    assert by_rate(Known.on(rows, 107), 30.0).purchases.tolist() == pytest.approx([30 * 3 / 107, 30 * 2 / 107])


def test_origins_lie_a_whole_horizon_apart_and_leave_something_to_learn_from():
    rows = DayRows.of([1, 1], [100, 400], [1, 1])

    assert origins(rows, within=60) == [160, 220, 280, 340]
    assert origins(rows, within=30, most=3) == [310, 340, 370]
    assert origins(DayRows.of([], [], []), within=30) == []


def test_what_comes_after_an_origin_changes_nothing_that_was_forecast():
    rows = cdnow("sample").rows
    told = backtest(rows, [CUT], within=28, forecasters=EVERYBODY)
    doubled = rows.plus(DayRows.of(rows.customer, np.full(len(rows.customer), CUT + 20), np.ones(len(rows.customer))))

    again = backtest(doubled, [CUT], within=28, forecasters=EVERYBODY)

    for name in EVERYBODY:
        assert again[name][0].predicted == told[name][0].predicted
        assert again[name][0].actual > told[name][0].actual


def test_on_cdnow_the_model_takes_over_from_both_rules():
    rows = cdnow("sample").rows
    within = 56

    told = backtest(rows, origins(rows, within=within), within=within, forecasters=EVERYBODY)

    for rule in ("rate", "rhythm"):
        won = compared(told["model"], told[rule])
        assert won.takes_over
        assert won.gain > 0.05
    assert drift(told["model"], within=within).status_ is Status.OK
    assert all(outcome.chance.skill > 0.1 for outcome in told["model"])


def test_among_clockwork_customers_the_rule_goes_on_speaking():
    """Every fortnight to the day: a model of chance gaps is sure of nothing, the rule is right."""
    customers, days = np.meshgrid(np.arange(200), np.arange(0, 280, 14))
    rows = DayRows.of(customers.ravel(), (days + customers % 14).ravel(), np.ones(customers.size))

    told = backtest(rows, origins(rows, within=20), within=20, forecasters=EVERYBODY)

    assert not compared(told["model"], told["rhythm"]).takes_over
    assert compared(told["rhythm"], told["model"]).gain > 0.9


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60), st.sampled_from([-5, 0, 7])), max_size=25))
def test_any_past_is_judged_with_finite_numbers(transactions):
    rows = DayRows.of(*np.asarray(transactions, dtype=np.int64).reshape(-1, 3).T)

    told = backtest(rows, origins(rows, within=9), within=9, forecasters=EVERYBODY)

    for outcomes in told.values():
        for outcome in outcomes:
            assert np.isfinite([outcome.predicted, outcome.actual, outcome.error, outcome.chance.brier]).all()
        assert np.isfinite(compared(outcomes, told["rate"]).gain)
