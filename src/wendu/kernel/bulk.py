"""Writing many rows at once: one prepared statement for all of them, the columns taken from the model.

SQLite carries one short statement out again and again, which spares it the reading of a long one for every size of a
batch. Only where a trigger keeps a full-text index do many rows share a statement: that index is flushed once for each.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db import connection, models

from wendu.kernel.entity import Entity

Writer = Callable[[Any], Any]
ROWS_AT_ONCE = 100
VALUES_AT_ONCE = 30_000  # SQLite takes 32,766 in one statement
WORTH_A_COPY = 10


class Json(str):
    """A text that is JSON already, as `json.dumps` writes it, for a column that holds JSON."""

    __slots__ = ()


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
    keyed: bool = False,
    together: bool = False,
) -> int:
    """Do the same for rows that are only values under the names of all their columns: half the price.

    With `keyed` the rows bring the keys that `next_keys` gave out; with `together` a trigger of SQLite's wants them in
    as few statements as can be.
    """
    if not rows:
        return 0
    plan = _plan(model, connection.vendor, keyed=keyed)
    clash = _clash(model, tuple(unique), update and tuple(update)) if unique else ""
    if keep:
        clash = " ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not clash and len(rows) >= WORTH_A_COPY:
            _copy(cursor, plan, rows)
        elif connection.vendor == "sqlite" and not together:
            cursor.executemany(_insert(plan, 1, clash, "%s"), _values(rows, plan))
        else:
            most = VALUES_AT_ONCE // plan.width if together else ROWS_AT_ONCE
            for start in range(0, len(rows), most):
                some = rows[start : start + most]
                values = list(chain.from_iterable(_values(some, plan)))
                cursor.execute(_insert(plan, len(some), clash, _mark()), values)
    return len(rows)


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Give out keys for rows that are about to be written in the running transaction, so that others can name them.

    SQLite has one writer, and this transaction is it; PostgreSQL gives every key out once.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            key = str(model._meta.pk.column)
            sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sql, [table, key, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        latest = (cursor.fetchone() or (0,))[0]
    return list(range(latest + 1, latest + 1 + count))


def create_rows(rows: Sequence[Entity]) -> None:
    """Write new rows and give each its key."""
    for row, key in zip(rows, next_keys(type(rows[0]), len(rows)) if rows else (), strict=True):
        row.pk = key
    if rows:
        write_values(type(rows[0]), [vars(row) for row in rows], keyed=True)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def blank_columns(model: type[models.Model]) -> Mapping[str, Any]:
    """Give what every column of a new row holds that nobody says anything of; take a copy to fill in the others."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


class _Plan(NamedTuple):
    """The statement, how the columns of a row are read, and which of them the database wants otherwise."""

    table: str
    columns: str
    width: int
    read: Callable[[Mapping[str, Any]], Iterable[Any]]
    writers: tuple[tuple[int, Writer], ...]


def _mark() -> str:
    """Question marks are what SQLite reads; a cursor that logs its queries wants the other kind."""
    return "?" if connection.vendor == "sqlite" and not connection.queries_logged else "%s"


@lru_cache(maxsize=256)
def _insert(plan: _Plan, count: int, clash: str, mark: str) -> str:
    """One statement for so many rows."""
    row = f"({', '.join([mark] * plan.width)})"
    return f"INSERT INTO {plan.table} ({plan.columns}) VALUES {', '.join([row] * count)}{clash}"  # noqa: S608  ours


def _copy(cursor: Any, plan: _Plan, rows: Iterable[Mapping[str, Any]]) -> None:
    with (
        connection.wrap_database_errors,
        cursor.copy(f"COPY {plan.table} ({plan.columns}) FROM STDIN") as copy,
    ):
        for values in _values(rows, plan):
            copy.write_row(values)


def _values(rows: Iterable[Mapping[str, Any]], plan: _Plan) -> list[tuple[Any, ...]]:
    """The values of rows as the database takes them; a column is made ready as a whole, which is the cheapest."""
    columns: list[Any] = list(zip(*map(plan.read, rows), strict=True))
    for place, write in plan.writers:
        columns[place] = [None if value is None else write(value) for value in columns[place]]
    return list(zip(*columns, strict=True))


@cache
def _plan(model: type[models.Model], vendor: str, *, keyed: bool) -> _Plan:
    fields = _written(model, keyed=keyed)
    writers = [(place, _writer(field, vendor)) for place, field in enumerate(fields)]
    return _Plan(
        _quoted(model._meta.db_table),
        ", ".join(_quoted(field.column) for field in fields),
        len(fields),
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


def _written(model: type[models.Model], *, keyed: bool = False) -> list[Any]:
    return [field for field in model._meta.concrete_fields if keyed or not isinstance(field, models.AutoField)]


def _writer(field: Any, vendor: str) -> Writer | None:
    """How a value is handed to the database; None for what it takes as it is."""
    if isinstance(field, models.ForeignKey):
        return _writer(field.target_field, vendor)
    known = _WRITERS[vendor]
    kind = next((each for each in known if isinstance(field, each)), None)
    if kind is not None and getattr(field, "encoder", None) is None:
        return known[kind]
    return lambda value: field.get_db_prep_save(value, connection)


def _json(value: Any) -> str:
    return value if type(value) is Json else json.dumps(value)


def _jsonb(value: Any) -> Any:
    return str(value) if type(value) is Json else connection.ops.adapt_json_value(value, None)


@lru_cache(maxsize=256)
def _moment(value: datetime) -> str:
    """The rows of one action share theirs."""
    return str(connection.ops.adapt_datetimefield_value(value))


_AS_IT_IS: dict[Any, Writer | None] = dict.fromkeys((models.IntegerField, models.FloatField, models.BooleanField))
_TEXTS: dict[Any, Writer | None] = {models.CharField: str, models.TextField: str}  # a choice is a text in disguise
_WRITERS: dict[str, dict[Any, Writer | None]] = {
    "sqlite": {
        **_AS_IT_IS,
        **_TEXTS,
        models.JSONField: _json,
        models.UUIDField: attrgetter("hex"),
        models.DateTimeField: _moment,
        models.DateField: date.isoformat,
    },
    "postgresql": {
        **_AS_IT_IS,
        **_TEXTS,
        models.JSONField: _jsonb,
        **dict.fromkeys((models.UUIDField, models.DateField)),
    },
}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
