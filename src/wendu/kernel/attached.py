"""Parts read for many things at once, laid where Django keeps what it has prefetched."""

from collections.abc import Iterable, Sequence

from django.db import models


def attach(owners: Iterable[models.Model], name: str, parts: Sequence[models.Model], *, key: str) -> None:
    """Lay parts with their owners, so that `owner.<name>.all()` asks no database.

    `name` is the reverse name of the relation, `key` the column of a part that holds its owner; each owner gets its
    parts in the order given. Django's own prefetch words a query and builds a filtered manager for every owner.
    """
    of_owner: dict[int, list[models.Model]] = {}
    for part in parts:
        of_owner.setdefault(getattr(part, key), []).append(part)
    for owner in owners:
        relation = getattr(type(owner), name).rel
        held: models.QuerySet[models.Model] = models.QuerySet(relation.related_model)
        held._result_cache = of_owner.get(owner.pk, [])  # noqa: SLF001  as Django's own prefetch does
        held._prefetch_done = True  # type: ignore[attr-defined]  # noqa: SLF001
        cache = owner.__dict__.setdefault("_prefetched_objects_cache", {})
        cache[relation.accessor_name] = held
