"""Two sockets through which the lowest rooms ask permission and leave a trace.

`identity` lies below `access` and `journal`, yet its actions must ask and record like all others. Imports only go
down, so the upper floors plug themselves in when Django starts. An empty socket refuses: nothing is ever written
unasked or untraced. Rooms above `journal` import `wendu.access.verbs.permit` and `wendu.journal.actions.record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import Model


class Permit(Protocol):
    """Refuse or stay silent (`wendu.access.verbs.permit`)."""

    def __call__(self, actor: Any, verb: str, obj: object = None) -> None: ...


class Record(Protocol):
    """Write one journal entry (`wendu.journal.actions.record`)."""

    def __call__(
        self,
        verb: str,
        *,
        subject: Model,
        actor: Any,
        at: datetime,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        note: str = "",
    ) -> object: ...


class EmptySocket(RuntimeError):
    """Access or journal is not installed: nothing may be written."""


_plugged: dict[str, Any] = {}


def plug_permit(permit: Permit) -> None:
    """Let `access` answer for the lowest rooms."""
    _plugged["permit"] = permit


def plug_record(record: Record) -> None:
    """Let `journal` write for the lowest rooms."""
    _plugged["record"] = record


def permit(actor: Any, verb: str, obj: object = None) -> None:
    """Ask whether the actor may do this; raises `Denied` before anything is written."""
    _socket("permit")(actor, verb, obj)


def record(
    verb: str,
    *,
    subject: Model,
    actor: Any,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    note: str = "",
) -> None:
    """Write down what was done."""
    _socket("record")(verb, subject=subject, actor=actor, at=at, before=before, after=after, note=note)


def _socket(name: str) -> Any:
    if name not in _plugged:
        raise EmptySocket(name)
    return _plugged[name]
