"""What if fewer left: the same as the estimator's longer plan, and lifetimes as the method has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.retention import RetentionPlan
from wendu.insights.whatif import projected


def test_m5_a_fifth_in_place_of_a_quarter_makes_five_years_of_four():
    told = projected(customers=1000, yearly=20_000, shares=(0.25, 0.2), years=3)

    assert (told.now.years, told.then.years) == (4.0, 5.0)
    assert told.now.customers == (750, 562, 422)
    assert told.more_percent == pytest.approx(12.6, abs=0.1)


def test_nobody_there_compares_nothing():
    assert projected(customers=0, yearly=20_000, shares=(0.25, 0.2), years=3).more_percent is None


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(1, 10))
def test_it_is_the_plan_of_the_estimators(customers: int, churn: float, years: int):
    plan = RetentionPlan(customers=customers, churn=churn, margin=100, periods=years).project()

    assert projected(customers=customers, yearly=100, shares=(churn, churn), years=years).now.brought == pytest.approx(
        plan.value, abs=1
    )
