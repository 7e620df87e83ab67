"""Chances held against what came of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.calibration import calibration
from wendu.analytics.logistic import PlattScale, RidgeLogistic
from wendu.analytics.status import Status


def test_a_forecast_by_hand():
    told = calibration([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1], bins=2)

    assert told.brier == pytest.approx((0.04 + 0.64 + 0.04 + 0.04) / 4)
    assert told.skill == pytest.approx(1 - 0.19 / 0.1875)
    assert told.error == pytest.approx((0.3 + 0.2) / 2)
    assert told.auc == pytest.approx((1 + 1 + 0.5) / 3)
    assert told.table[0] == (2, pytest.approx(0.2), 0.5)


def test_a_true_chance_is_calibrated_and_a_bold_one_is_not():
    draw = np.random.default_rng(8)
    chance = draw.uniform(0, 1, 20_000)
    happened = draw.uniform(size=20_000) < chance

    true, bold = calibration(chance, happened), calibration(chance**0.2, happened)

    assert true.error < 0.015
    assert bold.error > 0.2
    assert true.auc == pytest.approx(bold.auc)


def test_equal_chances_are_judged_together_in_whatever_order_they_come():
    told = calibration([0.5] * 100, [1] * 50 + [0] * 50)

    assert (told.error, told.auc, len(told.table)) == (0.0, 0.5, 1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_any_forecast_is_judged_with_finite_numbers(rows):
    told = calibration([row[0] for row in rows], [row[1] for row in rows])

    assert np.isfinite([told.brier, told.skill, told.error, told.auc]).all()
    assert 0 <= told.error <= 1
    assert sum(part.size for part in told.table) == len(rows)
    assert (told.status is Status.OK) == (len({row[1] for row in rows}) == 2)


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0, 1e9, float("nan")]), st.booleans()), max_size=30
    )
)
def test_a_logistic_always_answers(rows):
    table = np.asarray([row[:2] for row in rows], dtype=float).reshape(-1, 2)
    happened = [row[2] for row in rows]

    model = RidgeLogistic().fit(table, happened)

    assert np.isfinite(model.probability(table)).all()
    assert (model.status_ in {Status.NO_DATA, Status.NO_VARIATION}) == (len(set(happened)) < 2)


def test_a_logistic_finds_the_odds_it_was_drawn_from():
    draw = np.random.default_rng(9)
    table = draw.normal(size=(20_000, 2)) * [1.0, 50.0] + [3.0, -7.0]
    odds = -1.0 + 0.8 * (table[:, 0] - 3) - 0.02 * (table[:, 1] + 7)
    model = RidgeLogistic().fit(table, draw.uniform(size=20_000) < 1 / (1 + np.exp(-odds)))

    assert model.score(table) == pytest.approx(odds, abs=0.25)


def test_platt_makes_a_chance_of_a_score_and_refuses_one_that_runs_the_wrong_way():
    draw = np.random.default_rng(10)
    score = draw.normal(size=5000) * 40
    happened = draw.uniform(size=5000) < 1 / (1 + np.exp(1 - score / 20))

    assert calibration(PlattScale().fit(score, happened).probability(score), happened).error < 0.03
    assert PlattScale().fit(-score, happened).status_ is Status.RANK_ONLY
    assert PlattScale().fit(score, score > 1e9).status_ is Status.NO_VARIATION
    assert PlattScale().fit([], []).status_ is Status.NO_DATA
