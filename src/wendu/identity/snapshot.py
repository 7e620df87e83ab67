"""A few settings every page needs, remembered for a moment so that they cost no query.

Another process may change them: nothing is believed for longer than `SECONDS`. The process that changes them
forgets at once, and again after its commit. Inside a test, `forget()` starts clean.
"""

from __future__ import annotations

import logging
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DatabaseError, connections, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

SECONDS = 2.0
HELD_AT_MOST = 1_000

T = TypeVar("T")

_held: dict[str, tuple[float, Any]] = {}
_counting: set[str] = set()
_tree = {"generation": 0}


def remembered(name: str, load: Callable[[], T], *, seconds: float | None = None) -> T:
    """Give the remembered value, loading it when it is unknown or too old; what changes slowly may be kept longer."""
    known = _held.get(name)
    if known is not None and monotonic() < known[0]:
        return known[1]
    value = load()
    if len(_held) >= HELD_AT_MOST:
        _held.clear()
    _held[name] = (monotonic() + (seconds or SECONDS), value)
    return value


def refreshed(name: str, load: Callable[[], T], *, seconds: float, at_most: float) -> T:
    """Give a remembered value that is dear to count: once older than `seconds` it is counted anew beside the work.

    Meanwhile the old one is given, so that nobody waits for what was counted a minute ago; older than `at_most` it is
    given no more. Only one counts at a time in this process; a count that fails leaves the old value where it is.
    """
    known = _held.get(name)
    if known is None:
        return remembered(name, load, seconds=at_most)
    if monotonic() > known[0] - at_most + seconds and name not in _counting:
        _counting.add(name)
        Thread(target=_count_anew, args=(name, load, at_most), name=f"count {name}", daemon=True).start()
    return remembered(name, load, seconds=at_most)


def _count_anew(name: str, load: Callable[[], Any], at_most: float) -> None:
    generation = _tree["generation"]
    try:
        value = load()
        if generation == _tree["generation"]:
            _held[name] = (monotonic() + at_most, value)
    except DatabaseError:
        logger.warning("counting anew failed", exc_info=True)
    finally:
        _counting.discard(name)
        connections.close_all()


def forget() -> None:
    """Forget everything remembered, team tree included."""
    _held.clear()
    _tree["generation"] += 1


def forget_with_commit() -> None:
    """Forget now (this transaction sees its own change) and once more when it has become true for all."""
    forget()
    transaction.on_commit(forget)


def tree_generation() -> int:
    """Count the changes this process made to the team tree; scopes worked out earlier are void."""
    return _tree["generation"]
