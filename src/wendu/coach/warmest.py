"""The open deals somebody sees, warmest first, at a cost that does not grow with the firm.

Who sees few customers has their deals collected and sorted. For all others an index is read once per half-life, each
from its warmest deal on: within one half-life `cool_key` orders exactly, and the few heads are merged by value.
"""

from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, DealStandingQuerySet
from wendu.coach.orders import half_lives, warmth
from wendu.coach.ways import Narrowing, Ways

_ORDER = (F("warm").desc(nulls_last=True), F("pk").asc())
_RESTING = ("-heat", "pk")  # before cooling begins the heat itself orders

Keys = QuerySet[Any, Any]


def warmest_deals(
    user: Any, frame: Frame, *, owner_id: int | None = None, offset: int = 0, limit: int = 50
) -> list[DealStanding]:
    """The open deals a user sees (or those of one owner), warmest first, with opportunity, its owner and customer."""
    start = max(0, offset)
    keys = _keys(user, frame, owner_id, start + limit)[start:]
    rows = DealStanding.objects.filter(pk__in=keys).select_related("opportunity__owner", "customer")
    held = {row.pk: row for row in rows}
    return [held[pk] for pk in keys if pk in held]


def deals_by_warmth(user: Any, frame: Frame, *, owner_id: int | None = None) -> DealStandingQuerySet:
    """All of them in the same order, for whoever reads them to the end."""
    seen = DealStanding.objects.visible_to(user)
    rows = seen if owner_id is None else seen.filter(owner_id=owner_id)
    return rows.annotate(warm=warmth(frame)).order_by(*_ORDER)


def _keys(user: Any, frame: Frame, owner_id: int | None, need: int) -> list[int]:
    seen = DealStanding.objects.visible_to(user)
    if owner_id is not None:
        return _sorted(seen.filter(owner_id=owner_id), frame, need)
    members = Ways(user, Narrowing()).many
    if members is not None:
        return _sorted(DealStanding.objects.filter(customer__in=members.values("pk")), frame, need)
    return _merged(seen, frame, need)


def _sorted(rows: DealStandingQuerySet, frame: Frame, need: int) -> list[int]:
    return list(rows.annotate(warm=warmth(frame)).order_by(*_ORDER).values_list("pk", flat=True)[:need])


def _merged(seen: DealStandingQuerySet, frame: Frame, need: int) -> list[int]:
    """The first of every part of the order, merged; whatever has no heat at all stands behind them."""
    today = frame.axis.at(frame.today)
    cooling = Q(cool_key__isnull=False, cools_from_axis__lte=today)
    parts = [seen.filter(cooling, half_life_days=pace).order_by("-cool_key", "pk") for pace in half_lives(frame.scale)]
    parts.append(seen.filter(cool_key__isnull=False, cools_from_axis__gt=today).order_by(*_RESTING))
    rows = _read([part.annotate(warm=warmth(frame)).values_list("warm", "pk")[:need] for part in parts])
    keys = [pk for _warm, pk in sorted(rows, key=lambda row: (-row[0], row[1]))[:need]]
    if len(keys) < need:
        cold = seen.filter(cool_key__isnull=True).order_by("pk").values_list("pk", flat=True)
        keys += cold[: need - len(keys)]
    return keys


def _read(parts: list[Keys]) -> list[tuple[float, int]]:
    """All parts in one question."""
    compiled = [part.query.sql_with_params() for part in parts]
    pieces = [f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _values) in enumerate(compiled)]  # noqa: S608  compiled by the ORM, values bound
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), [value for _sql, values in compiled for value in values])
        return list(cursor.fetchall())
