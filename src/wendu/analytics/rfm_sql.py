"""The RFM state and its cells as DuckDB SQL: the same rows as `rfm`, over tables, Parquet or Arrow, at any size.

A source is whatever may stand after FROM: a table, a registered frame, `read_parquet('...')`. It is put into the query
as it is, so it comes from the program, never from people. Every query stands in parentheses and is a source itself.
"""

from importlib.resources import files
from string import Template

import duckdb
import numpy as np

from wendu.analytics.columns import AnyColumn
from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState


def told_purchases(asked: str) -> str:
    """Query: purchases as transactions, from a query with customer, day as a date, amount, and whatever else."""
    return _query("told_purchases", asked=asked)


def day_rows(transactions: str) -> str:
    """Query: one row per customer and day."""
    return _query("day_rows", transactions=transactions)


def rfm_state(rows: str) -> str:
    """Query: the state after these days."""
    return _query("rfm_state", day_rows=rows)


def merged_states(state: str, batch: str) -> str:
    """Query: two states as one, where no customer's days overlap."""
    return _query("merged_states", state=state, batch=batch)


def late_customers(state: str, batch: str) -> str:
    """Query: customers whose batch does not lie wholly before or after what is known."""
    return _query("late_customers", state=state, batch=batch)


def cells(state: str, *, on: int) -> str:
    """Query: customers with equal histories counted together."""
    return _query("cells", state=state, on=str(int(on)))


def refresh(connection: duckdb.DuckDBPyConnection, *, state: str, batch: str, history: str) -> AnyColumn:
    """Take the day rows `batch` into the table `state` and say whose row changed.

    Only rows of customers in the batch are written; late ones are computed anew from the day rows `history`, which hold
    the batch already.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE arriving AS {rfm_state(batch)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE late AS {late_customers(state, 'arriving')}")
    known = f"(FROM {state} SEMI JOIN arriving USING (customer) ANTI JOIN late USING (customer))"
    in_time = merged_states(known, "(FROM arriving ANTI JOIN late USING (customer))")
    anew = rfm_state(f"(FROM {history} SEMI JOIN late USING (customer))")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed AS {in_time} UNION ALL BY NAME {anew}")
    try:
        connection.execute(filled("refresh", state=state, changed="changed"))
    except duckdb.Error:
        connection.rollback()
        raise
    return np.asarray(connection.sql("SELECT customer FROM changed ORDER BY customer").fetchnumpy()["customer"])


def read_days(connection: duckdb.DuckDBPyConnection, source: str) -> DayRows:
    """Day rows as columns, sorted by customer and day."""
    found = connection.sql(f"FROM {source} ORDER BY customer, day").fetchnumpy()
    return DayRows(**{name: np.asarray(found[name]) for name in DayRows.__dataclass_fields__})


def read_state(connection: duckdb.DuckDBPyConnection, source: str) -> RfmState:
    """A state as columns, sorted by customer."""
    found = connection.sql(f"FROM {source} ORDER BY customer").fetchnumpy()
    return RfmState(**{name: np.asarray(found[name]) for name in RfmState.__dataclass_fields__})


def read_histories(connection: duckdb.DuckDBPyConnection, state: str, *, on: int, unit_days: float = 1.0) -> Histories:
    """The cells of a state, ready for a fit."""
    found = connection.sql(cells(state, on=on)).fetchnumpy()
    return Histories.of(found["frequency"], found["recency"] / unit_days, found["age"] / unit_days, found["weight"])


def filled(name: str, **sources: str) -> str:
    """The text of a query of this package with its sources put in."""
    text = files("wendu.analytics").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return Template(text).substitute(sources)


def _query(name: str, **sources: str) -> str:
    return f"({filled(name, **sources)})"
