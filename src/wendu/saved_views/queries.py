"""Which views somebody sees, and with which one a list opens."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope, scope_of
from wendu.access.verbs import can
from wendu.identity.models import Team, TeamQuerySet, User
from wendu.identity.queries import team_of
from wendu.kernel.prepared import Among
from wendu.saved_views.choices import Audience
from wendu.saved_views.models import FirstView, Pin, SavedView

SHOWN_AT_MOST = 200


def views_of(user: Any, place: str) -> list[SavedView]:
    """Give the views of a list that one sees, pinned ones first, in at most two queries.

    Each row knows whether it is pinned (`is_pinned`) and whether the list opens with it for oneself (`is_own_first`) or
    for one's role (`is_role_first`).
    """
    return _views(user, place, user.role, _teams_of(user)) if isinstance(user, User) else []


@prepared_records
def _views(me: Scope, place: str, role: str, teams: Collection[int]) -> QuerySet[SavedView]:
    first, user_id = FirstView.objects.filter(view=OuterRef("pk"), place=place), me.user_id or 0
    rows = _standing_for(me, Among("team_id", teams)).filter(place=place)
    rows = rows.annotate(
        is_pinned=Exists(Pin.objects.filter(view=OuterRef("pk"), user_id=user_id)),
        is_own_first=Exists(first.filter(user_id=user_id)),
        is_role_first=Exists(first.filter(role=role)),
    )
    return rows.order_by("-is_pinned", "name", "pk")[:SHOWN_AT_MOST]


def first_among(views: Sequence[SavedView]) -> SavedView | None:
    """Give the view a list opens with: the one a person chose, else the one of the role."""
    own = [view for view in views if getattr(view, "is_own_first", False)]
    ours = [view for view in views if getattr(view, "is_role_first", False)]
    return next(iter([*own, *ours]), None)


def first_view(user: Any, place: str) -> SavedView | None:
    """Give the view a list opens with for somebody; None if it opens as usual."""
    return first_among(views_of(user, place))


def view_named(user: Any, uuid: UUID) -> SavedView | None:
    """Give one view, if it is seen and not deleted."""
    return _seen_by(user).filter(uuid=uuid).first()


def deleted_view(user: Any, uuid: UUID) -> SavedView | None:
    """Give a deleted view to whoever may bring it back."""
    found = SavedView.objects.filter(uuid=uuid, deleted_at__isnull=False).select_related("user", "team").first()
    return found if found is not None and can(user, "view.edit", found) else None


def roles_opening_with(user: Any, view: SavedView) -> list[str]:
    """Give the roles whose list opens with a view, to whoever decides that."""
    if not can(user, "view.put_first_for_role"):
        return []
    return list(FirstView.objects.filter(view=view).exclude(role="").order_by("pk").values_list("role", flat=True))


def teams_to_share_with(user: Any) -> TeamQuerySet:
    """Give the teams one may share a view with: one's own and those below, for an administrator all."""
    open_teams = Team.objects.open().order_by("path", "pk")
    if not can(user, "view.share"):
        return open_teams.none()
    scope = scope_of(user)
    return open_teams if scope.sees_all else open_teams.filter(pk__in=scope.team_ids)


def _seen_by(user: Any) -> QuerySet[SavedView]:
    scope = scope_of(user)
    if scope.sees_nothing:
        return SavedView.objects.none()
    return _standing_for(scope, Q(team__in=_teams_of(user)))


def _standing_for(scope: Scope, in_teams: Any) -> QuerySet[SavedView]:
    """What is not deleted and one's own, everybody's, or shared with one of these teams."""
    rows = SavedView.objects.filter(deleted_at__isnull=True).select_related("user", "team")
    of_team = Q(audience=Audience.TEAM)
    if not scope.sees_all:
        of_team &= Q(in_teams)
    return rows.filter(Q(user=scope.user_id or 0) | Q(audience=Audience.ALL) | of_team)


def _teams_of(user: User) -> set[int]:
    """The teams whose views one sees: one's own, those above and those below."""
    team = team_of(user)
    above = [int(key) for key in team.path.strip("/").split("/")] if team else []
    return {*above, *scope_of(user).team_ids}
