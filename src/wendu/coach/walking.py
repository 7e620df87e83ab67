"""Pages of the list of customers in any order, at a cost that does not grow with the list.

Where one of the conditions leaves few customers, these are collected and sorted. Otherwise the index of the order is
walked from where the page begins, each row being tested, and given up after a while: then the smallest set there is
gets collected after all.
"""

from dataclasses import dataclass

from django.db.models import F, OrderBy, Q
from django.db.models.functions import Coalesce

from wendu.coach.frame import Frame
from wendu.coach.models import StandingQuerySet
from wendu.coach.orders import Mark, Order, place_of, stretches, value_of
from wendu.coach.walk import Walk
from wendu.coach.ways import Ways


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the customers of a page, in order, and whether more follow."""

    keys: tuple[int, ...]
    has_more: bool


def find_page(
    ways: Ways, order: Order, frame: Frame, *, after: Mark | None = None, before: Mark | None = None, limit: int = 50
) -> Found:
    """The customers that follow a mark (or come before one) in an order; exact, whatever the way."""
    asked = _Asked(order, frame, before or after, backwards=before is not None, limit=limit + 1)
    keys = _keys(ways, asked)
    shown = keys[:limit]
    return Found(tuple(reversed(shown) if asked.backwards else shown), len(keys) > limit)


@dataclass(frozen=True, slots=True)
class _Asked:
    order: Order
    frame: Frame
    mark: Mark | None
    backwards: bool
    limit: int


def _keys(ways: Ways, asked: _Asked) -> list[int]:
    if ways.few is not None:
        return _collected(ways.few, asked)
    if asked.order.is_own and ways.many is not None:
        return _collected(ways.many, asked)  # perhaps there is no index to walk along
    found = _walked(ways, asked)
    if found is not None:
        return found
    return _collected(ways.many, asked) if ways.many is not None else _walked(ways, asked, patiently=True) or []


def _collected(rows: StandingQuerySet, asked: _Asked) -> list[int]:
    """Sort what was collected, and keep what stands beyond the mark."""
    order = asked.order
    falls, ties_fall = order.falling != asked.backwards, order.ties_fall != asked.backwards
    value = value_of(order, asked.frame)
    # Said twice over, a column tempts no database to walk its index instead of sorting the few rows there are.
    rows = rows.annotate(value=Coalesce(value, value) if order.column else value)
    if asked.mark is not None:
        rows = rows.filter(_beyond(asked.mark, falls=falls, ties_fall=ties_fall, backwards=asked.backwards))
    sorting = sorting_of(order, F("value"), backwards=asked.backwards)
    return list(rows.order_by(*sorting).values_list("pk", flat=True)[: asked.limit])


def sorting_of(order: Order, value: F, *, backwards: bool = False) -> list[OrderBy]:
    """How rows that carry their value are sorted: what is unknown stands last, equals as their index holds them."""
    falls, ties_fall = order.falling != backwards, order.ties_fall != backwards
    unknown = {"nulls_first": True} if backwards else {"nulls_last": True}
    return [
        value.desc(**unknown) if falls else value.asc(**unknown),
        F("pk").desc() if ties_fall else F("pk").asc(),
    ]


def _beyond(mark: Mark, *, falls: bool, ties_fall: bool, backwards: bool) -> Q:
    tie, unknown = Q(**{f"pk__{'lt' if ties_fall else 'gt'}": mark.pk}), Q(value__isnull=True)
    if mark.value is None:
        return (unknown & tie) | ~unknown if backwards else unknown & tie
    beyond = Q(**{f"value__{'lt' if falls else 'gt'}": mark.value}) | (Q(value=mark.value) & tie)
    return beyond if backwards else beyond | unknown


def _walked(ways: Ways, asked: _Asked, *, patiently: bool = False) -> list[int] | None:
    """Walk the stretches of the order from the mark on; None when it leads too far, unless one has patience."""
    plan = stretches(asked.order, asked.frame)
    start = place_of(asked.order, asked.mark) if asked.mark else None
    if asked.backwards:
        plan = [[part.turned() for part in parts] for parts in reversed(plan)]
        start = len(plan) - 1 - start if start is not None else None
    keys: list[int] = []
    for place in range(start or 0, len(plan)):
        mark = asked.mark if place == start else None
        found = Walk(ways, plan[place], mark, asked.limit - len(keys)).first(patiently=patiently)
        if found is None:
            return None
        keys += found
        if len(keys) >= asked.limit:
            break
    return keys
