"""Which kinds of machine work exist; each is registered by its room and listed in `settings.JOB_MODULES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    pass

Body = Callable[..., "dict[str, Any] | None"]


class UnknownJob(LookupError):
    """A kind nobody registered: add its module to `settings.JOB_MODULES`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of machine work and how patient we are with it."""

    name: str
    body: Body
    every_minutes: int | None = None
    stalls_allowed: int = 5
    most_seconds: int = 3600


_kinds: dict[str, Kind] = {}


def job(
    name: str, *, every_minutes: int | None = None, stalls_allowed: int = 5, most_seconds: int = 3600
) -> Callable[[Body], Body]:
    """Register a function `(run, **arguments)` as the body of a kind of job; with `every_minutes` it runs by itself.

    The body must be idempotent: it may be run twice, or again from `run.cursor` after its worker died.
    """

    def register(body: Body) -> Body:
        known = _kinds.get(name)
        if known is not None and (known.body.__module__, known.body.__qualname__) != (
            body.__module__,
            body.__qualname__,
        ):
            raise ValueError(f"job kind {name!r} is already registered by {known.body.__module__}")
        _kinds[name] = Kind(name, body, every_minutes, stalls_allowed, most_seconds)
        return body

    return register


def load() -> None:
    """Import every module that registers jobs."""
    for module in settings.JOB_MODULES:
        import_module(module)


def kind_named(name: str) -> Kind:
    """Look a kind up."""
    if name not in _kinds:
        load()
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownJob(name) from None


def registered() -> dict[str, Kind]:
    """List every kind, sorted by name."""
    load()
    return dict(sorted(_kinds.items()))


def scheduled() -> list[Kind]:
    """List the kinds that run by themselves."""
    return [kind for kind in registered().values() if kind.every_minutes]
