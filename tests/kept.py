"""What most tests begin with is made once per process, by the real actions; later tests get the same rows put back.

Making the morning scene takes a hundred times what its rows take to be written, and that was most of the time of
all tests.
"""

from collections.abc import Callable, Hashable
from copy import deepcopy
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from wendu.identity import snapshot

T = TypeVar("T")


class Rows(NamedTuple):
    """The rows of one table, as the database holds them."""

    columns: str
    count: int
    values: list[Any]


class Kept(NamedTuple):
    """What was made, and the rows it is made of."""

    thing: Any
    tables: dict[str, Rows]


_kept: dict[Hashable, Kept] = {}


def made_once(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` makes, and its rows in the database; made for the first test that asks, put back for all others.

    `key` must name everything it depends on. Where one of its tables is not as empty as it was then, it is made anew.
    """
    place = (connection.vendor, key)
    if place in _kept:
        found = _kept[place]
        if _are_empty(found.tables):
            _put_back(found.tables)
            snapshot.forget()
            return deepcopy(found.thing)
        return make()
    empty = [table for table in _tables() if _are_empty({table: None})]
    held = {table: rows for table in _tables() if table not in empty and (rows := _read(table))}
    thing = make()
    changed = [table for table, rows in held.items() if _read(table) != rows]
    assert not changed, f"{key} changes rows that were there before: {changed}"
    _kept[place] = Kept(deepcopy(thing), {table: rows for table in empty if (rows := _read(table))})
    return thing


def _tables() -> dict[str, list[str]]:
    """The columns of every table of a model, those the database fills in itself left out."""
    return {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields if not field.generated]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def _are_empty(tables: dict[str, Any]) -> bool:
    asked = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return not cursor.fetchone()[0]


def _read(table: str) -> Rows | None:
    columns = ", ".join(f'"{column}"' for column in _tables()[table])
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1')
        rows = cursor.fetchall()
    return Rows(columns, len(rows), [value for row in rows for value in row]) if rows else None


def _put_back(tables: dict[str, Rows]) -> None:
    with connection.cursor() as cursor:
        for table, rows in tables.items():
            row = f"({', '.join(['%s'] * (len(rows.values) // rows.count))})"
            shape = f'INSERT INTO "{table}" ({rows.columns}) VALUES {", ".join([row] * rows.count)}'
            cursor.execute(shape, rows.values)
        # A sequence forgets nothing when a test is undone, but one may have set it back: it goes on after these rows.
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
        if statements := connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute("".join(statements))
