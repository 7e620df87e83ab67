"""All purchases as day rows, read by DuckDB where they lie; through Django where nobody else can look.

The queries are the same ones, written by the models. What differs is who carries them out and in which shape the
answer comes: a million orders need no million objects.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection
from psycopg.conninfo import make_conninfo

from wendu.analytics.attached import Kind, attached
from wendu.analytics.days import DayRows
from wendu.analytics.rfm_sql import day_rows, read_days, told_purchases
from wendu.insights.facts import Ground, purchase_queries, purchases_of_all

ROWS_AT_ONCE = 50_000
Purchase = tuple[int, int, int]


def day_rows_of_all(ground: Ground) -> DayRows:
    """One row per customer and day of all bought and sent back up to the day of `ground`."""
    found = _where()
    return collapsed(purchases_of_all(ground)) if found is None else read_in_place(ground, *found)


def collapsed(purchases: Iterable[Purchase]) -> DayRows:
    """One row per customer and day, in pieces, so that a long list is never held as Python numbers."""
    rows, left = DayRows.of([], [], []), iter(purchases)
    while piece := list(islice(left, ROWS_AT_ONCE)):
        rows = rows.plus(DayRows.of(*(np.asarray(column, dtype=np.int64) for column in zip(*piece, strict=True))))
    return rows


def read_in_place(ground: Ground, kind: Kind, where: str) -> DayRows:
    """The same, read from the database at `where`; raises `duckdb.Error` when it cannot be reached."""
    with attached(kind, where) as there:
        told = " UNION ALL ".join(f"FROM {told_purchases(f'({text})')}" for text in _texts(ground))
        return read_days(there, day_rows(f"({told})"))


def _where() -> tuple[Kind, str] | None:
    """The database as somebody else reaches it; none inside a transaction, which nobody else sees, or in memory."""
    engine: Any = connection
    if engine.in_atomic_block:
        return None
    if engine.vendor == "postgresql":
        known = engine.get_connection_params()
        names = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
        return "postgres", make_conninfo(**{name: known[name] for name in names if known.get(name)})
    return None if engine.is_in_memory_db() else ("sqlite", str(engine.settings_dict["NAME"]))


def _texts(ground: Ground) -> list[str]:
    """The queries in words, what they ask for put in by the rules of the driver."""
    words: Any = connection.ops
    compiled = [rows.query.sql_with_params() for rows in purchase_queries(ground)]
    if connection.vendor == "postgresql":
        return [words.compose_sql(*each) for each in compiled]
    with connection.cursor() as cursor:
        return [words.last_executed_query(cursor, *each) for each in compiled]
