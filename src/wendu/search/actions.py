"""Keeping the index: called by the actions of the rooms above, in their transaction, for things they just wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.models import Model

from wendu.kernel.bulk import write_values
from wendu.kernel.entity import Entity, kind_of
from wendu.search.findable import Findable, Prepared, Words
from wendu.search.models import Entry, Opened

BATCH = 500
CHANGING = ["object_uuid", "customer_id", "title", "subtitle", "title_key", "folded", "tokens"]


def index(
    thing: Entity,
    *,
    customer: Model,
    title: str,
    subtitle: str = "",
    texts: Iterable[str] = (),
    secrets: Iterable[str] = (),
) -> None:
    """Make a thing findable, or findable by its new name; by `secrets` only for those who may read them."""
    findable = Findable(
        kind=kind_of(thing),
        object_id=thing.pk,
        object_uuid=thing.uuid,
        customer_id=customer.pk,
        title=title,
        subtitle=subtitle,
        text="\n".join(texts),
        secrets=tuple(secrets),
    )
    index_many([findable])


def index_many(things: Iterable[Findable]) -> int:
    """Make many things findable; a fixed number of queries per batch; says how many."""
    rest = iter(things)
    count = 0
    while batch := {(thing.kind, thing.object_id): thing for thing in islice(rest, BATCH)}:
        rows = [_columns(thing, thing.words) for _, thing in sorted(batch.items())]
        count += write_values(Entry, rows, unique=["kind", "object_id"], update=CHANGING, together=True)
    return count


def index_new(things: Iterable[Prepared]) -> int:
    """Make things findable that were written in this transaction; says how many."""
    return write_values(Entry, [_columns(thing, thing.words) for thing in things], together=True)


def forget(thing: Model) -> None:
    """Make a thing unfindable."""
    forget_many(kind_of(thing), [thing.pk])


def forget_many(kind: str, ids: Sequence[int]) -> int:
    """Make things of a kind unfindable; says how many were."""
    return Entry.objects.filter(kind=kind, object_id__in=ids).delete()[0]


def forget_about(kind: str, ids: list[int]) -> int:
    """Make things that are removed for good unfindable, and all that was found through a customer among them."""
    gone = sum(rows.filter(kind=kind, object_id__in=ids).delete()[0] for rows in (Entry.objects, Opened.objects))
    return gone + (Entry.objects.filter(customer_id__in=ids).delete()[0] if kind == "customer" else 0)


def _columns(thing: Findable | Prepared, words: Words) -> dict[str, Any]:
    return {
        "kind": thing.kind,
        "object_id": thing.object_id,
        "object_uuid": thing.object_uuid,
        "customer_id": thing.customer_id,
        **words._asdict(),
    }
