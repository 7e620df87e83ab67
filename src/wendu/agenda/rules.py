"""Who handles what falls due: each rule has one handler, registered by the room that schedules it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wendu.agenda.models import Due

DueHandler = Callable[["Due", datetime], object]

_handlers: dict[str, DueHandler] = {}


class NoHandler(LookupError):
    """Something falls due under a rule nobody handles: call `on_due` in the room's `AppConfig.ready`."""


def on_due(rule: str, handler: DueHandler) -> None:
    """Have `handler(due, at)` called inside a transaction when something falls due under the rule.

    It judges anew from the facts and must bear being called twice. It may schedule the rule again for the same thing.
    """
    known = _handlers.setdefault(rule, handler)
    if known is not handler:
        raise ValueError(f"rule {rule!r} is already handled by {known!r}")


def handler_of(rule: str) -> DueHandler:
    """Look the handler of a rule up."""
    try:
        return _handlers[rule]
    except KeyError:
        raise NoHandler(rule) from None


def rules() -> list[str]:
    """List every rule that has a handler, sorted."""
    return sorted(_handlers)


def forget(rule: str) -> None:
    """Take a rule's handler away (tests)."""
    _handlers.pop(rule, None)
