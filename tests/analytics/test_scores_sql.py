"""Scores by SQL are those NumPy gives, for every customer, whatever they did."""

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.cdnow import CUT, cdnow
from wendu.analytics import rfm_sql
from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.gamma_gamma import GammaGamma, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.rfm import RfmState
from wendu.analytics.scores_sql import Question, score

WORTH = LifetimeValue(months=12, margin=0.4, days_per_unit=7.0)
KINDS = [MbgNbd, BgNbd]
ORDER = st.tuples(st.integers(0, 4), st.integers(-50, 400), st.sampled_from([0, 1, 100, -100, 5_000, 10**14]))


def scored(rows, on, kind):
    """Both answers: a table by SQL, and the columns it must equal."""
    state = RfmState.of(rows)
    histories = Histories.of_state(state, on=on, unit_days=7.0)
    count, mean = repeat_spend(state)
    model, spending = kind().fit(histories), GammaGamma().fit(count, mean)
    asked = Question(on=on, within=13.0, worth=WORTH, quantile=0.8)
    with duckdb.connect(config={"threads": 1}) as connection:
        columns = {name: getattr(state, name) for name in RfmState.__dataclass_fields__}
        connection.register("known", columns)
        connection.execute("CREATE TABLE state AS FROM known")
        score(connection, state="state", model=model, spending=spending, asked=asked, into="scores")
        found = connection.sql("FROM scores ORDER BY customer").fetchnumpy()
    told = model.scores(histories, within=13.0, ends=WORTH.ends(), rate=WORTH.rate)
    spend = spending.mean_spend(count, mean)
    return found, {
        "customer": state.customer[state.n_days > 0],
        "alive": told.alive,
        "purchases": told.purchases,
        "chance": model.probability_purchase(histories, within=13.0),
        "next_by": model.next_purchase(histories, quantile=0.8),
        "discounted": told.discounted,
        "spend": spend,
        "value": told.discounted * spend * 0.4,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_cdnow_is_scored_alike_by_sql_and_by_numpy(kind):
    found, expected = scored(cdnow("master").rows.until(CUT), CUT, kind)

    assert len(found["customer"]) == 23_570
    for name, column in expected.items():
        np.testing.assert_allclose(found[name], column, rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("kind", KINDS)
@given(transactions=st.lists(ORDER, max_size=25), on=st.integers(-60, 500))
def test_any_orders_are_scored_with_a_finite_row_per_customer(kind, transactions, on):
    rows = DayRows.of(*np.asarray(transactions, dtype=np.int64).reshape(-1, 3).T)

    found, expected = scored(rows, on, kind)

    assert found["customer"].tolist() == expected.pop("customer").tolist()
    for name, column in expected.items():
        far = column > 1e15  # no time that is measured: NumPy says never
        assert not np.isnan(found[name]).any()
        np.testing.assert_allclose(found[name][~far], column[~far], rtol=1e-6, atol=1e-9, err_msg=name)


def test_a_day_taken_in_brings_the_scores_of_a_full_rebuild_to_the_last_digit():
    rows = cdnow("sample").rows
    model, spending = (
        MbgNbd().with_parameters(0.525, 6.183, 0.891, 1.614),
        GammaGamma().with_parameters(6.25, 3.74, 1544),
    )
    asked = Question(on=CUT, within=13.0, worth=WORTH)
    with duckdb.connect(config={"threads": 1}) as connection:
        columns = {
            name: getattr(rows.until(CUT), name) for name in ("customer", "day", "purchases", "gross", "returned")
        }
        connection.register("known", columns)
        connection.execute("CREATE TABLE days AS FROM known")
        connection.execute(f"CREATE TABLE whole AS {rfm_sql.rfm_state('days')}")
        connection.execute(f"CREATE TABLE grown AS {rfm_sql.rfm_state(f'(FROM days WHERE day < {CUT})')}")
        rfm_sql.refresh(connection, state="grown", batch=f"(FROM days WHERE day >= {CUT})", history="days")
        for state in ("whole", "grown"):
            score(connection, state=state, model=model, spending=spending, asked=asked, into=f"scores_{state}")
        apart = connection.sql("(FROM scores_whole EXCEPT FROM scores_grown)").fetchall()
        [rows_scored] = connection.sql("SELECT count(*) FROM scores_grown").fetchone()

    assert rows_scored == 2357
    assert apart == []
