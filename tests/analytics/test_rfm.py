"""RFM as a growing state: any way of batching gives the same rows, to the last digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import NEVER_SINCE, NEVER_YET, RfmState, refreshed

AMOUNTS = st.one_of(st.integers(-10_000, 10_000), st.sampled_from([0, 10**12, -(10**12)]))
TRANSACTIONS = st.lists(st.tuples(st.integers(1, 6), st.integers(-3, 12), AMOUNTS, st.integers(0, 3)), max_size=40)


def rows_of(transactions):
    columns = np.asarray([row[:3] for row in transactions], dtype=np.int64).reshape(-1, 3).T
    return DayRows.of(*columns)


def table(state):
    return {name: getattr(state, name).tolist() for name in RfmState.__dataclass_fields__}


@given(TRANSACTIONS)
def test_any_split_into_batches_gives_the_state_of_all_at_once(transactions):
    history, state = rows_of([]), RfmState.of(rows_of([]))

    for number in range(4):
        batch = rows_of([row for row in transactions if row[3] == number])
        history = history.plus(batch)
        state = refreshed(state, batch, history.only).state

    assert table(state) == table(RfmState.of(rows_of(transactions)))


@given(TRANSACTIONS, st.integers(-3, 12), st.integers(-3, 12))
def test_states_of_separate_spans_merge_in_any_order_and_grouping(transactions, first_cut, second_cut):
    low, high = sorted((first_cut, second_cut))
    early, middle, late = (
        RfmState.of(rows_of([row for row in transactions if begin <= row[1] < end]))
        for begin, end in ((-9, low), (low, high), (high, 99))
    )

    whole = table(RfmState.of(rows_of(transactions)))

    assert table(early.merged(middle).merged(late)) == whole
    assert table(early.merged(middle.merged(late))) == whole
    assert table(late.merged(early).merged(middle)) == whole


def test_customers_may_have_names_and_large_numbers():
    named = DayRows.of([], [], []).plus(DayRows.of(["b", "a", "b"], [1, 2, 3], [5, 6, 7]))
    large = DayRows.of([], [], []).plus(DayRows.of([2**60 + 1, 2**60], [1, 1], [5, 6]))

    assert RfmState.of(DayRows.of([], [], [])).merged(RfmState.of(named)).customer.tolist() == ["a", "b"]
    assert RfmState.of(named).sum_value.tolist() == [6, 12]
    assert large.customer.tolist() == [2**60, 2**60 + 1]


def test_only_customers_with_late_rows_are_computed_anew():
    history = rows_of([(1, 10, 500), (2, 10, 700), (3, 10, 900)])
    batch = rows_of([(1, 12, 100), (2, 9, 300), (2, 12, 100)])
    asked = []

    def days_of(customers):
        asked.extend(customers.tolist())
        return history.plus(batch).only(customers)

    refresh = refreshed(RfmState.of(history), batch, days_of)

    assert asked == [2]
    assert refresh.changed.tolist() == [1, 2]
    assert table(refresh.state)["first_day"] == [10, 9, 10]
    assert table(refresh.state)["first_day_value"] == [500, 300, 900]


def test_a_return_is_taken_from_its_own_day_and_no_day_falls_below_zero():
    state = table(RfmState.of(rows_of([(1, 1, 1000), (1, 1, -300), (1, 5, 200), (1, 5, -900), (1, 7, -50), (1, 9, 0)])))

    assert state["sum_value"] == [700]
    assert state["gross_value"] == [1200]
    assert state["returned_value"] == [1250]
    assert (state["n_days"], state["first_day"], state["last_day"]) == ([3], [1], [9])
    assert state["seen_to"] == [9]


def test_who_only_sent_something_back_has_a_row_but_no_history():
    state = RfmState.of(rows_of([(1, 4, -100), (2, 4, 100)]))

    assert table(state)["n_days"] == [0, 1]
    assert (state.first_day[0], state.last_day[0]) == (NEVER_YET, NEVER_SINCE)
    assert len(Histories.of_state(state, on=9)) == 1


def test_orders_of_one_day_are_one_and_the_first_is_no_repeat():
    histories = Histories.of_state(
        RfmState.of(rows_of([(1, 0, 100), (1, 0, 50), (1, 14, 70), (1, 28, 30)])), on=35, unit_days=7
    )

    assert histories.frequency.tolist() == [2.0]
    assert histories.recency.tolist() == [4.0]
    assert histories.age.tolist() == [5.0]


def test_what_was_known_on_an_evening_of_the_past_leaves_out_later_days():
    rows = rows_of([(1, 0, 100), (1, 3, 100), (2, 8, 100)])

    assert table(RfmState.of(rows.until(3)))["n_days"] == [2]
