"""The first customers of every group of a list, all groups in one question.

Where few are wanted, one pass over them parts them: a rare class is found late on any walk. Otherwise the warmest are
read from the index each group has by temperature, group by group and half-life by half-life; the look at one of them
is worded once and holds for all, with other values in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import WARMEST, Order, half_lives, value_of, warmth
from wendu.coach.walk import begin_at_standings
from wendu.coach.walking import sorting_of
from wendu.coach.ways import COUNTED_AMONG, COUNTED_AT_MOST, FEW, WANTED, Keys, Ways

WITH_INDEX = ("quadrant", "stage")
LOOKED_AT = 2_000
GROUP, OWNER, PACE = "\x00group", -3_250_000_001, -3.25e300  # stand for what a look is at until it is filled in

Worded = tuple[str, list[Any]]


class Part(NamedTuple):
    """One group: the keys of its first customers in order, how many it holds, and whether it may hold more."""

    keys: tuple[int, ...]
    size: int
    is_more: bool = False


NO_PART = Part((), 0)


def first_of_each(
    ways: Ways, column: str, groups: Sequence[Any], order: Order, frame: Frame, *, limit: int
) -> dict[Any, Part]:
    """The groups by a column of standings, as far as one question finds them; those left out ask for a walk each."""
    rows = ways.parted
    if rows is not None:
        return _parted(rows, column, order, frame, limit)
    if column in WITH_INDEX and order == WARMEST:
        found = _Warmest(ways, column, groups, frame, limit).parts()
        return found | _rare(ways, column, [group for group in groups if group not in found], frame, limit)
    return {}


def of_each_owner(ways: Ways, owners: Sequence[int], frame: Frame, *, limit: int) -> dict[Any, Part]:
    """The warmest of each owner, and how many there are, read from the index each has by temperature.

    Only where nothing but the owners narrows the list: it reads everybody of these owners, a few thousand at most.
    """
    rows = ways.tested.filter(owner=OWNER)
    warm = rows.annotate(value=value_of(WARMEST, frame)).order_by(*sorting_of(WARMEST, F("value")))
    first, values = _sql(warm.filter(**{WANTED: 1}).values_list("pk", flat=True)[:limit])
    looks = [(f"SELECT {owner} AS owner, pk FROM ({first}) AS looked", _of_owner(values, owner)) for owner in owners]  # noqa: S608
    keys: dict[int, list[int]] = {owner: [] for owner in owners}
    for owner, key in _all(looks):
        keys[owner].append(key)
    everybody, values = _sql(rows.filter(**{WANTED: 1}).values_list("pk", flat=True))
    counts = [(f"SELECT COUNT(*) FROM ({everybody}) AS counted", _of_owner(values, owner)) for owner in owners]  # noqa: S608
    sizes = _all(counts)
    return {owner: Part(tuple(keys[owner]), size) for owner, (size,) in zip(owners, sizes, strict=True) if size}


def _of_owner(values: Sequence[Any], owner: int) -> list[Any]:
    return [owner if value == OWNER else value for value in values]


def _rare(ways: Ways, column: str, groups: Sequence[Any], frame: Frame, limit: int) -> dict[Any, Part]:
    """Groups without enough warm customers for a walk: all in one pass, where together they hold few."""
    these = Q(**{f"{column}__in": groups})
    if not groups or Standing.objects.order_by().filter(these)[FEW:][:1].exists():
        return {}
    rows = ways.tested.filter(these, **{WANTED: 1})
    return dict.fromkeys(groups, NO_PART) | _parted(rows, column, WARMEST, frame, limit)


def _parted(rows: Keys, column: str, order: Order, frame: Frame, limit: int) -> dict[Any, Part]:
    place = Window(RowNumber(), partition_by=F(column), order_by=sorting_of(order, F("value")))
    size = Window(Count("pk"), partition_by=F(column))
    first = rows.annotate(value=value_of(order, frame)).annotate(place=place, size=size).filter(place__lte=limit)
    found: dict[Any, Part] = {}
    for group, key, count in first.order_by(column, "place").values_list(column, "pk", "size"):
        before = found[group].keys if group in found else ()
        found[group] = Part((*before, key), count)
    return found


class _Warmest:
    """The warmest of large groups. A group with fewer warm customers than are shown is left to another way."""

    def __init__(self, ways: Ways, column: str, groups: Sequence[Any], frame: Frame, limit: int) -> None:
        self.ways, self.column, self.groups, self.frame, self.limit = ways, column, groups, frame, limit
        self.paces = half_lives(frame.scale)

    def parts(self) -> dict[Any, Part]:
        looks = [(group, pace) for group in self.groups for pace in (*self.paces, None)]
        found: dict[Any, list[tuple[float, int]]] = {group: [] for group in self.groups}
        held: Counter[int] = Counter()
        for place, value, key in _all(self._look(place, *look) for place, look in enumerate(looks)):
            found[looks[place][0]].append((-value, key))
            held[place] += 1
        full = {group for group, rows in found.items() if len(rows) > self.limit}
        short = [place for place, (group, _) in enumerate(looks) if group in full and held[place] <= self.limit]
        cut = {looks[place][0] for (place,) in _all(self._rest(place, *looks[place]) for place in short)}
        whole = [group for group in self.groups if group in full - cut]
        return {
            group: Part(tuple(key for _, key in sorted(found[group])[: self.limit]), *size)
            for group, size in zip(whole, self._sizes(whole), strict=True)
        }

    @cached_property
    def _worded(self) -> dict[bool, Worded]:
        """One part of a group as far as it goes: of those that cool, and of those that rest."""
        rows = self.ways.tested.filter(**{self.column: GROUP}, cool_key__isnull=False).annotate(
            value=warmth(self.frame)
        )
        today = self.frame.axis.at(self.frame.today)
        cooling = rows.filter(half_life_days=PACE, cools_from_axis__lte=today).order_by("-cool_key", "pk")
        resting = rows.filter(cools_from_axis__gt=today).order_by("-heat", "pk")
        return {
            rests: _sql(part.values_list("value", "pk", WANTED)) for rests, part in ((False, cooling), (True, resting))
        }

    def _look(self, place: int, group: Any, pace: float | None) -> Worded:
        sql, values = self._worded[pace is None]
        looked = f"({sql} LIMIT {LOOKED_AT}) AS looked"
        shown = f"SELECT {place}, value, pk FROM {looked} WHERE wanted = 1 LIMIT {self.limit + 1}"  # noqa: S608
        return shown, _filled(values, group, pace)

    def _rest(self, place: int, group: Any, pace: float | None) -> Worded:
        """Whether more lies beyond what was looked at."""
        sql, values = self._worded[pace is None]
        return f"SELECT {place} FROM ({sql} LIMIT 1 OFFSET {LOOKED_AT}) AS beyond", _filled(values, group, pace)  # noqa: S608

    def _sizes(self, groups: Sequence[Any]) -> Iterator[tuple[int, bool]]:
        """How many each group holds, and whether it may hold more: nothing is counted beyond a bound."""
        rows = self.ways.tested.filter(**{self.column: GROUP})
        sql, values = _sql(rows.values_list(WANTED)[:COUNTED_AMONG])
        count = f"SELECT 1 FROM ({sql}) AS looked WHERE wanted = 1 LIMIT {COUNTED_AT_MOST + 1}"  # noqa: S608
        counted = f"SELECT COUNT(*) FROM ({count}) AS counted"  # noqa: S608
        found_each = _all((counted, _filled(values, group, None)) for group in groups)
        for group, (found,) in zip(groups, found_each, strict=True):
            yield min(found, COUNTED_AT_MOST), found > COUNTED_AT_MOST or self._is_long(group)

    def _is_long(self, group: Any) -> bool:
        return Standing.objects.order_by().filter(**{self.column: group})[COUNTED_AMONG : COUNTED_AMONG + 1].exists()


def _sql(rows: Keys) -> Worded:
    begin_at_standings(rows.query)
    sql, values = rows.query.sql_with_params()
    return sql, list(values)


def _filled(values: Sequence[Any], group: Any, pace: float | None) -> list[Any]:
    return [group if value == GROUP else pace if value == PACE else value for value in values]


def _all(questions: Iterable[Worded]) -> list[Any]:
    """The rows of all questions, asked as one, in their order."""
    asked = list(questions)
    if not asked:
        return []
    pieces = [f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _) in enumerate(asked)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), [value for _, values in asked for value in values])
        return list(cursor.fetchall())
