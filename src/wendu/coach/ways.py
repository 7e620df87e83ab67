"""Whom a list of customers is narrowed to, and the ways to them: every row tested, or one small set collected.

What must not tempt the database to another way is written as a test it cannot look into.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from wendu.access.scope import scope_of
from wendu.coach.models import Standing, StandingQuerySet

FEW, PARTED, MANY = 3_000, 8_000, 20_000
COUNTED_AT_MOST, COUNTED_AMONG = 1_000, 20_000

Keys = QuerySet[Any, Any]
NO_CONDITION, NOBODY = Q(), Q(pk=-1)
WANTED = "wanted"
_UP_TO = "SELECT 1 FROM ({{}}) AS looked WHERE wanted = 1 LIMIT {bound}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to: what each customer must meet, and sets outside of which there is nobody.

    `sets` are conditions of standings or queries of customer keys, each answered from an index; any of them may be
    collected instead of walking. `shelf` is one condition whose standings have an index by temperature of their own.
    """

    tests: Q = NO_CONDITION
    sets: tuple[Q | Keys, ...] = ()
    shelf: Q = NO_CONDITION


class Ways:
    """The ways to the visible customers of a narrowing."""

    def __init__(self, user: Any, narrowing: Narrowing) -> None:
        self.user, self.narrowing = user, narrowing
        everyone = Standing.objects.order_by()
        self.test = everyone.sight(user) & narrowing.tests
        self.shelf = narrowing.shelf
        seen = everyone.filter(NOBODY) if scope_of(user).sees_nothing else everyone.visible_to(user)
        self._sets: list[Keys] = [
            everyone.filter(one).values("pk") if isinstance(one, Q) else one
            for one in (*narrowing.sets, seen.values("pk"))
        ]

    def among(self, these: Q) -> Ways:
        """The ways to those who also meet one more condition, answered from an index."""
        return Ways(self.user, replace(self.narrowing, sets=(these, *self.narrowing.sets)))

    @cached_property
    def few(self) -> StandingQuerySet | None:
        """The wanted members of a set small enough to be collected at once, if there is one."""
        return self._smallest(FEW)

    @cached_property
    def parted(self) -> StandingQuerySet | None:
        """The same for a set that one pass may part into groups sooner than a walk for each of them."""
        return self._smallest(PARTED)

    @cached_property
    def many(self) -> StandingQuerySet | None:
        """The same for a set one collects only after another way has failed."""
        return self._smallest(MANY)

    @cached_property
    def tested(self) -> StandingQuerySet:
        """Everybody, each marked as wanted or not."""
        return self._marked(Standing.objects.order_by())

    def count(self) -> tuple[int, bool]:
        """How many there are; the second value says that there may be more: nothing is counted beyond a bound."""
        if self.few is not None:
            return self.few.count(), False
        looked: Keys = self.tested.values_list(WANTED)[:COUNTED_AMONG]
        (found,) = _row(f"SELECT COUNT(*) FROM ({_UP_TO.format(bound=COUNTED_AT_MOST + 1)}) AS found", looked)  # noqa: S608
        if found > COUNTED_AT_MOST:
            return COUNTED_AT_MOST, True
        return found, Standing.objects.order_by()[COUNTED_AMONG : COUNTED_AMONG + 1].exists()

    def _marked(self, rows: StandingQuerySet) -> StandingQuerySet:
        return rows.annotate(wanted=Case(When(self.test, then=Value(1)), default=Value(0), output_field=IntegerField()))

    def _smallest(self, bound: int) -> StandingQuerySet | None:
        counts = ", ".join("(SELECT COUNT(*) FROM ({}) AS among)" for _ in self._sets)
        sizes = _row(f"SELECT {counts}", *[keys[: bound + 1] for keys in self._sets])
        size, place = min((size, place) for place, size in enumerate(sizes))
        if size > bound:
            return None
        # As keys, not as a condition: joined to its customer, a condition would be tested on a walk along everybody.
        members: Any = self._sets[place]
        return self._marked(Standing.objects.order_by().filter(pk__in=members)).filter(**{WANTED: 1})


def _row(shape: str, *queries: Keys) -> tuple[Any, ...]:
    """One row of counts over queries the ORM compiled."""
    compiled = [each.query.sql_with_params() for each in queries]
    with connection.cursor() as cursor:
        cursor.execute(
            shape.format(*[sql for sql, _ in compiled]), [value for _, values in compiled for value in values]
        )
        found: tuple[Any, ...] = cursor.fetchone()
    return found
