"""Writing many rows at once: one prepared statement for all of them, the columns taken from the model."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models

from wendu.kernel.entity import Entity

Writer = Callable[[Any], Any]
KEYS_AT_ONCE = 500
AS_IT_IS = (models.IntegerField, models.FloatField, models.BooleanField)


def write_rows(
    rows: Iterable[models.Model], *, unique: Sequence[str] = (), update: Sequence[str] | None = None, keep: bool = False
) -> int:
    """Write rows of one model; says how many.

    A row whose `unique` columns are there already gives it its own `update` columns (without naming them: all others),
    or with `keep` leaves it as it is. Generated keys are not read back.
    """
    held = list(rows)
    return (
        write_values(type(held[0]), [vars(row) for row in held], unique=unique, update=update, keep=keep) if held else 0
    )


def write_values(
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] | None = None,
    keep: bool = False,
) -> int:
    """Do the same for rows that are only values under the names of all their columns: half the price."""
    if rows:
        plan = _plan(model, connection.vendor)
        clash = _clash(model, tuple(unique), update and tuple(update)) if unique else ""
        with connection.cursor() as cursor:
            values: Any = _values(rows, plan)
            cursor.executemany(plan.insert + (" ON CONFLICT DO NOTHING" if keep else clash), values)
    return len(rows)


def create_rows(rows: Sequence[Entity]) -> None:
    """Write new rows and give each the key the database found for it."""
    write_rows(rows)
    keys: dict[Any, int] = {}
    for start in range(0, len(rows), KEYS_AT_ONCE):
        some = [row.uuid for row in rows[start : start + KEYS_AT_ONCE]]
        keys.update(type(rows[0])._base_manager.filter(uuid__in=some).values_list("uuid", "pk"))
    for row in rows:
        row.pk, row._state.adding, row._state.db = keys[row.uuid], False, connection.alias


class _Plan(NamedTuple):
    """The statement, how the columns of a row are read, and which of them the database wants otherwise."""

    insert: str
    read: Callable[[Mapping[str, Any]], Iterable[Any]]
    writers: tuple[tuple[int, Writer], ...]


def _values(rows: Iterable[Mapping[str, Any]], plan: _Plan) -> Iterator[list[Any]]:
    for row in rows:
        values = list(plan.read(row))
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
