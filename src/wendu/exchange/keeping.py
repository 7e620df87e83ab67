"""How far an import is, so that a job can go on where the attempt before it stopped."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Place:
    """Everything up to row `after` is settled, but for the rows that wait for a parent; `rejects` is a place in bytes.

    Counts and place become true with the rows themselves, in one transaction.
    """

    after: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: int = 0
    waiting: tuple[int, ...] = ()


class Keeper(Protocol):
    """What an import is carried by: the transaction of each batch, and where its place is written down."""

    @property
    def place(self) -> Place:
        """Where the attempt before this one stopped."""

    def batch(self) -> AbstractContextManager[None]:
        """The transaction of one batch; raises when the import is to stop here."""

    def keep(self, place: Place) -> None:
        """Write the place down; called last inside the transaction of a batch."""


class NoKeeper:
    """Whoever imports in one go and watches needs no place."""

    place = Place()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction."""
        with transaction.atomic():
            yield

    def keep(self, _place: Place) -> None:
        """Nothing is written down."""
