"""The same state by DuckDB as by NumPy, over a table and over Parquet, in one go and batch by batch."""

import duckdb
import numpy as np
import pytest

from tests.analytics.cdnow import CUT, WEEK, cdnow
from tests.analytics.test_rfm import table
from wendu.analytics import rfm_sql
from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState

DAYS = "FROM (VALUES {}) rows(customer, day, purchases, gross, returned)"


@pytest.fixture
def connection():
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


@pytest.fixture
def transactions(connection):
    generator = np.random.default_rng(3)
    columns = {
        "customer": generator.integers(1, 300, 4000),
        "day": generator.integers(-20, 400, 4000),
        "amount": generator.integers(-3_000, 20_000, 4000) // 10 * 10,
    }
    fill(connection, "transactions", columns)
    return columns


def fill(connection, name, columns):
    """A table of these columns."""
    connection.register("columns", columns)
    connection.execute(f"CREATE TABLE {name} AS FROM columns")
    connection.unregister("columns")


def test_duckdb_and_numpy_give_the_same_state(connection, transactions):
    found = rfm_sql.read_state(connection, rfm_sql.rfm_state(rfm_sql.day_rows("transactions")))

    assert table(found) == table(RfmState.of(DayRows.of(**transactions)))


def test_parquet_is_as_good_as_a_table(connection, transactions, tmp_path):
    file = tmp_path / "orders.parquet"
    connection.execute(f"COPY transactions TO '{file}' (FORMAT parquet)")
    days = rfm_sql.day_rows(f"read_parquet('{file}')")

    found = rfm_sql.read_state(connection, rfm_sql.rfm_state(days))

    assert table(found) == table(RfmState.of(DayRows.of(**transactions)))


def test_a_day_taken_in_gives_the_state_of_a_full_rebuild(connection, transactions):
    connection.execute(f"CREATE TABLE day_rows AS {rfm_sql.day_rows('transactions')}")
    connection.execute(
        f"CREATE TABLE state AS {rfm_sql.rfm_state('(FROM day_rows WHERE day < 350 AND customer <> 7)')}"
    )
    connection.execute("CREATE TABLE batch AS FROM day_rows WHERE day >= 350 OR customer = 7")

    changed = rfm_sql.refresh(connection, state="state", batch="batch", history="day_rows")

    assert table(rfm_sql.read_state(connection, "state")) == table(RfmState.of(DayRows.of(**transactions)))
    assert changed.tolist() == [
        row[0] for row in connection.sql("SELECT DISTINCT customer FROM batch ORDER BY 1").fetchall()
    ]


def test_a_late_return_is_found_though_it_brings_no_purchase(connection):
    connection.execute(f"CREATE TABLE history AS {DAYS.format('(1, 5, 1, 900, 0), (1, 9, 1, 100, 0)')}")
    connection.execute(f"CREATE TABLE state AS {rfm_sql.rfm_state('history')}")
    connection.execute(f"CREATE TABLE batch AS {DAYS.format('(1, 5, 0, 0, 300)')}")
    connection.execute("UPDATE history SET returned = 300 WHERE day = 5")

    rfm_sql.refresh(connection, state="state", batch="batch", history="history")

    assert connection.sql("SELECT sum_value, first_day_value, n_days FROM state").fetchall() == [(700, 600, 2)]


def test_cells_of_cdnow_are_those_numpy_counts(connection):
    rows = cdnow("sample").rows.until(CUT)
    fill(connection, "day_rows", {name: getattr(rows, name) for name in DayRows.__dataclass_fields__})

    found = rfm_sql.read_histories(connection, rfm_sql.rfm_state("day_rows"), on=CUT, unit_days=WEEK)

    expected = cdnow("sample").histories.cells()
    for name in Histories.__dataclass_fields__:
        assert getattr(found, name) == pytest.approx(getattr(expected, name))
