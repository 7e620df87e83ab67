"""What a person opened latest: kept when a page is opened, read only as far as they still see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from wendu.access.scope import scope_of
from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.kernel.entity import Entity, kind_of
from wendu.kernel.prepared import prepared
from wendu.search.models import Entry, Opened
from wendu.search.visibility import visible_customers

KEPT = 20


def remember_opening(*, thing: Entity, actor: User, at: datetime) -> None:
    """Keep that a person opened a thing they see; of each person the latest twenty are kept.

    Not journaled: who looked at what is nobody else's to read.
    """
    permit(actor, "search.find")
    known = _opened(actor.pk)
    here = (kind_of(thing), thing.pk)
    if known[:1] == [here]:
        return
    with transaction.atomic():
        row = Opened(user=actor, kind=here[0], object_id=here[1], opened_at=at)
        Opened.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["user", "kind", "object_id"], update_fields=["opened_at"]
        )
        if len(known) >= KEPT:
            latest = list(Opened.objects.of(actor).values_list("pk", flat=True)[:KEPT])
            Opened.objects.of(actor).exclude(pk__in=latest).delete()


@prepared
def _opened(user_id: int) -> QuerySet[Any, Any]:
    return Opened.objects.filter(user_id=user_id).order_by("-opened_at", "-pk").values_list("kind", "object_id")


def latest_opened(*, user: Any, limit: int) -> list[Entry]:
    """What a person opened latest and still sees, the latest first (two queries, whatever there is)."""
    if scope_of(user).sees_nothing:
        return []
    keys = list(Opened.objects.of(user).values_list("kind", "object_id")[:KEPT])
    wanted = Q(pk__in=[])
    for kind, object_id in keys:
        wanted |= Q(kind=kind, object_id=object_id)
    seen = visible_customers(user).order_by().values("pk")
    found = {(row.kind, row.object_id): row for row in Entry.objects.filter(wanted, customer_id__in=seen)}
    return [found[key] for key in keys if key in found][:limit]
