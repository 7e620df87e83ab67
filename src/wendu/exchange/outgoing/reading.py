"""Reading what goes out, some rows at a time: memory stays flat, and no cursor stays open between two pieces."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.functions import Cast

from wendu.exchange.outgoing.columns import Cells, Column
from wendu.kernel.prepared import Among, Blank, answer, word

CHUNK = 2000
Values = Sequence[Any]


def by_key(rows: QuerySet[Any], columns: Sequence[Column]) -> Iterator[list[Cells]]:
    """Every row, in the order in which they came to be; each piece goes on after the latest key."""
    return in_order(rows, columns, _keys(rows.order_by("pk").values_list("pk", flat=True)))


def in_order(rows: QuerySet[Any], columns: Sequence[Column], keys: Iterable[Sequence[int]]) -> Iterator[list[Cells]]:
    """The rows of these keys, piece by piece, in this order; one that left the sight of the reader is left out."""
    paths = tuple(dict.fromkeys(("pk", *(path for column in columns for path in column.paths))))
    shown = [_shown(rows.model, path) for path in paths]
    question = word(rows.order_by().filter(Among("pk", Blank(0))).values_list(*shown))
    for some in keys:
        held = {row[0]: row for row in answer(question, (some,))}
        if chunk := [held[key] for key in some if key in held]:
            yield _written(chunk, paths, columns)


def _keys(rows: QuerySet[Any, Any]) -> Iterator[list[int]]:
    latest = 0
    while some := list(rows.filter(pk__gt=latest)[:CHUNK]):
        yield some
        latest = some[-1]


def _shown(model: type[models.Model], path: str) -> Any:
    """Read ids as texts, and days as well where the driver would make each a day by itself: that is half the price."""
    field = _field(model, path)
    if isinstance(field, models.UUIDField):
        return Cast(path, models.CharField())
    is_day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    return Cast(path, models.TextField()) if is_day and connection.vendor == "sqlite" else path


def _field(model: Any, path: str) -> Any:
    """The field at the end of a path."""
    field, meta = None, model._meta
    for name in path.split("__"):
        field = meta.pk if name == "pk" else meta.get_field(name)
        meta = field.related_model._meta if field.related_model else meta
    return field


def _written(chunk: Sequence[Values], paths: Sequence[str], columns: Sequence[Column]) -> list[Cells]:
    """Turn rows of values into columns of cells: a column at once costs a third of a cell by itself."""
    values = dict(zip(paths, zip(*chunk, strict=True), strict=True))
    return [column.write(*[values[path] for path in column.paths]) for column in columns]
