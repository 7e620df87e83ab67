"""What SQLite knows of its tables outlives a change of their shape."""

import pytest
from django.db import connection

from wendu.kernel.statistics import count_anew

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself"),
]

TABLE, OTHER = "coach_standing_probe", "identity_probe"


@pytest.fixture
def two_tables(db):
    """Two tables with an index and a row each."""
    with connection.cursor() as cursor:
        for name in (TABLE, OTHER):
            cursor.execute(f"CREATE TABLE {name} (a integer)")
            cursor.execute(f"CREATE INDEX {name}_a ON {name} (a)")
            cursor.execute(f"INSERT INTO {name} VALUES (1)")


def known() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {name for (name,) in cursor.fetchall()}


def test_a_table_that_was_rebuilt_is_counted_again(two_tables):
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {OTHER}")

    assert TABLE not in known()
    assert TABLE in count_anew()
    assert {TABLE, OTHER} <= known()
    assert count_anew() == [], "nothing is left to count"


def test_an_empty_table_is_not_counted(two_tables):
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {OTHER}")
        cursor.execute(f"DELETE FROM {TABLE}")

    assert TABLE not in count_anew()
