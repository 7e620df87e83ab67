"""The figures of a board: few customers are counted as they are, many are counted once a minute, beside the work."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings

from wendu.access.scope import people_in_scope
from wendu.coach.asking import Held, held_by
from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.coach.team import Open, Spent, Waiting, open_amounts, spent_by, waiting_of
from wendu.desk.team.asked import Scope
from wendu.identity.models import User
from wendu.identity.snapshot import refreshed, remembered, tree_generation
from wendu.kernel.patience import patient_for

FEW = 3_000
KEPT_SECONDS, SIZE_KEPT_SECONDS = 60.0, 600.0
OLD_SECONDS, FIRST_TIMES = 600.0, 3

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
    """Count (eight queries), or give what was counted a minute ago."""
    return _kept_beside("figures", scope, frame, lambda: _count(scope, frame, at))


def waiting_at(scope: Scope, frame: Frame) -> tuple[dict[int, User], list[Waiting]]:
    """The people looked at, and what waits at each; counted at most once a minute (four queries)."""
    return _kept_beside("waiting", scope, frame, lambda: (_people(scope), waiting_of(scope.sight, frame.today)))


def kept(what: str, scope: Scope, frame: Frame, load: Callable[[], T]) -> T:
    """Remember what was read of many customers for a minute; what is read of few is always as it is now."""
    name, few = _called(scope, frame)
    return load() if few else remembered(f"{name} {what}", lambda: _patiently(load), seconds=KEPT_SECONDS)


def _kept_beside(what: str, scope: Scope, frame: Frame, load: Callable[[], T]) -> T:
    """The same for sums: after a minute they are counted anew beside the work, and meanwhile the old ones are shown.

    Nobody waits for that but who comes first after a while. An inbox is none of these: what was decided is gone.
    """
    name, few = _called(scope, frame)
    if few:
        return load()
    return refreshed(f"{name} {what}", lambda: _patiently(load), seconds=KEPT_SECONDS, at_most=OLD_SECONDS)


def _called(scope: Scope, frame: Frame) -> tuple[str, bool]:
    """Under which name figures are remembered, and whether they are over few customers."""
    user, team = scope.user, scope.team.pk if scope.team else None
    name = f"team {user.pk} {user.role} {user.team_id} {team} {frame.today} {frame.version} {tree_generation()}"
    return name, remembered(f"{name} few", lambda: _are_few(scope), seconds=SIZE_KEPT_SECONDS)


def _patiently(load: Callable[[], T]) -> T:
    """Whoever comes first waits longer than for any list: it is asked once, and for everybody who comes after."""
    with patient_for(FIRST_TIMES * settings.STATEMENT_SECONDS):
        return load()


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
