"""What a room hands over so that a thing of it can be found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Findable:
    """A thing to be found: how it is called, what else it answers to, and whose customer it is about.

    By `secrets` (numbers, addresses) it is found only by those who may read them.
    """

    kind: str
    object_id: int
    object_uuid: UUID
    customer_id: int
    title: str
    subtitle: str = ""
    text: str = ""
    secrets: tuple[str, ...] = ()
