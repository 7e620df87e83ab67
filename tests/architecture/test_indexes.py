"""No index repeats the beginning of a longer one: whatever is written keeps every index of its table."""

from collections.abc import Iterator

import pytest
from django.db.models import F, Field, Model, OrderBy, UniqueConstraint

from tests.architecture.test_tables import tables

KEPT: dict[str, str] = {}
"""Indexes kept although a longer one begins with them, each with the reason."""

Columns = tuple[tuple[str, bool], ...]  # each with whether it falls


def repeated(model: type[Model]) -> list[str]:
    """The indexes of a table whose columns another, unconditional index begins with."""
    held = list(indexes(model))
    return [
        f"{model._meta.label}: {name}"
        for name, columns in held
        if any(
            name != other and _begins(longer, columns) and not (longer == columns and name < other)
            for other, longer in held
        )
    ]


def indexes(model: type[Model]) -> Iterator[tuple[str, Columns]]:
    """Every index that holds all rows of a table, by name, with its columns."""
    for field in model._meta.local_concrete_fields:
        if field.unique or field.db_index:
            yield field.name, ((_column(model, field.name), False),)
    for index in model._meta.indexes:
        if index.condition is None and index.fields:
            yield index.name, tuple((_column(model, name), bool(order)) for name, order in index.fields_orders)
        elif index.condition is None and (columns := _of_expressions(model, index.expressions)):
            yield index.name, columns
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None and constraint.fields:
            yield constraint.name, tuple((_column(model, name), False) for name in constraint.fields)


def _of_expressions(model: type[Model], expressions: tuple[object, ...]) -> Columns:
    """The columns of an index by expressions as far as it begins with plain ones."""
    found: list[tuple[str, bool]] = []
    for each in expressions:
        falls, inner = (each.descending, each.expression) if isinstance(each, OrderBy) else (False, each)
        if not isinstance(inner, F):
            break
        found.append((_column(model, inner.name), falls))
    return tuple(found)


def _column(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.column)


def _begins(longer: Columns, columns: Columns) -> bool:
    """Whether an index answers what a shorter one does; it can be read from either end."""
    turned = tuple((name, not falls) for name, falls in columns)
    return longer[: len(columns)] in (columns, turned)


@pytest.mark.parametrize("model", tables(), ids=lambda model: model._meta.label)
def test_no_index_repeats_the_beginning_of_a_longer_one(model):
    unique = {field.name for field in model._meta.local_concrete_fields if field.unique}
    found = [each for each in repeated(model) if each not in KEPT and each.rpartition(": ")[2] not in unique]

    assert found == [], "take the index away (db_index=False), or say in KEPT why it stays"


def test_what_is_kept_all_the_same_is_still_there():
    held = {each for model in tables() for each in repeated(model)}

    assert set(KEPT) <= held
