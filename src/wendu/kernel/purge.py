"""Removing a thing for good, with all that hangs on it - also what only remembers its number.

Foreign keys lead to most of it. Readings, steps and search rows name their thing by kind and number instead; their
rooms register here, in `ready`, what they forget. The journal forgets nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import router
from django.db.models import Model
from django.db.models.deletion import Collector, ProtectedError
from django.utils.translation import gettext_lazy as _

from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError

AT_ONCE = 500
Forget = Callable[[str, list[int]], int]
_forgets: list[Forget] = []


class StillNeeded(ActionError):
    """Something that stays points at it."""

    code = "still_needed"
    message = _("Something else still belongs to this, such as a branch of the customer. Detach it first.")


class WrongName(ActionError):
    """What cannot be taken back is confirmed by typing a name."""

    code = "wrong_name"
    message = _("That is not “%(name)s”. Type the name exactly, or leave it.")
    field = "typed"


def on_purge(forget: Forget) -> None:
    """Have `forget(kind, ids)` called for everything that is removed; it says how many rows it removed itself."""
    if forget not in _forgets:
        _forgets.append(forget)


def confirm(typed: str, name: str) -> None:
    """Refuse unless the name was typed."""
    if typed.strip() != name.strip():
        raise WrongName(name=name)


def purge(row: Model) -> int:
    """Remove a row and everything about it in the running transaction; says how many rows went."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    try:
        collector.collect([row])
    except ProtectedError:
        raise StillNeeded from None
    gone = 0
    for kind, ids in list(_things(collector)):
        for start in range(0, len(ids), AT_ONCE):
            gone += sum(forget(kind, ids[start : start + AT_ONCE]) for forget in _forgets)
    return gone + collector.delete()[0]


def _things(collector: Collector) -> Iterator[tuple[str, list[int]]]:
    """Kind and numbers of all that will go."""
    for model, rows in collector.data.items():
        yield kind_of(model), [row.pk for row in rows]
    for query in collector.fast_deletes:
        yield kind_of(query.model), list(query.values_list("pk", flat=True))
