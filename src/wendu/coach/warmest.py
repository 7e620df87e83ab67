"""The open deals somebody sees, warmest first, at a cost that does not grow with the firm nor with how far one turns.

Who sees few customers has their deals collected and sorted. For all others an index is read once per half-life, each
from where the page begins: within one half-life `cool_key` orders exactly, and the few heads are merged by value.
"""

from dataclasses import dataclass
from math import inf
from typing import Any

from django.db import connection
from django.db.models import F, OrderBy, Q, QuerySet

from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, DealStandingQuerySet
from wendu.coach.orders import A_TRIFLE, Mark, half_lives, warmth
from wendu.coach.ways import Narrowing, Ways
from wendu.kernel.prepared import Among, Blank, Worded, filled, prepared_records_of, word

Keys = QuerySet[Any, Any]
Place = tuple[float | None, int]  # a value in this order, and whose it is


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a page begins, and which way it is read; whatever has no heat at all stands behind the rest."""

    mark: Mark | None
    backwards: bool
    need: int

    @property
    def order(self) -> tuple[OrderBy, OrderBy]:
        if self.backwards:
            return F("warm").asc(nulls_first=True), F("pk").desc()
        return F("warm").desc(nulls_last=True), F("pk").asc()

    @property
    def tie(self) -> Q:
        """Of equals those beyond the mark."""
        key = self.mark.pk if self.mark else 0
        return Q(pk__lt=key) if self.backwards else Q(pk__gt=key)

    @property
    def beyond(self) -> Q:
        if self.mark is None:
            return Q()
        if self.mark.value is None:
            of_cold = Q(warm__isnull=True) & self.tie
            return of_cold | Q(warm__isnull=False) if self.backwards else of_cold
        further = Q(**{f"warm__{'gt' if self.backwards else 'lt'}": self.mark.value})
        further |= Q(warm=self.mark.value) & self.tie
        return further if self.backwards else further | Q(warm__isnull=True)


def warmest_deals(
    user: Any,
    frame: Frame,
    *,
    owner_id: int | None = None,
    test: Q | None = None,
    after: Mark | None = None,
    before: Mark | None = None,
    limit: int = 50,
) -> list[DealStanding]:
    """The open deals a user sees (or those of one owner) that follow a mark, or come before one, warmest first.

    With a `test` those that meet it: they are collected and sorted, whatever their number. Each comes with its
    opportunity, that one's owner, the customer, and its value in this order (`warm`).
    """
    asked = _Asked(before or after, before is not None, limit)
    places = _places(user, frame, owner_id, test, asked)
    held = {row.pk: row for row in _with_keys([pk for _warmth, pk in places])}
    found = []
    for value, pk in places:
        if pk in held:
            held[pk].warm = value  # type: ignore[attr-defined]
            found.append(held[pk])
    return found[::-1] if asked.backwards else found


@prepared_records_of
def _with_keys(keys: list[int]) -> DealStandingQuerySet:
    return DealStanding.objects.filter(Among("pk", keys)).select_related("opportunity__owner", "customer")


def deals_by_warmth(
    user: Any, frame: Frame, *, owner_id: int | None = None, test: Q | None = None
) -> DealStandingQuerySet:
    """All of them in the same order, for whoever reads them to the end."""
    rows = _narrowed(DealStanding.objects.visible_to(user), owner_id, test)
    return rows.annotate(warm=warmth(frame)).order_by(*_Asked(None, backwards=False, need=0).order)


def _narrowed(rows: DealStandingQuerySet, owner_id: int | None, test: Q | None) -> DealStandingQuerySet:
    rows = rows if owner_id is None else rows.filter(owner_id=owner_id)
    return rows.filter(test) if test else rows


def _places(user: Any, frame: Frame, owner_id: int | None, test: Q | None, asked: _Asked) -> list[Place]:
    seen = DealStanding.objects.visible_to(user)
    if owner_id is not None or test:
        return _sorted(_narrowed(seen, owner_id, test), frame, asked)
    members = Ways(user, Narrowing()).many
    if members is not None:
        return _sorted(DealStanding.objects.filter(customer__in=members.values("pk")), frame, asked)
    stretches = [_warm, _cold]
    if asked.mark is not None and asked.mark.value is None:
        stretches = [_cold, _warm] if asked.backwards else [_cold]
    elif asked.backwards:
        stretches = [_warm] if asked.mark is not None else [_cold, _warm]
    found: list[Place] = []
    for number, stretch in enumerate(stretches):
        rest = _Asked(asked.mark if number == 0 else None, asked.backwards, asked.need - len(found))
        found += stretch(seen, frame, rest) if rest.need > 0 else []
    return found


def _sorted(rows: DealStandingQuerySet, frame: Frame, asked: _Asked) -> list[Place]:
    found = rows.annotate(warm=warmth(frame)).filter(asked.beyond).order_by(*asked.order)
    return list(found.values_list("warm", "pk")[: asked.need])


def _warm(seen: DealStandingQuerySet, frame: Frame, asked: _Asked) -> list[Place]:
    """The first of every part of the order, merged."""
    today = frame.axis.at(frame.today)
    cooling = seen.filter(cool_key__isnull=False, cools_from_axis__lte=today, half_life_days=Blank(0))
    paced = _worded(_part(cooling, "cool_key", Blank(1), frame, asked), asked)  # once for all of them
    parts = [(paced.sql, filled(paced, [pace, _edge(asked, today / pace)])) for pace in half_lives(frame.scale)]
    resting = seen.filter(cool_key__isnull=False, cools_from_axis__gt=today)
    rested = _worded(_part(resting, "heat", _heat_edge(asked), frame, asked), asked)
    rows = _read([*parts, (rested.sql, rested.values)])
    sign = 1 if asked.backwards else -1
    return [*sorted(rows, key=lambda row: (sign * row[0], -sign * row[1]))[: asked.need]]


def _part(rows: DealStandingQuerySet, column: str, edge: float | Blank, frame: Frame, asked: _Asked) -> Keys:
    part: Keys = rows.annotate(warm=warmth(frame))
    if asked.mark is not None:
        part = part.filter(Q(**{f"{column}__{'gte' if asked.backwards else 'lte'}": edge}) & asked.beyond)
    return part.order_by(column, "-pk") if asked.backwards else part.order_by(f"-{column}", "pk")


def _edge(asked: _Asked, cooled: float) -> float:
    """Where the mark lies in an index, a little too generously."""
    value = float(asked.mark.value) if asked.mark is not None else inf
    return value + cooled + (-A_TRIFLE if asked.backwards else A_TRIFLE)


def _heat_edge(asked: _Asked) -> float:
    value = 2.0 ** min(float(asked.mark.value), 1000.0) if asked.mark is not None else inf
    return value * (1 - A_TRIFLE if asked.backwards else 1 + A_TRIFLE)


def _cold(seen: DealStandingQuerySet, _frame: Frame, asked: _Asked) -> list[Place]:
    cold = seen.filter(asked.tie if asked.mark is not None else Q(), cool_key__isnull=True)
    keys = cold.order_by("-pk" if asked.backwards else "pk").values_list("pk", flat=True)[: asked.need]
    return [(None, pk) for pk in keys]


def _worded(part: Keys, asked: _Asked) -> Worded:
    return word(part.values_list("warm", "pk")[: asked.need])


def _read(parts: list[tuple[str, list[Any]]]) -> list[tuple[float, int]]:
    """All parts in one question."""
    pieces = [f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _values) in enumerate(parts)]  # noqa: S608  compiled by the ORM, values bound
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), [value for _sql, values in parts for value in values])
        return list(cursor.fetchall())
