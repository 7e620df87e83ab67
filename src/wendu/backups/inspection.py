"""What there is to lose: whether the database holds anything, is up to date, and whether somebody is on it."""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

TELLTALES = ("identity_user", "customers_customer")


def holds_data() -> bool:
    """Whether there are people or customers in the database; one that cannot be read is not taken for empty."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    try:
        with connection.cursor() as cursor:
            known = set(connection.introspection.table_names(cursor))
            for table in TELLTALES:
                if table in known:
                    cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  names of ours
                    if cursor.fetchone():
                        return True
    except DatabaseError:
        return True
    return False


def is_up_to_date() -> bool:
    """Whether the tables are as this code wants them."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def others_on_database() -> int:
    """How many others of our role are on a PostgreSQL; who is on a SQLite file holds the lock of presence."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
