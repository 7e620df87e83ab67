"""The people one may choose among in a list: those in scope who may log in."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope, people_in_scope
from wendu.identity.models import UserQuerySet

SHOWN_AT_MOST = 200


class Colleague(NamedTuple):
    """Somebody to choose."""

    pk: int
    uuid: UUID
    full_name: str
    username: str

    @property
    def name(self) -> str:
        """What they are called."""
        return self.full_name or self.username


@prepared_for(Colleague)
def colleagues(me: Scope) -> UserQuerySet:
    """Whose work one may see, by name (one query)."""
    return people_in_scope(me).active().order_by("full_name", "username", "pk")[:SHOWN_AT_MOST]
