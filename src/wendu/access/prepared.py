"""Questions a page asks for whoever is looking, worded once for each way of seeing; then only the values change."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.db import connection, models

from wendu.access.scope import Scope, scope_of
from wendu.kernel.prepared import Blank, Worded, answer, word, word_records

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)
Build = Callable[Concatenate[Scope, P], models.QuerySet[Any, Any]]


class _Way(NamedTuple):
    """What the words of a question depend on: the database, and how far one sees."""

    vendor: str
    sees_all: bool
    is_broad: bool
    teams: int


def prepared_for(into: type[R]) -> Callable[[Build[P]], Callable[Concatenate[Any, P], list[R]]]:
    """Make a question of a function of a scope and values; it is asked with the user and gives rows of a named tuple.

    The function gives a queryset, with `visible_to(scope)` where that is needed; the columns are those the named tuple
    names. Its values are handed over as `kernel.prepared.prepared` takes them. Who sees nothing is told nothing, and
    the database is not asked.
    """
    columns: tuple[str, ...] = into._fields  # type: ignore[attr-defined]
    make: Callable[[Any], R] = into._make  # type: ignore[attr-defined]

    def ask(build: Build[P]) -> Callable[Concatenate[Any, P], list[R]]:
        return _asked(build, lambda rows: (word(rows.values_list(*columns)), make))

    return ask


def prepared_records(
    build: Callable[Concatenate[Scope, P], models.QuerySet[M]],
) -> Callable[Concatenate[Any, P], list[M]]:
    """The same for a function that gives a queryset of models: they come as they are, related ones as it says."""
    return _asked(build, word_records)


def _asked(
    build: Callable[Concatenate[Scope, P], models.QuerySet[Any, Any]],
    put: Callable[[models.QuerySet[Any, Any]], tuple[Worded, Callable[[Any], R]]],
) -> Callable[Concatenate[Any, P], list[R]]:
    worded_by: Callable[..., models.QuerySet[Any, Any]] = build
    count = len(signature(build).parameters) - 1
    worded: dict[_Way, tuple[Worded, Callable[[Any], R]]] = {}

    def words_of(way: _Way) -> tuple[Worded, Callable[[Any], R]]:
        blanks: Any = [Blank(place) for place in range(1 + way.teams + count)]
        scope = Scope(blanks[0], way.sees_all, (), tuple(blanks[1 : 1 + way.teams]), way.is_broad)
        return put(worded_by(scope, *blanks[1 + way.teams :]))

    @wraps(build)
    def asked(user: Any, /, *values: P.args, **_named: P.kwargs) -> list[R]:
        scope = scope_of(user)
        if scope.sees_nothing:
            return []
        way = _Way(connection.vendor, scope.sees_all, scope.is_broad, len(scope.team_ids))
        if way not in worded:
            worded[way] = words_of(way)
        question, make = worded[way]
        return list(map(make, answer(question, (scope.user_id, *scope.team_ids, *values))))

    return asked
