"""Through which door the current work came in: set once at the door, read by every entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wendu.journal.choices import Door

_current: ContextVar[str] = ContextVar("wendu_door", default=Door.CLI.value)


@contextmanager
def door(name: str) -> Iterator[None]:
    """Mark everything recorded inside the block as coming through this door."""
    token = _current.set(Door(name).value)
    try:
        yield
    finally:
        _current.reset(token)


def current_door() -> str:
    """Say through which door the current work came in."""
    return _current.get()
