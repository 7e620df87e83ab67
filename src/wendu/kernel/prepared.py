"""Questions asked over and over: the ORM writes their SQL once, then only the values change.

Wording a query costs the ORM many times what the database needs to answer it; one touch is judged by twenty of them.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from functools import partial, wraps
from inspect import signature
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import Col, Expression
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
Converter = Callable[[Any, Any, Any], Any]
AS_THEY_COME = (models.BooleanField, models.DateField)  # what both drivers hand over as Python knows it


def prepared(build: Callable[P, models.QuerySet[Any, Any]]) -> Callable[P, list[Row]]:
    """Make a question of a function that builds a `values_list`: its arguments are filled in each time it is asked.

    They may be numbers, texts, days, moments and UUIDs, each compared with something (never None), and collections of
    keys within `Among`. What the function does with them must not depend on their value.
    """
    blanks: Any = [Blank(place) for place, _ in enumerate(signature(build).parameters)]
    with_blanks: Callable[[], models.QuerySet[Any, Any]] = partial(build, *blanks)
    worded: dict[str, Worded] = {}  # by database

    @wraps(build)
    def asked(*values: P.args, **_named: P.kwargs) -> list[Row]:
        vendor = connection.vendor
        if vendor not in worded:
            worded[vendor] = word(with_blanks())
        return answer(worded[vendor], values)

    return asked


def prepared_records_of(build: Callable[P, models.QuerySet[M]]) -> Callable[P, list[M]]:
    """The same for a function that gives a queryset of models; they come as they are, related ones as it says."""
    blanks: Any = [Blank(place) for place, _ in enumerate(signature(build).parameters)]
    with_blanks: Callable[[], models.QuerySet[M]] = partial(build, *blanks)
    worded: dict[str, tuple[Worded, Callable[[Row], M]]] = {}

    @wraps(build)
    def asked(*values: P.args, **_named: P.kwargs) -> list[M]:
        vendor = connection.vendor
        if vendor not in worded:
            worded[vendor] = word_records(with_blanks())
        question, made = worded[vendor]
        return list(map(made, answer(question, values)))

    return asked


class Blank(Expression):
    """A place in a question, filled in when it is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> Any:
        return "%s", [self]


class Among(models.Func):
    """Whether a column is one of many keys; these are one value, so that the question is the same for any number."""

    output_field = models.BooleanField()

    def __init__(self, column: str, keys: Any) -> None:
        super().__init__(models.F(column), keys)

    def as_sql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> Any:
        return self._join(compiler, "{} IN (SELECT value FROM json_each({}))")

    def as_postgresql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> Any:
        return self._join(compiler, "{} = ANY({})")

    def _join(self, compiler: SQLCompiler, pattern: str) -> Any:
        sqls, params = zip(*[compiler.compile(each) for each in self.get_source_expressions()], strict=True)
        return pattern.format(*sqls), [value for some in params for value in some]


class OneOf(models.Func):
    """`column IN (a, b, ...)`, where the values may still be blanks of a prepared question."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, *values = [compiler.compile(each) for each in self.get_source_expressions()]
        listed = ", ".join(sql for sql, _params in values)
        params = (*column[1], *(param for _sql, given in values for param in given))
        return f"{column[0]} IN ({listed})", params


class Worded(NamedTuple):
    """A question in SQL: its values in order, some of them blanks, and what must be made of which column."""

    sql: str
    values: list[Any]
    readers: list[tuple[int, list[Converter], Expression]]


def word(rows: models.QuerySet[Any, Any]) -> Worded:
    """Have the ORM word a question with blanks in it."""
    return _worded(rows)[0]


def word_records(rows: models.QuerySet[Any, Any]) -> tuple[Worded, Callable[[Row], Any]]:
    """The same for a queryset of models, with what makes a model of a row; annotations and related ones come along."""
    worded, compiler = _worded(rows)
    info: Any = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    columns: Any = compiler.select[first:last]
    names, model = [column[0].target.attname for column in columns], info["model"]
    related: Any = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
    beside: Any = compiler.annotation_col_map or {}

    def made(row: Row) -> Any:
        record = model.from_db(connection.alias, names, row[first:last])
        for each in related:
            each.populate(row, record)
        for name, place in beside.items():
            setattr(record, name, row[place])
        return record

    return worded, made


def _worded(rows: models.QuerySet[Any, Any]) -> tuple[Worded, SQLCompiler]:
    compiler = rows.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    shown = [expression for expression, *_ in compiler.select]
    readers = compiler.get_converters(shown)
    kept = [(place, *readers[place]) for place in readers if not _comes_as_it_is(shown[place])]
    return Worded(sql, list(values), kept), compiler


def _comes_as_it_is(column: Any) -> bool:
    field = column.output_field
    return isinstance(column, Col) and isinstance(field, AS_THEY_COME) and not isinstance(field, models.DateTimeField)


def answer(worded: Worded, given: tuple[Any, ...]) -> list[Row]:
    """Ask a worded question with these values in its blanks."""
    with connection.cursor() as cursor:
        cursor.execute(worded.sql, filled(worded, given))
        rows: list[Row] = cursor.fetchall()
    for place, converters, expression in worded.readers if rows else ():
        columns = list(zip(*rows, strict=True))
        for convert in converters:
            columns[place] = tuple([convert(value, expression, connection) for value in columns[place]])
        rows = list(zip(*columns, strict=True))
    return rows


def filled(worded: Worded, given: Sequence[Any]) -> list[Any]:
    """The values of a question with these in its blanks, as the driver takes them."""
    handed = [_handed(value) for value in given]
    return [handed[value.place] if type(value) is Blank else value for value in worded.values]


def _handed(value: Any) -> Any:
    """A value in the form the driver takes."""
    if isinstance(value, int | float) or connection.vendor != "sqlite":
        return list(value) if isinstance(value, Collection) and not isinstance(value, str) else value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    return value if isinstance(value, str) else json.dumps(list(value))
