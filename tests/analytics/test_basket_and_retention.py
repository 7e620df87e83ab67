"""What goes with what, and how long customers stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.basket import pairs
from wendu.analytics.retention import RetentionCurve, RetentionPlan, average_lifetime
from wendu.analytics.status import Status


def hundred():
    """100 customers: 40 have A, 30 have B, 20 have both (method: 3.26)."""
    have_a, have_b = range(40), range(20, 50)
    return [*have_a, *have_b], ["A"] * 40 + ["B"] * 30


def test_confidence_and_lift_of_the_method():
    found = {(pair.has, pair.also): pair for pair in pairs(*hundred(), customers=100)}

    assert found["A", "B"].confidence == 0.5
    assert found["A", "B"].lift == pytest.approx(1.67, abs=0.005)
    assert found["A", "B"].support == 20
    assert 1 < found["A", "B"].lift_at_least < found["A", "B"].lift
    assert found["B", "A"].lift == found["A", "B"].lift


def test_who_buys_a_thing_twice_has_it_once():
    customer, product = hundred()

    assert pairs(customer * 2, product * 2, customers=100) == pairs(customer, product, customers=100)


def test_fewer_than_five_are_no_pattern():
    assert pairs([1, 1, 2, 2, 3, 3, 4, 4], ["A", "B"] * 4) == []


def test_what_says_nothing_about_the_other_is_not_sure():
    draw = np.random.default_rng(1)
    held = draw.uniform(size=(2000, 2)) < 0.4
    customer, product = np.nonzero(held)

    [best, _] = pairs(customer, product, customers=2000)

    assert best.lift == pytest.approx(1, abs=0.07)
    assert best.lift_at_least < 1


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("ABC")), max_size=30))
def test_any_baskets_give_finite_lifts(rows):
    found = pairs([row[0] for row in rows], [row[1] for row in rows], fewest=1)

    assert all(np.isfinite([pair.lift, pair.lift_at_least, pair.confidence]).all() for pair in found)
    assert all(0 < pair.confidence <= 1 for pair in found)


REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


@pytest.mark.parametrize("staying, parameters", [(HIGH_END, (0.668, 3.806)), (REGULAR, (0.704, 1.182))])
def test_published_retention_is_found_within_one_percent(staying, parameters):
    curve = RetentionCurve().fit(staying)

    assert curve.status_ is Status.OK
    assert list(curve.parameters_.values()) == pytest.approx(parameters, rel=0.01)


def test_retention_rises_though_nobody_becomes_more_loyal():
    curve = RetentionCurve().fit(REGULAR)
    retention = curve.retention([1, 2, 3, 4, 5])

    assert (np.diff(retention) > 0).all()
    assert np.cumprod(retention) == pytest.approx(curve.staying([1, 2, 3, 4, 5]))


@given(st.lists(st.one_of(st.integers(0, 2000), st.just(float("nan"))), max_size=8))
def test_any_counts_give_a_curve_and_a_status(counts):
    curve = RetentionCurve().fit(counts)

    assert np.isfinite([*curve.parameters_.values(), *curve.standard_errors_.values(), curve.log_likelihood_]).all()
    assert np.isfinite(curve.staying([0, 1, 50])).all()
    assert curve.staying([0])[0] == pytest.approx(1)


def test_a_quarter_leaving_a_year_is_four_years_and_a_fifth_is_five():
    assert (average_lifetime(0.25), average_lifetime(0.20)) == (4.0, 5.0)
    assert average_lifetime(0.0) is None


def test_keeping_more_is_worth_what_the_projection_says():
    now = RetentionPlan(customers=1000, churn=0.25, margin=20_000, newcomers=250, cost_of_winning=30_000, periods=3)
    kept = RetentionPlan(customers=1000, churn=0.20, margin=20_000, newcomers=250, cost_of_winning=30_000, periods=3)

    assert now.project().customers.tolist() == [1000, 1000, 1000]
    assert kept.project().customers.tolist() == pytest.approx([1050, 1090, 1122])
    assert now.project().profit.tolist() == [12_500_000] * 3
    assert kept.project().value - now.project().value == pytest.approx(20_000 * (50 + 90 + 122))


def test_a_discount_counts_from_the_end_of_the_first_period():
    plan = RetentionPlan(customers=100, churn=0.0, margin=10.0, discount=0.1, periods=2)

    assert plan.project().value == pytest.approx(1000 / 1.1 + 1000 / 1.21)
