"""One company set up once for a whole module; what a test writes is taken back by its own savepoint."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from wendu.identity import snapshot

BOOKKEEPING = {"sessions.Session", "axes.AccessAttempt", "axes.AccessLog", "axes.AccessFailureLog"}


@contextmanager
def set_up_once(blocker) -> Iterator[None]:
    """For fixtures of a whole module: what is set up inside stays for its tests and is taken back at the end."""
    with blocker.unblock(), transaction.atomic():
        snapshot.forget()
        yield
        transaction.set_rollback(True)
    snapshot.forget()


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    snapshot.forget()


def rows_hash() -> str:
    """One hash over every row of every table but sessions and sign-in tries."""
    models = sorted(apps.get_models(), key=lambda each: each._meta.label)
    tables = [(each._meta.db_table, each._meta.pk.column) for each in models if each._meta.label not in BOOKKEEPING]
    hold = _hashes if connection.vendor == "postgresql" else _rows
    return hashlib.sha256(repr(hold(tables)).encode()).hexdigest()


def _hashes(tables: list[tuple[str, str]]) -> list[Any]:
    """What PostgreSQL makes of each table in one question: it is asked thousands of times."""
    held = "SELECT '{0}', md5(string_agg(held::text, '|' ORDER BY \"{1}\")) FROM \"{0}\" held"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(held.format(*each) for each in tables))
        return sorted(cursor.fetchall())


def _rows(tables: list[tuple[str, str]]) -> list[Any]:
    """The rows as SQLite keeps them, without making anything of them."""
    with connection.cursor() as cursor:
        asked = 'SELECT * FROM "{0}" ORDER BY "{1}"'
        return [(table, cursor.execute(asked.format(table, key)).fetchall()) for table, key in tables]
