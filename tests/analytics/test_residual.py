"""Discounted purchases over all time to come, against their textbook form and against a sum that never stops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special

from wendu.analytics.gamma_gamma import GammaGamma
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.pareto import ParetoNbd

MODEL = ParetoNbd().with_parameters(0.5533, 10.5776, 0.6061, 11.6562)
CUSTOMERS = Histories.of([0, 0, 1, 2, 29], [0, 0, 1.7, 30.4, 38.0], [1.0, 38.9, 38.9, 38.9, 38.9])
WEEKLY = np.log(1.15) / 52  # 15 % a year
ODDS = st.floats(-6, 6).map(np.exp)


def test_it_is_the_confluent_hypergeometric_form_that_is_printed():
    r, alpha, s, beta = MODEL.parameters_.values()
    scale = beta + CUSTOMERS.age

    by_hand = WEEKLY ** (s - 1) * scale**s * special.hyperu(s, s, WEEKLY * scale) * MODEL.probability_alive(CUSTOMERS)
    by_hand *= (r + CUSTOMERS.frequency) / (alpha + CUSTOMERS.age)

    assert MODEL.residual_purchases(CUSTOMERS, rate=WEEKLY) == pytest.approx(by_hand, rel=1e-9)


def test_many_years_of_short_periods_come_close_to_it_from_below():
    ends = np.arange(1, 52 * 120 + 1.0)
    years = MODEL.discounted_purchases(CUSTOMERS, ends=ends, rate=float(np.expm1(WEEKLY)))
    whole = MODEL.residual_purchases(CUSTOMERS, rate=WEEKLY)

    assert (years < whole).all()
    assert years == pytest.approx(whole, rel=0.003)  # a week's purchases count at its end


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")  # how near it came is asserted below
@given(s=ODDS, scale=st.floats(-4, 8).map(np.exp), rate=st.floats(-9, 1).map(np.exp))
def test_the_time_a_customer_is_there_is_the_mean_over_when_they_leave(s, scale, rate):
    model = ParetoNbd().with_parameters(1.0, 1.0, s, scale)
    one = Histories.of([0], [0], [0])  # alive for certain, buying once in a unit of time

    def there(unit):  # unit in (0, 1): the hazard's own quantile
        return 1 / (special.gammaincinv(s, unit) / scale + rate)

    by_hand = integrate.quad(there, 0, 1, limit=400, epsrel=1e-9)[0]
    assert model.residual_purchases(one, rate=rate)[0] == pytest.approx(by_hand, rel=1e-5)


@given(st.lists(st.tuples(st.sampled_from([0, 1, 50, 10**6]), st.floats(0, 1e6), st.floats(0, 1e6)), max_size=6))
def test_any_company_gets_a_finite_sum(rows):
    histories = Histories.of(*np.asarray(rows, dtype=float).reshape(-1, 3).T)

    found = ParetoNbd().fit(histories).residual_purchases(histories, rate=0.002)

    assert len(found) == len(rows)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


@pytest.mark.parametrize("rate", [0.0, -0.1, float("nan"), float("inf")])
def test_without_a_discount_all_time_to_come_has_no_sum(rate):
    with pytest.raises(ValueError, match="above 0"):
        MODEL.residual_purchases(CUSTOMERS, rate=rate)


def test_value_for_ever_is_above_that_of_sixty_months():
    spending = GammaGamma().with_parameters(6.25, 3.74, 15.44)
    count, mean = CUSTOMERS.frequency, np.full(5, 40.0)
    worth = LifetimeValue(months=60, margin=0.5, days_per_unit=7.0)

    some = worth.value(MODEL, spending, CUSTOMERS, count=count, mean=mean)
    whole = worth.perpetual(MODEL, spending, CUSTOMERS, count=count, mean=mean)

    assert (whole > some).all()
    assert (whole < 2 * some).all()
