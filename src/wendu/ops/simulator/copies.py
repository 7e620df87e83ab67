"""A big firm out of a small one: every row copied under new ids by the database itself, a million customers in minutes.

Copies keep their owner, their day and their readings; only their ids, and what must be unique, are their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models, transaction
from django.db.models import Max

from wendu.agenda.models import Due
from wendu.coach.models import Checkpoint, ClassSpell, DealStanding, Memory, Standing
from wendu.customers.models import Contact, Customer
from wendu.opportunities.models import Opportunity
from wendu.ops.simulator.rows import TABLES
from wendu.ops.simulator.sheets import settle_sequences
from wendu.readings.models import Reading
from wendu.search.models import Entry as SearchEntry
from wendu.touches.models import Touch

Table = type[models.Model]
JUDGED: tuple[Table, ...] = (Standing, DealStanding, Memory, Checkpoint, ClassSpell, Reading, Due, SearchEntry)
COPIED: tuple[Table, ...] = (*TABLES, *JUDGED)
SUBJECTS: dict[str, Table] = {"customer": Customer, "contact": Contact, "opportunity": Opportunity, "touch": Touch}
KIND_OF_ID = {"subject_id": "subject_kind", "object_id": "kind"}
OF_CUSTOMER = ("root_id", "customer_id")


def multiply(times: int) -> Iterator[int]:
    """Copy all there is until there are `times` as many customers; yields the copies made so far."""
    spans = {model: _top(model) for model in COPIED}
    for number in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in COPIED:
                cursor.execute(_statement(model, spans, number))
        yield number
    settle_sequences(COPIED)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _top(model: Table) -> int:
    return int(model._base_manager.aggregate(top=Max("pk"))["top"] or 0)


def _statement(model: Table, spans: dict[Table, int], number: int) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    values = ", ".join(_value(field, model, spans, number) for field in fields)
    table = quote(model._meta.db_table)
    key = next(quote(str(field.column)) for field in fields if field.primary_key)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} <= {spans[model]}"  # noqa: S608  names of our models


def _value(field: models.Field, model: Table, spans: dict[Table, int], number: int) -> str:
    """What a copy holds in a column: its own id, the copy of what it points at, else the same."""
    name = str(field.column)
    column = connection.ops.quote_name(name)
    target = field.remote_field.model if field.remote_field else None
    if name == "uuid":
        return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    if name == "external_id" and model is Customer:
        return f"'{number}-' || {column}"
    if target is None and name in KIND_OF_ID:
        cases = " ".join(f"WHEN '{kind}' THEN {number * spans[each]}" for kind, each in SUBJECTS.items())
        return f"{column} + CASE {KIND_OF_ID[name]} {cases} ELSE 0 END"
    points_at = target
    if target is None and field.primary_key:
        points_at = model
    elif target is None and name in OF_CUSTOMER:
        points_at = Customer
    return f"{column} + {number * spans[points_at]}" if points_at in spans else column
