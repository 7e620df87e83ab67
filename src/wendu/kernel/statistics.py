"""What the planner of SQLite knows of a table, which is lost with every table a change of its shape rebuilt."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

_KNOWN = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
_LOST = (
    "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'index' AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND tbl_name NOT IN (SELECT tbl FROM sqlite_stat1) ORDER BY tbl_name"
)


def count_anew() -> list[str]:
    """Count the rows of those tables of which nothing is known while of others something is; gives their names.

    A house that was never counted is left alone: the planner's own guesses fit large tables better than what was
    counted when they were empty. PostgreSQL counts by itself.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(_LOST)
        lost = [name for (name,) in cursor.fetchall()]
        held = [name for name in lost if _holds_rows(cursor, name)]
        for name in held:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
    return held


def _holds_rows(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute(f"SELECT EXISTS(SELECT 1 FROM {connection.ops.quote_name(name)})")  # noqa: S608  names of our tables
    return bool(cursor.fetchone()[0])
