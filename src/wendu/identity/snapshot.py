"""A few settings every page needs, remembered for a moment so that they cost no query.

Another process may change them: nothing is believed for longer than `SECONDS`. The process that changes them
forgets at once, and again after its commit. Inside a test, `forget()` starts clean.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 2.0
HELD_AT_MOST = 1_000

T = TypeVar("T")

_held: dict[str, tuple[float, Any]] = {}
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
