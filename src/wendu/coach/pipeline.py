"""Reads of the board by stage: how much stands at each stage, and the largest deals of each, page by page.

Whoever sees few deals has them looked at once. For all others one index holds a column in its order and all its sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from wendu.access.scope import scope_of
from wendu.coach.models import DealStanding, DealStandingQuerySet
from wendu.coach.orders import Mark
from wendu.opportunities.choices import Stage

SELLING = (Stage.ST1.value, Stage.ST2.value, Stage.ST3.value, Stage.ST4.value)
EVERYTHING = Q()
STAGE = "\x00stage"  # stands for the stage of a stretch until it is filled in
Keys = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class StageSum:
    """So many open deals of one class at one stage, how many have an amount, and what these are worth together."""

    stage: str
    quadrant: str
    deals: int
    priced: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Told:
    """The sums of the board, and the keys of the first deals of each stage: largest first, unknown amounts last."""

    sums: tuple[StageSum, ...]
    first: dict[str, tuple[int, ...]]


def sees_few(user: Any) -> bool:
    """Whether all somebody sees is soon looked at: own customers and those of a small part of the teams."""
    scope = scope_of(user)
    return not (scope.sees_all or scope.is_broad)


def told_of_few(user: Any, test: Q, *, need: int) -> Told:
    """Look at each deal once (one query)."""
    rows = DealStanding.objects.visible_to(user).filter(test).order_by()
    held: dict[tuple[str, str], list[int]] = {}
    columns: dict[str, list[tuple[int, int]]] = {stage: [] for stage in SELLING}
    for stage, letter, amount, pk in rows.values_list("stage", "quadrant", "amount_minor", "pk"):
        if stage in columns:
            counts = held.setdefault((stage, letter), [0, 0, 0])
            counts[0] += 1
            counts[1] += amount is not None
            counts[2] += amount or 0
            columns[stage].append((-1 if amount is None else amount, pk))
    sums = tuple(StageSum(stage, letter, *counts) for (stage, letter), counts in held.items())
    return Told(
        sums, {stage: tuple(pk for _amount, pk in sorted(of, reverse=True)[:need]) for stage, of in columns.items()}
    )


def stage_sums(user: Any, test: Q) -> tuple[StageSum, ...]:
    """What stands at each stage, by class (one query)."""
    rows = DealStanding.objects.visible_to(user).filter(test, stage__in=SELLING).order_by()
    grouped = rows.values_list("stage", "quadrant").annotate(
        n=Count("*"), priced=Count("amount_minor"), amount=Sum("amount_minor")
    )
    return tuple(StageSum(stage, letter, n, priced, amount or 0) for stage, letter, n, priced, amount in grouped)


def first_deals(
    user: Any, test: Q, *, need: int, stages: Sequence[str] = SELLING, after: Mark | None = None
) -> dict[str, tuple[int, ...]]:
    """The keys of the deals of each stage that follow a mark, in the order of the board (one query)."""
    here = DealStanding.objects.visible_to(user).filter(test, stage=STAGE)
    found: dict[str, list[int]] = {stage: [] for stage in stages}
    for stage, _is_unknown, _amount, pk in sorted(_read(_stretches(here, after, need), stages), key=_place):
        if len(found[stage]) < need:
            found[stage].append(pk)
    return {stage: tuple(keys) for stage, keys in found.items()}


def _stretches(here: DealStandingQuerySet, after: Mark | None, need: int) -> tuple[Keys, Keys]:
    """Of a stage those with an amount, and those without, each from where the page begins."""
    known, unknown = here.filter(amount_minor__isnull=False), here.filter(amount_minor__isnull=True)
    if after is not None and after.value is None:
        known, unknown = known.none(), unknown.filter(pk__lt=after.pk)
    elif after is not None:
        tie = Q(amount_minor=after.value, pk__lt=after.pk)
        known = known.filter(Q(amount_minor__lte=after.value) & (Q(amount_minor__lt=after.value) | tie))
    return (
        known.order_by("-amount_minor", "-pk").values_list("amount_minor", "pk")[:need],
        unknown.order_by("-pk").values_list("amount_minor", "pk")[:need],
    )


def _read(stretches: tuple[Keys, Keys], stages: Iterable[str]) -> list[tuple[str, bool, int | None, int]]:
    """Those of all stages in one question; a stretch is worded once and holds for every stage."""
    worded = [
        (is_unknown, *keys.query.sql_with_params())
        for is_unknown, keys in enumerate(stretches)
        if not keys.query.is_empty()
    ]
    pieces, values = list[str](), list[Any]()
    for stage in stages:
        for is_unknown, sql, params in worded:
            part = f"part_{len(pieces)}"
            pieces.append(f"SELECT %s, %s, {part}.* FROM ({sql}) AS {part}")  # noqa: S608  compiled by the ORM, values bound
            values += [stage, is_unknown, *(stage if value == STAGE else value for value in params)]
    if not pieces:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), values)
        return list(cursor.fetchall())


def _place(row: tuple[str, bool, int | None, int]) -> tuple[bool, int, int]:
    _stage, is_unknown, amount, pk = row
    return bool(is_unknown), -(amount or 0), -pk
