"""Writing many rows at once: one prepared statement for all of them, the columns taken from the model."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models

Writer = Callable[[Any], Any]
AS_IT_IS = (models.IntegerField, models.FloatField, models.BooleanField)


def write_rows(
    rows: Iterable[models.Model], *, unique: Sequence[str] = (), update: Sequence[str] | None = None, keep: bool = False
) -> int:
    """Write rows of one model; says how many.

    A row whose `unique` columns are there already gives it its own `update` columns (without naming them: all others),
    or with `keep` leaves it as it is. Generated keys are not read back.
    """
    held = list(rows)
    if not held:
        return 0
    plan = _plan(type(held[0]), connection.vendor)
    clash = _clash(type(held[0]), tuple(unique), update and tuple(update)) if unique else ""
    with connection.cursor() as cursor:
        values: Any = _values(held, plan)
        cursor.executemany(plan.insert + (" ON CONFLICT DO NOTHING" if keep else clash), values)
    return len(held)


class _Plan(NamedTuple):
    """The statement, how the columns of a row are read, and which of them the database wants otherwise."""

    insert: str
    read: Callable[[Mapping[str, Any]], Iterable[Any]]
    writers: tuple[tuple[int, Writer], ...]


def _values(rows: Iterable[models.Model], plan: _Plan) -> Iterator[list[Any]]:
    for row in rows:
        values = list(plan.read(vars(row)))
        for place, write in plan.writers:
            if values[place] is not None:
                values[place] = write(values[place])
        yield values


@cache
def _plan(model: type[models.Model], vendor: str) -> _Plan:
    fields = _written(model)
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  our names
    writers = [(place, _writer(field, vendor)) for place, field in enumerate(fields)]
    return _Plan(
        insert,
        itemgetter(*[field.attname for field in fields]),
        tuple((place, write) for place, write in writers if write is not None),
    )


@cache
def _clash(model: type[models.Model], unique: tuple[str, ...], update: tuple[str, ...] | None) -> str:
    """What becomes of a row that is there already."""
    fields = _written(model)
    keys = [field.column for field in fields if field.name in unique]
    changing = [f.column for f in fields if (f.column not in keys if update is None else f.name in update)]
    sets = ", ".join(f"{_quoted(column)} = excluded.{_quoted(column)}" for column in changing)
    return f" ON CONFLICT ({', '.join(map(_quoted, keys))}) DO UPDATE SET {sets}"


def _written(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _writer(field: Any, vendor: str) -> Writer | None:
    """How a value is handed to the database; None for what it takes as it is."""
    if isinstance(field, models.ForeignKey):
        return _writer(field.target_field, vendor)
    if isinstance(field, AS_IT_IS):
        return None
    if isinstance(field, models.CharField | models.TextField):
        return str  # a choice is a text that calls itself something else
    if vendor == "sqlite" and isinstance(field, models.JSONField) and field.encoder is None:
        return json.dumps
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date.isoformat if vendor == "sqlite" else None
    return lambda value: field.get_db_prep_save(value, connection)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
