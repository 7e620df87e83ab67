"""One walk along an index: the parts of a stretch read side by side and merged by value."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models.sql.datastructures import Join
from django.db.models.sql.query import Query

from wendu.coach.models import Standing
from wendu.coach.orders import Mark, Stretch
from wendu.coach.ways import Ways

LOOKED_AT_EACH, LOOKED_AT_ALONE = 400, 4_000
_LEFT_OPEN = (-1.25e300, -2.25e300, -3.25e300)  # stand for a mark, a floor and a pace until they are filled in

Row = tuple[int, float, int]  # which part of a stretch, the value there, the key of the customer


def begin_at_standings(query: Query) -> None:
    """Join what is only tested as a table that may lack a row: no database then begins with it and sorts everybody."""
    for alias, join in query.alias_map.items():
        if isinstance(join, Join):
            query.alias_map[alias] = join.promote()


class Walk:
    """A walk along the parts of one stretch, merged by value."""

    def __init__(self, ways: Ways, parts: Sequence[Stretch], mark: Mark | None, need: int) -> None:
        self.ways, self.parts, self.mark, self.need = ways, parts, mark, need

    def first(self, *, patiently: bool) -> list[int] | None:
        """The first rows wanted; None when too many others stand before them."""
        everywhere, alone = range(len(self.parts)), len(self.parts) == 1
        at_most = None if patiently else LOOKED_AT_ALONE if alone else LOOKED_AT_EACH
        each = self.need if patiently or alone else self.need // 3 + 1
        rows = self._sorted(self._read(everywhere, at_most, each))
        if not alone and not patiently:
            rows = self._completed(rows, each)
        if len(rows) < self.need and at_most is not None and any(self._is_long(part, at_most) for part in self.parts):
            return None
        return [pk for _, _, pk in rows[: self.need]]

    def _completed(self, rows: list[Row], each: int) -> list[Row]:
        """Read on where a part may hold more rows before the last one needed than were read of it at first."""
        held = Counter(place for place, _, _ in rows)
        if len(rows) < self.need:
            cut = [place for place in held if held[place] == each]
            floor = None
        else:
            floor = rows[self.need - 1][1]
            above = Counter(row[0] for row in rows[: self.need])
            cut = [place for place in range(len(self.parts)) if held[place] < each or above[place] == each]
        if not cut:
            return rows
        at_most = LOOKED_AT_EACH if floor is None else None
        return self._sorted([*self._read(cut, at_most, self.need, floor), *(row for row in rows if row[0] not in cut)])

    def _sorted(self, rows: list[Row]) -> list[Row]:
        falls, ties_fall = self.parts[0].falling, self.parts[0].ties_fall
        if len(self.parts) == 1:
            return rows
        return sorted(rows, key=lambda row: (-row[1] if falls else row[1], -row[2] if ties_fall else row[2]))

    def _read(self, places: Sequence[int], at_most: int | None, each: int, floor: float | None = None) -> list[Row]:
        pieces: list[str] = []
        values: list[Any] = []
        alike: tuple[str, Sequence[Any]] | None = None
        for place in places:
            part = self.parts[place]
            if part.pace is None:
                sql, bound = self._compiled(part, at_most, *self._edges(part, floor))
            else:
                alike = alike or self._compiled(part, at_most, _LEFT_OPEN[0], None if floor is None else _LEFT_OPEN[1])
                filled = dict(zip(_LEFT_OPEN, (*self._edges(part, floor), part.pace), strict=True))
                sql, bound = alike[0], [filled.get(v, v) if isinstance(v, float) else v for v in alike[1]]
            shown = f"SELECT {place} AS place, value, pk FROM ({sql}) AS looked WHERE wanted = 1 LIMIT {each}"  # noqa: S608
            pieces.append(f"SELECT * FROM ({shown}) AS part_{place}")  # noqa: S608  compiled by the ORM, values bound
            values.extend(bound)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), values)
            return list(cursor.fetchall())

    def _edges(self, part: Stretch, floor: float | None) -> tuple[Any, Any]:
        """Where the mark and the floor lie in the index of a part."""
        if part.edge is None:
            return None, None
        after = part.edge(self.mark.value, not part.falling) if self.mark is not None else None
        return after, part.edge(floor, part.falling) if floor is not None else None

    def _compiled(self, part: Stretch, at_most: int | None, after: Any, floor: Any) -> tuple[str, Sequence[Any]]:
        """The look at one part in SQL; parts that differ in their pace alone are compiled once, with gaps to fill."""
        rows = self.ways.tested.filter(part.holds).annotate(value=part.value)
        if part.pace is not None:
            rows = rows.filter(self.ways.shelf, half_life_days=_LEFT_OPEN[2])
        if self.mark is not None:
            rows = rows.filter(part.after(self.mark, after))
        if floor is not None and part.edge is not None:
            rows = rows.filter(part.beside(floor, above=part.falling))
        shown = rows.order_by(*part.sorting).values_list("value", "pk", "wanted")[:at_most]
        if not part.column.startswith("customer__"):
            begin_at_standings(shown.query)
        sql, values = shown.query.sql_with_params()
        return sql, list(values)

    def _is_long(self, part: Stretch, at_most: int) -> bool:
        rows = Standing.objects.order_by().filter(part.holds)
        if part.pace is not None:
            rows = rows.filter(self.ways.shelf, half_life_days=part.pace)
        return rows[at_most : at_most + 1].exists()
