"""The figures of a board: few customers are counted as they are, many are counted once a minute."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from wendu.access.scope import people_in_scope
from wendu.coach.asking import Held, held_by
from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.coach.team import Open, Spent, Waiting, open_amounts, spent_by, waiting_of
from wendu.desk.team.asked import Scope
from wendu.identity.models import User
from wendu.identity.snapshot import remembered, tree_generation

FEW = 3_000
KEPT_SECONDS, SIZE_KEPT_SECONDS = 60.0, 600.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted, of whom, and when.

    Of the last 30 days: `minutes` by author and class, `too_warm` and what was `held` as prepared by author.
    """

    at: datetime
    people: dict[int, User]
    waiting: list[Waiting]
    open: list[Open]
    minutes: dict[int, dict[str, float]]
    unclassed: int
    too_warm: dict[int, int]
    held: dict[int, Held]


def figures_of(scope: Scope, frame: Frame, at: datetime) -> Figures:
    """Count (eight queries), or give what was counted within the last minute."""
    return kept("figures", scope, frame, lambda: _count(scope, frame, at))


def waiting_at(scope: Scope, frame: Frame) -> tuple[dict[int, User], list[Waiting]]:
    """The people looked at, and what waits at each; counted at most once a minute (four queries)."""
    return kept("waiting", scope, frame, lambda: (_people(scope), waiting_of(scope.sight, frame.today)))


def kept(what: str, scope: Scope, frame: Frame, load: Callable[[], T]) -> T:
    """Remember figures over many customers for a minute; those over few are always as they are now."""
    user, team = scope.user, scope.team.pk if scope.team else None
    name = f"team {user.pk} {user.role} {user.team_id} {team} {frame.today} {frame.version} {tree_generation()}"
    few = remembered(f"{name} few", lambda: _are_few(scope), seconds=SIZE_KEPT_SECONDS)
    return load() if few else remembered(f"{name} {what}", load, seconds=KEPT_SECONDS)


def _are_few(scope: Scope) -> bool:
    return len(scope.sight.standings().values_list("pk")[: FEW + 1]) <= FEW


def _count(scope: Scope, frame: Frame, at: datetime) -> Figures:
    people, waiting = waiting_at(scope, frame)
    spent = spent_by(scope.sight, people, frame.today, gap=frame.scale.heat.perception_gap)
    kinds, minutes = frame.scale.heat.kinds, defaultdict[int, dict[str, float]](lambda: defaultdict(float))
    too_warm: Counter[int] = Counter()
    for row in spent:
        too_warm[row.author_id] += row.too_warm
        if _has_class(row, frame):
            minutes[row.author_id][row.quadrant] += row.touches * kinds[row.kind].effort_minutes
    return Figures(
        at=at,
        people=people,
        waiting=waiting,
        open=open_amounts(scope.sight, frame.today),
        minutes={author: dict(by) for author, by in minutes.items()},
        unclassed=sum(row.touches for row in spent if not _has_class(row, frame)),
        too_warm=too_warm,
        held=held_by(scope.sight, people, frame.today),
    )


def _people(scope: Scope) -> dict[int, User]:
    rows = people_in_scope(scope.user)
    if scope.sight.team_ids is not None:
        rows = rows.filter(team_id__in=scope.sight.team_ids)
    return rows.only("uuid", "full_name", "username", "role", "is_active", "team_id").in_bulk()


def _has_class(row: Spent, frame: Frame) -> bool:
    return row.quadrant in CLASSES and row.kind in frame.scale.heat.kinds
