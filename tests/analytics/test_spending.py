"""Gamma-Gamma, regularity, lifetime value and drift."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.cdnow import WEEK, cdnow
from wendu.analytics.beta_geometric import MbgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.drift import Drift
from wendu.analytics.gamma_gamma import GammaGamma, _log_likelihood, _Spent, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import DAYS_PER_MONTH, LifetimeValue
from wendu.analytics.regularity import Regularity
from wendu.analytics.rfm import RfmState
from wendu.analytics.status import Status


def dollars(name):
    count, mean = repeat_spend(cdnow(name).state)
    return count, mean / 100


def test_published_spending_is_found_within_one_percent():
    model = GammaGamma().fit(*dollars("sample"))

    assert (model.status_, model.customers_) == (Status.OK, 946)
    assert list(model.parameters_.values()) == pytest.approx([6.25, 3.74, 15.44], rel=0.01)
    assert model.log_likelihood_ == pytest.approx(-4055.92, abs=0.05)


def test_spending_of_the_full_set_is_found_within_one_percent():
    model = GammaGamma().fit(*dollars("master"))

    assert list(model.parameters_.values()) == pytest.approx([6.2754, 3.6245, 14.984], rel=0.01)


def test_slopes_and_curvature_are_those_of_the_likelihood():
    seen, point = _Spent(np.array([1.0, 2.0, 40.0]), np.array([0.3, 5.0, 2.0])), np.array([6.25, 3.74, 15.44])
    _, gradient, hessian = _log_likelihood(point, seen)

    for number, step in enumerate(np.diag(point * 1e-5)):
        above, below = (_log_likelihood(point + sign * step, seen) for sign in (1, -1))
        width = 2 * step[number]
        assert gradient[number] == pytest.approx((above[0] - below[0]) / width, rel=1e-5, abs=1e-7)
        assert hessian[number] == pytest.approx((above[1] - below[1]) / width, rel=1e-4, abs=1e-6)


def test_the_unit_of_money_changes_nothing_but_the_unit():
    count, mean = dollars("sample")

    in_dollars, in_cents = GammaGamma().fit(count, mean), GammaGamma().fit(count, mean * 100)

    assert in_cents.mean_spend(count, mean * 100) == pytest.approx(100 * in_dollars.mean_spend(count, mean), rel=1e-6)


def test_few_days_are_shrunk_towards_everybody_and_none_is_everybody():
    model = GammaGamma().with_parameters(6.25, 3.74, 15.44)

    few, many, none = model.mean_spend([1, 100, 0], [100.0, 100.0, 0.0])

    assert none == pytest.approx(35.22, abs=0.01)
    assert none < few < many < 100
    assert many == pytest.approx(100, rel=0.01)


def test_a_customer_s_own_mean_lies_in_its_interval():
    model, draw = GammaGamma().with_parameters(6.25, 3.74, 15.44), np.random.default_rng(5)
    rate = draw.gamma(3.74, 1 / 15.44, 4000)
    count = draw.integers(1, 8, 4000)
    mean = draw.gamma(6.25 * count, 1 / rate) / count

    low, high = (model.mean_spend_quantile(count, mean, quantile=quantile) for quantile in (0.1, 0.9))

    assert np.mean((low <= 6.25 / rate) & (6.25 / rate <= high)) == pytest.approx(0.8, abs=0.03)


SPENDING = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2, 7, 1_000_000]), st.sampled_from([0.0, 1e-9, 0.01, 1.0, 35.0, 1e9, float("nan")])
    ),
    max_size=8,
)


@given(SPENDING)
def test_odd_spending_gets_finite_answers_and_a_status(rows):
    count, mean = np.asarray(rows, dtype=float).reshape(-1, 2).T

    model = GammaGamma().fit(count, mean)

    numbers = [*model.parameters_.values(), *model.standard_errors_.values(), model.log_likelihood_, model.correlation_]
    assert np.isfinite(numbers).all()
    for answer in (model.mean_spend(count, mean), model.mean_spend_quantile(count, mean, quantile=0.9)):
        assert np.isfinite(answer).all()
        assert (answer >= 0).all()
    assert model.status_ is not Status.OK


def test_spending_too_spread_out_has_no_mean_and_says_so():
    draw = np.random.default_rng(2)
    rate = draw.gamma(0.6, 1.0, 3000)
    model = GammaGamma().fit(np.full(3000, 3.0), draw.gamma(6.0, 1 / rate))

    assert model.status_ is Status.NO_FINITE_MEAN
    assert model.population_mean_ == model.sample_mean_


def gaps(shape, *, customers=4000, seed=4):
    draw = np.random.default_rng(seed)
    days = np.cumsum(draw.gamma(shape, 100.0 / shape, (customers, 4)), axis=1).astype(int)
    who = np.repeat(np.arange(customers), 4)
    return DayRows.of(who, days.ravel() + np.tile(np.arange(4), customers), np.ones(4 * customers))


@pytest.mark.parametrize("shape, regular", [(1.0, False), (2.0, True), (5.0, True)])
def test_regularity_finds_the_shape_of_the_gaps(shape, regular):
    found = Regularity().fit(gaps(shape))

    assert found.k_ == pytest.approx(shape, rel=0.1)
    assert found.regular_ is regular


def test_few_gaps_are_no_rhythm():
    perfect = DayRows.of([1, 1, 1], [0, 7, 14], [1, 1, 1])

    assert Regularity().fit(perfect).status_ is Status.TOO_LITTLE_DATA
    assert not Regularity().fit(perfect).regular_
    assert Regularity().fit(DayRows.of([], [], [])).status_ is Status.NO_DATA


def test_value_to_come_is_discounted_purchases_times_spend_times_margin():
    data, (count, mean) = cdnow("sample"), dollars("sample")
    model, spending = MbgNbd().fit(data.histories), GammaGamma().fit(count, mean)
    whole = LifetimeValue(months=36, rate=0.0, days_per_unit=WEEK)
    counted = LifetimeValue(months=36, rate=0.01, margin=0.4, days_per_unit=WEEK)

    expected = model.expected_purchases(data.histories, within=36 * DAYS_PER_MONTH / WEEK)
    value = counted.value(model, spending, data.histories, count=count, mean=mean)

    assert whole.purchases(model, data.histories) == pytest.approx(expected, rel=1e-9)
    share = value / (0.4 * expected * spending.mean_spend(count, mean))
    assert ((share > 1.01**-36) & (share < 1.01**-1)).all()


def test_horizons_from_one_table_are_those_asked_one_by_one():
    histories = Histories.of([0, 3], [0, 20], [30, 38])
    model, counted = MbgNbd().with_parameters(0.525, 6.183, 0.891, 1.614), LifetimeValue(days_per_unit=WEEK)

    table = counted.by_horizon(model, histories, (12, 36, 24))

    for column, months in enumerate((12, 36, 24)):
        alone = LifetimeValue(months=months, days_per_unit=WEEK).purchases(model, histories)
        assert table[:, column] == pytest.approx(alone, rel=1e-6)


def test_scores_from_one_table_are_those_asked_one_by_one():
    histories, counted = cdnow("sample").histories, LifetimeValue(months=12, days_per_unit=WEEK)
    model = MbgNbd().with_parameters(0.525, 6.183, 0.891, 1.614)

    scores = model.scores(histories, within=39.0, ends=counted.ends(), rate=counted.rate)

    assert scores.alive == pytest.approx(model.probability_alive(histories))
    assert scores.purchases == pytest.approx(model.expected_purchases(histories, within=39.0), rel=1e-6)
    assert scores.discounted == pytest.approx(counted.purchases(model, histories), rel=1e-6)


def test_a_constant_drift_is_taken_out_and_a_varied_one_widens():
    steady, varied = (
        Drift(horizon=1).fit([1, 2, 3], [80, 160, 120], [100, 200, 150]),
        Drift(horizon=1).fit([1, 2, 3], [80, 240, 120], [100, 200, 150]),
    )

    assert steady.total(1000).middle == pytest.approx(800, rel=0.002)
    assert steady.total(1000).high - steady.total(1000).low < 30
    assert varied.total(1000).high > 1.2 * varied.total(1000).middle


def test_a_past_too_short_promises_no_interval():
    drift = Drift(horizon=1).fit([1], [80], [100])

    assert drift.status_ is Status.TOO_LITTLE_DATA
    assert (drift.total(10).low, drift.total(10).high) == (0.0, float("inf"))


def test_origins_whose_outcomes_overlap_count_once():
    drift = Drift(horizon=4).fit([1, 2, 3, 7, 8, 12], [1, 1, 300, 1, 120, 90], [100] * 6)

    assert drift.origins_ == 3
    assert drift.factor_ == pytest.approx(1.2, rel=0.01)


def test_drift_from_past_origins_brings_totals_of_cdnow_into_their_interval():
    """Every other week: forecast 8 weeks, corrected by the origins whose outcome was known by then."""
    rows, horizon = cdnow("master").rows, 8
    start = int(rows.day.min())
    states = {week: RfmState.of(rows.until(start + 7 * week)) for week in range(14, 79, 2)}
    origins = [week for week in states if week + horizon in states]
    came = [int(states[week + horizon].n_days.sum() - states[week].n_days.sum()) for week in origins]
    told = []
    for week in origins:
        histories = Histories.of_state(states[week], on=start + 7 * week, unit_days=WEEK)
        told.append(float(MbgNbd().fit(histories).expected_purchases(histories, within=horizon).sum()))

    inside = []
    for number, week in enumerate(origins):
        known = sum(earlier + horizon <= week for earlier in origins)
        drift = Drift(horizon=horizon).fit(origins[:known], came[:known], told[:known])
        if drift.status_ is Status.OK:
            total = drift.total(told[number], level=0.8)
            inside.append(total.low <= came[number] <= total.high)

    assert len(inside) >= 16
    assert np.mean(inside) >= 0.75
