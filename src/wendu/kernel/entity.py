"""What every stored thing shares: a bigint key inside, a time-ordered UUID outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q

from wendu.kernel.errors import Stale

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def new_uuid() -> UUID:
    """Make a time-ordered (version 7) UUID, the only id the outside world sees."""
    return uuid_utils.compat.uuid7()


class Entity(models.Model):
    """A row that can be named from outside by its `uuid` (addresses, API, journal)."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row two people may edit at once: the second one is told instead of silently winning."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def advance(row: Versioned, *, seen: int | None = None) -> None:
    """Take the next revision of a row; raise `Stale` if it is no longer the one the editor `seen`."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    if seen is not None:
        rows = rows.filter(revision=seen)
    if not rows.update(revision=F("revision") + 1):
        raise Stale
    row.revision = rows.model._base_manager.values_list("revision", flat=True).get(pk=row.pk)


def carrying(numbers: Iterable[str]) -> Q:
    """Keep rows that carry one of these numbers of another system, said so that the index of such numbers answers."""
    return ~Q(external_id="") & Q(external_id__in=numbers)


def kind_of(thing: models.Model | type[models.Model]) -> str:
    """Name the kind of a thing the way generic subjects store it: `customer`, `touch`, `opportunity`."""
    name = thing._meta.model_name
    return str(name)
