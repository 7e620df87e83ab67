"""Indexes by the values of the company's own fields: those exist that saved views filter or sort by, and no others."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import QueryDict

from wendu.customers.choices import FieldType
from wendu.customers.models import Customer
from wendu.customers.queries import standing_fields
from wendu.desk.table.asked import Asked, asked_from
from wendu.desk.table.fields import FLAG, NUMBER, OWN
from wendu.desk.table.own_fields import KINDS
from wendu.identity import snapshot
from wendu.kernel.own_values import OwnFlag, OwnNumber, OwnText
from wendu.saved_views.choices import Place
from wendu.saved_views.models import SavedView

AT_MOST = 16  # every one of them is written to with each customer
BEGINNING, REMEMBERED, AS_THEY_ARE = "own_customer_", 60.0, frozenset({"has", "not", "known", "unknown"})


def own_value(code: str, kind: str, column: str) -> Any:
    """The value of a field as questions and its index word it."""
    return {NUMBER: OwnNumber, FLAG: OwnFlag}.get(kind, OwnText)(column, code)


def indexed_codes() -> frozenset[str]:
    """The fields whose index stands, remembered for a minute; asked of the database, which alone knows."""
    return snapshot.remembered("own_indexes", lambda: frozenset(standing_indexes()), seconds=REMEMBERED)


def standing_indexes(*, broken: bool = False) -> dict[str, bool]:
    """The fields that have an index, and whether it is whole: one whose making was cut short serves nobody."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = %s::regclass AND c.relname LIKE %s"
        )
    else:
        sql = "SELECT name, 1 FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [Customer._meta.db_table, f"{BEGINNING}%"])
        found = {name.removeprefix(BEGINNING): bool(whole) for name, whole in cursor.fetchall()}
    return {code: whole for code, whole in found.items() if whole or broken}


def wanted_codes() -> list[str]:
    """The fields saved views filter or sort by, those most views ask for first."""
    counted: Counter[str] = Counter()
    known = {field.code for field in standing_fields()}
    for query in SavedView.objects.filter(place=Place.CUSTOMERS, deleted_at=None).values_list("query", flat=True):
        counted.update(_asked_for(asked_from(QueryDict(query))) & known)
    return [code for code, _count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))][:AT_MOST]


def keep_indexes() -> tuple[list[str], list[str]]:
    """Make the indexes that are wanted and drop those nobody asks for any more; gives the fields of both.

    Two that do it at once on PostgreSQL would wait for each other for ever, so the later one leaves it to the first.
    """
    with _alone() as is_alone:
        return _keep() if is_alone else ([], [])


def _keep() -> tuple[list[str], list[str]]:
    wanted, standing = wanted_codes(), standing_indexes(broken=True)
    kinds = {field.code: KINDS[FieldType(field.type)] for field in standing_fields()}
    gone = [code for code in standing if code not in wanted or not standing[code]]
    new = [code for code in wanted if not standing.get(code)]
    for code in gone:
        _execute(f"DROP INDEX {_unhindered()} IF EXISTS {_name(code)}")
    for code in new:
        _make(code, kinds[code])
    if new or gone:
        snapshot.forget()
    return new, gone


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process keeps the indexes just now; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('own_indexes'))")
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            _execute("SELECT pg_advisory_unlock(hashtext('own_indexes'))")


def _asked_for(asked: Asked) -> set[str]:
    codes = {each.field for each in asked.conditions if each.op not in AS_THEY_ARE} | {asked.order.code}
    return {code.removeprefix(OWN) for code in codes if code.startswith(OWN)}


def _make(code: str, kind: str) -> None:
    """The value and, as equals stand in the order they came, the key."""
    query = Customer.objects.order_by().annotate(value=own_value(code, kind, "custom")).values_list("value").query
    value, _params = query.annotations["value"].as_sql(query.get_compiler(connection=connection), connection)
    table = connection.ops.quote_name(Customer._meta.db_table)
    value = value.replace(f"{table}.", "")  # an index speaks of one table and names none
    _execute(f"CREATE INDEX {_unhindered()} IF NOT EXISTS {_name(code)} ON {table} (({value}), id)")


def _name(code: str) -> str:
    return connection.ops.quote_name(f"{BEGINNING}{code}")


def _unhindered() -> str:
    """PostgreSQL makes and drops an index beside people's work, though not inside a transaction."""
    return "CONCURRENTLY" if connection.vendor == "postgresql" and not connection.in_atomic_block else ""


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
