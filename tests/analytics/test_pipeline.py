"""From orders to answers, whatever the orders are: one row per customer, finite numbers, a status."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.drift import Drift
from wendu.analytics.gamma_gamma import GammaGamma, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.intervals import PurchaseQuantiles
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.pareto import ParetoNbd
from wendu.analytics.regularity import Regularity
from wendu.analytics.rfm import RfmState
from wendu.analytics.status import Status

KINDS = [MbgNbd, BgNbd, ParetoNbd]
COMPANIES = {
    "no orders": [],
    "one order": [(1, 5, 100)],
    "returns only": [(1, 5, -100), (2, 6, -50)],
    "all on one day": [(customer, 5, 100) for customer in range(40)],
    "everything given away": [(customer, day, 0) for customer in range(40) for day in (1, 8, 9)],
    "one buys every day": [(1, day, 100) for day in range(2000)] + [(2, 3, 10**15)],
    "everybody every Monday": [(customer, day, 100) for customer in range(40) for day in range(0, 100, 7)],
    "before the epoch": [(customer, day, 100) for customer in range(40) for day in (-900, -400, -1)],
}


def answers(kind, transactions, on):
    rows = DayRows.of(*np.asarray(transactions, dtype=np.int64).reshape(-1, 3).T)
    state = RfmState.of(rows)
    histories = Histories.of_state(state, on=on)
    count, mean = repeat_spend(state)
    model, spending = kind().fit(histories), GammaGamma().fit(count, mean)
    quantiles = PurchaseQuantiles(model, within=30.0, draws=20).fit(histories)
    low, high = quantiles.interval(0.8)
    columns = [
        model.probability_alive(histories),
        model.probability_purchase(histories, within=30.0),
        LifetimeValue(months=6).value(model, spending, histories, count=count, mean=mean),
        quantiles.rank(histories.frequency),
        low,
        high,
    ]
    assert all(len(column) == (state.n_days > 0).sum() for column in columns)
    assert all(np.isfinite(column).all() and (column >= 0).all() for column in columns)
    assert (low <= high).all()
    assert {model.status_, spending.status_, Regularity().fit(rows).status_} <= set(Status)
    assert np.isfinite(Regularity().fit(rows).k_)
    return model


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("transactions", COMPANIES.values(), ids=COMPANIES)
def test_any_company_gets_its_answers(kind, transactions):
    answers(kind, transactions, on=2100)


ORDER = st.tuples(st.integers(0, 4), st.integers(-50, 400), st.sampled_from([0, 1, 100, -100, 5_000, 10**14]))


@given(st.lists(ORDER, max_size=25), st.integers(-60, 500))
def test_any_orders_get_their_answers(transactions, on):
    answers(MbgNbd, transactions, on=on)


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1e12), st.floats(0, 1e12)), max_size=8), st.floats(0, 1e12))
def test_any_past_gives_a_range_around_its_middle(past, predicted):
    drift = Drift(horizon=8).fit(*np.asarray(past, dtype=float).reshape(-1, 3).T)
    total = drift.total(predicted)

    assert not np.isnan(total).any()
    assert 0 <= total.low <= total.middle <= total.high
    assert (drift.status_ is Status.OK) == (drift.origins_ >= 3)
