"""Odd customers: a model always answers, with finite numbers and a status that says what to think of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.histories import Histories
from wendu.analytics.pareto import ParetoNbd
from wendu.analytics.status import Status

KINDS = [MbgNbd, BgNbd, ParetoNbd]
COUNTS = st.one_of(st.integers(0, 5), st.sampled_from([100, 10_000, 1_000_000]))
TIMES = st.one_of(st.floats(0, 1000), st.sampled_from([0.0, 1e-9, 1e6]))
CUSTOMER = st.tuples(COUNTS, TIMES, TIMES, st.integers(1, 10_000))

ODD = {
    "nobody": [],
    "one who never came back": [(0, 0, 30, 1)],
    "nobody came back": [(0, 0, 30, 500), (0, 0, 60, 500)],
    "all on one day": [(0, 0, 0, 1000)],
    "a million purchases by one": [(1_000_000, 364, 365, 1), (0, 0, 300, 1000)],
    "a million purchases at once": [(1_000_000, 0, 0, 1)],
    "everybody buys all the time": [(50, 364, 365, 1000)],
    "three purchases in a million days": [(0, 0, 0, 1), (0, 0, 1e6, 484), (3, 0, 1e6, 4)],
    "unknown and impossible": [(float("nan"), -5, float("inf"), 1), (3, 90, 40, 1)],
}


def answers_are_sane(kind, rows):
    columns = np.asarray(rows, dtype=float).reshape(-1, 4).T
    histories = Histories.of(*columns)
    model = kind().fit(histories)
    numbers = [
        np.asarray(list(model.parameters_.values())),
        np.asarray(list(model.standard_errors_.values())),
        np.asarray([model.log_likelihood_]),
        model.probability_alive(histories),
        model.expected_purchases(histories, within=30.0),
        model.probability_purchase(histories, within=30.0),
        model.discounted_purchases(histories, ends=[30.0, 60.0, 90.0], rate=0.01),
    ]
    assert all(np.isfinite(column).all() for column in numbers)
    assert all((column >= 0).all() for column in numbers[3:])
    assert not np.isnan(model.next_purchase(histories, quantile=0.5)).any()
    assert model.status_ in Status
    return model


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_an_odd_company_gets_an_answer_and_a_status(kind, rows):
    answers_are_sane(kind, rows)


@pytest.mark.parametrize("kind", KINDS)
@given(rows=st.lists(CUSTOMER, max_size=6))
def test_any_company_gets_an_answer_and_a_status(kind, rows):
    answers_are_sane(kind, rows)


@pytest.mark.parametrize("kind", KINDS)
def test_few_who_came_back_are_too_little_data(kind):
    assert answers_are_sane(kind, []).status_ is Status.NO_DATA
    assert answers_are_sane(kind, [(0, 0, 30, 5000), (2, 10, 30, 29)]).status_ is Status.TOO_LITTLE_DATA


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_leaves_it_is_said(kind):
    generator = np.random.default_rng(7)
    rate = generator.gamma(2.0, 1 / 10.0, 3000)
    age = generator.uniform(50, 100, 3000)
    bought = generator.poisson(rate * age)
    recency = age * generator.beta(np.maximum(bought, 1), 1)
    model = kind().fit(Histories.of(bought, recency, age))

    assert model.status_ is Status.NO_DROPOUT_IDENTIFIABLE
