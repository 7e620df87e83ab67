"""Who wants to hear of which verb. After the commit for everyone; inside the transaction for the coach alone."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from wendu.journal.models import Entry

Handler = Callable[[Entry], object]

EVERYTHING = "*"
_INSIDE_ROOM = "wendu.coach"
_inside: dict[str, list[Handler]] = defaultdict(list)
_after: dict[str, list[Handler]] = defaultdict(list)
_log = logging.getLogger(__name__)


class NotTheCoach(RuntimeError):
    """Only the coach may work inside the transaction of the room that acts."""


def subscribe(verb: str, handler: Handler, *, inside: bool = False) -> None:
    """Have a handler told of a verb (or `"*"`): after the commit, or for the coach inside the transaction.

    Call it in `AppConfig.ready`. Subscribing the same handler twice changes nothing. A handler after the commit may be
    lost when the process dies: it must only do what can be done again (or put a job in the queue inside the action).
    """
    if inside and not _belongs_to_coach(handler):
        raise NotTheCoach(f"{handler!r} may subscribe to {verb!r} after the commit only")
    handlers = (_inside if inside else _after)[verb]
    if handler not in handlers:
        handlers.append(handler)


def subscriptions() -> list[tuple[str, str, bool]]:
    """List verb, handler and whether it runs inside the transaction, sorted (docs are generated from this)."""
    rows = [
        (verb, f"{handler.__module__}.{getattr(handler, '__qualname__', handler)}", inside)
        for registry, inside in ((_inside, True), (_after, False))
        for verb, handlers in registry.items()
        for handler in handlers
    ]
    return sorted(rows)


def tell_inside(entry: Entry) -> None:
    """Tell the coach now; its failure undoes the action, so readings never lag behind facts."""
    for handler in (*_inside.get(entry.verb, ()), *_inside.get(EVERYTHING, ())):
        handler(entry)


def tell_after_commit(entry: Entry) -> None:
    """Tell everyone else once the action has become true; one handler's failure is logged and stops no other."""
    for handler in (*_after.get(entry.verb, ()), *_after.get(EVERYTHING, ())):
        transaction.on_commit(partial(_tell, handler, entry))


@contextmanager
def quiet_registry() -> Iterator[None]:
    """Start with no subscription and put the old ones back afterwards (tests)."""
    kept = [{verb: list(handlers) for verb, handlers in registry.items()} for registry in (_inside, _after)]
    for registry in (_inside, _after):
        registry.clear()
    try:
        yield
    finally:
        for registry, old in zip((_inside, _after), kept, strict=True):
            registry.clear()
            registry.update(old)


def _tell(handler: Handler, entry: Entry) -> None:
    try:
        handler(entry)
    except Exception:  # noqa: BLE001  the action has happened; one listener must not silence the next
        _log.exception("subscriber %s failed on %s", getattr(handler, "__qualname__", handler), entry.verb)


def _belongs_to_coach(handler: Handler) -> bool:
    module = getattr(handler, "__module__", "") or ""
    return module == _INSIDE_ROOM or module.startswith(f"{_INSIDE_ROOM}.")
