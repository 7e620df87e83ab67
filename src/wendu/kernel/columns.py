"""Reading many rows at once without models: the columns a named tuple asks for, in one query."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

R = TypeVar("R", bound=tuple[Any, ...])
Reader = Callable[[Any], Any]


def read_rows(rows: models.QuerySet[Any], into: type[R]) -> list[R]:
    """Read the columns a named tuple names, in one query and without models: a quarter of the price.

    The fields of the tuple are names `values_list` knows; the query must not be sliced into models already.
    """
    names: tuple[str, ...] = into._fields  # type: ignore[attr-defined]
    asked = rows.values_list(*names)
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    if not found:
        return []
    columns: list[Sequence[Any]] = list(zip(*found, strict=True))
    for place, read in _readers(rows.model, names, connection.vendor):  # type: ignore[arg-type]
        columns[place] = [None if value is None else read(value) for value in columns[place]]
    make: Callable[[Iterable[Any]], R] = into._make  # type: ignore[attr-defined]
    return list(map(make, zip(*columns, strict=True)))


@cache
def _readers(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[tuple[int, Reader], ...]:
    """Columns the database hands over in a form of its own."""
    found = [(place, _reader(_field(model, name), vendor)) for place, name in enumerate(names)]
    return tuple((place, read) for place, read in found if read is not None)


def _field(model: type[models.Model], name: str) -> Any:
    for step in name.split("__"):
        field: Any = model._meta.pk if step == "pk" else model._meta.get_field(step)
        model = field.related_model or model
    return field


def _reader(field: Any, vendor: str) -> Reader | None:
    if isinstance(field, models.DateTimeField | models.JSONField | models.DecimalField):
        raise TypeError(f"{field.name}: read through a model, which knows its form")
    return UUID if vendor == "sqlite" and isinstance(field, models.UUIDField) else None
