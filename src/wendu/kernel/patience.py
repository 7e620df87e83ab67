"""How long one question to the database may take: whoever waits at a screen is told to narrow it, and the rest go on.

PostgreSQL stops a statement by itself (`statement_timeout`). SQLite has no such setting: every so many steps of its
machine it asks whether to go on, and is told no once the statement has had its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import OperationalError, connection, connections

STEPS = 50_000  # of SQLite's machine between two looks at the clock: a few thousandths of a second
CANCELLED = "57014"  # query_canceled, as the SQL standard numbers it
INTERRUPTED = "interrupted"
ENDLESS = 0.0


@contextmanager
def patient_for(seconds: float) -> Iterator[None]:
    """Give every statement so many seconds in here (0: as long as it takes); what takes longer is given up."""
    connection.ensure_connection()
    before = _allowed()
    with ExitStack() as undo:
        if connection.vendor == "postgresql":
            # A web process asks for the same each time, so it is told once: a connection keeps it.
            if before != seconds:
                _tell_postgresql(seconds)
            if seconds == ENDLESS or connection.in_atomic_block:
                undo.callback(_tell_again, before)
        else:
            undo.callback(_tell_sqlite, before)
            _tell_sqlite(seconds)
            if seconds:
                undo.enter_context(connection.execute_wrapper(_begin))
        yield


def was_given_up(error: BaseException) -> bool:
    """Whether a statement ended because it took too long."""
    return isinstance(error, OperationalError) and (
        getattr(error.__cause__, "sqlstate", "") == CANCELLED or str(error) == INTERRUPTED
    )


def _allowed() -> float:
    """What this connection was told latest; a fresh one has all the time in the world."""
    told, seconds = getattr(connection, "wendu_patience", (None, ENDLESS))
    return float(seconds) if told is connection.connection else ENDLESS


def _note(seconds: float) -> None:
    connection.wendu_patience = (connection.connection, seconds)  # type: ignore[attr-defined]


def _tell_postgresql(seconds: float) -> None:
    raw: Any = connection.connection
    with raw.cursor() as cursor:  # not a question of the page: it is in no count of queries
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))])
    _note(seconds)


def _tell_again(seconds: float) -> None:
    """As before; a transaction that failed takes no word any more, and undoes by itself what it was told."""
    if connection.connection is None:
        return
    if connection.in_atomic_block and (connection.needs_rollback or _is_broken()):
        _note(seconds)
    else:
        _tell_postgresql(seconds)


def _is_broken() -> bool:
    raw: Any = connection.connection
    return bool(raw.closed) or str(raw.info.transaction_status.name) == "INERROR"


def _tell_sqlite(seconds: float) -> None:
    raw: Any = connection.connection
    if raw is None:
        return
    if seconds:
        connection.wendu_begun = time.monotonic()  # type: ignore[attr-defined]
    raw.set_progress_handler(_overdue(seconds) if seconds else None, STEPS)
    _note(seconds)


def _overdue(seconds: float) -> Callable[[], bool]:
    mine: Any = connections[connection.alias]  # found once: the handler is asked again and again

    def overdue() -> bool:
        return bool(time.monotonic() - mine.wendu_begun > seconds)

    return overdue


def _begin(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001  Django hands them over
    context["connection"].wendu_begun = time.monotonic()
    return execute(sql, params, many, context)
