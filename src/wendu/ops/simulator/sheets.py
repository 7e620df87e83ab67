"""Rows by the ten thousand: plain tuples straight into a table, past the model instances.

The database still checks every constraint; ids are given out here, so that rows can point at each other unwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max
from django.db.models.fields import NOT_PROVIDED

from wendu.kernel.entity import Entity, new_uuid

Prepare = Callable[[Any], Any]


class Sheet:
    """The rows of one table that are not written yet."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.rows: list[tuple[Any, ...]] = []
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self._columns = [str(field.column) for field in fields]
        self._spec = [(field.attname, _default(field), _prepare(field)) for field in fields]
        self._next = (model._base_manager.aggregate(top=Max("pk"))["top"] or 0) + 1
        self._is_entity = issubclass(model, Entity)

    def add(self, **values: Any) -> int:
        """Keep a row and give its id."""
        pk, self._next = self._next, self._next + 1
        values["id"] = pk
        if self._is_entity and "uuid" not in values:
            values["uuid"] = new_uuid()
        row = []
        for name, default, prepare in self._spec:
            value = values[name] if name in values else default() if callable(default) else default
            row.append(value if prepare is None or value is None else prepare(value))
        self.rows.append(tuple(row))
        return pk

    def write(self) -> int:
        """Write what was kept; says how many rows."""
        rows, self.rows = self.rows, []
        if rows:
            _insert(self.model._meta.db_table, self._columns, rows)
        return len(rows)


def settle_sequences(tables: Iterable[type[models.Model]]) -> None:
    """Let the database count on from the ids given out here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608  names of our models


def _default(field: models.Field[Any, Any]) -> Any:
    if field.has_default():
        return field.default if callable(field.default) or field.default is not NOT_PROVIDED else None
    return None if field.null else ""


def _prepare(field: models.Field[Any, Any]) -> Prepare | None:
    on_postgresql = connection.vendor == "postgresql"
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if isinstance(field, models.UUIDField):
        return None if on_postgresql else lambda value: value.hex
    if isinstance(field, models.DateTimeField):
        return None if on_postgresql else _moment
    if isinstance(field, models.DateField):
        return None if on_postgresql else date.isoformat
    return None


def _moment(value: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(value))
