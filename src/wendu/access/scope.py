"""How far a person sees: own and shared customers, a branch of the team tree, or all."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from wendu.identity.choices import Role
from wendu.identity.models import Team, User, UserQuerySet
from wendu.identity.snapshot import tree_generation
from wendu.kernel.prepared import OneOf, prepared

SEES_ALL = frozenset({Role.MARKETING, Role.EXECUTIVE, Role.ADMIN})
BROAD_SHARE = 0.1
_KEPT = "_wendu_scope"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person sees; `team_ids` are the teams at or below `team_paths`, looked up once.

    `is_broad` says that these are no small part of all teams: then what
    hangs on customers is better read in the order a page wants and tested than collected first.
    """

    user_id: int | None
    sees_all: bool = False
    team_paths: tuple[str, ...] = ()
    team_ids: tuple[int, ...] = ()
    is_broad: bool = False

    @property
    def sees_nothing(self) -> bool:
        """Tell whether nobody (known) is looking."""
        return self.user_id is None


NOTHING = Scope(user_id=None)


def scope_of(user: Any) -> Scope:
    """Work out how far a user sees; at most one small query, remembered on this user object (one request).

    A rep sees own and shared customers, service also those of the own team, a manager the own team and all below;
    marketing, executive and admin see all. Nobody, and who may no longer log in, sees nothing. A scope is its own.
    """
    if isinstance(user, Scope):
        return user
    if not isinstance(user, User) or user.pk is None or not user.is_active:
        return NOTHING
    state = (user.role, user.team_id, tree_generation())
    kept = user.__dict__.get(_KEPT)
    if kept is None or kept[0] != state:
        kept = (state, _work_out(user))
        user.__dict__[_KEPT] = kept
    scope: Scope = kept[1]
    return scope


def people_in_scope(user: Any) -> UserQuerySet:
    """Give the users whose work this user may see: all, the members of the teams in scope, or just oneself."""
    scope = scope_of(user)
    if scope.sees_nothing:
        return User.objects.none()
    if scope.sees_all:
        return User.objects.all()
    in_teams = Q(OneOf(F("team_id"), *scope.team_ids)) if scope.team_ids else Q()
    return User.objects.filter(Q(pk=scope.user_id) | in_teams)


@prepared
def _tree() -> QuerySet[Any, Any]:
    return Team.objects.order_by("pk").values_list("pk", "path")


def _work_out(user: User) -> Scope:
    if user.role in SEES_ALL:
        return Scope(user_id=user.pk, sees_all=True)
    if user.team_id is None or user.role == Role.REP:
        return Scope(user_id=user.pk)
    tree: dict[int, str] = dict(_tree())
    path = tree[user.team_id]
    is_manager = user.role == Role.MANAGER
    ids = tuple(pk for pk, way in tree.items() if pk == user.team_id or (is_manager and way.startswith(path)))
    return Scope(user_id=user.pk, team_paths=(path,), team_ids=ids, is_broad=len(ids) >= BROAD_SHARE * len(tree))
