"""Reads of people, teams and the calendar; the first argument is who is looking."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from wendu.identity.choices import Role
from wendu.identity.models import Holiday, Invitation, Team, TeamQuerySet, User, UserQuerySet
from wendu.identity.snapshot import remembered
from wendu.kernel.prepared import prepared_records_of


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team of the tree, how many people work in it, and who heads it."""

    team: Team
    people: int
    heads: tuple[User, ...]


def colleagues(user: Any) -> UserQuerySet:
    """Give everyone a logged-in user may name (assign, share, mention); an administrator also sees who has left."""
    if not _knows(user):
        return User.objects.none()
    people = User.objects.select_related("team").order_by("full_name", "username", "pk")
    return people if user.is_admin else people.active()


def teams(user: Any) -> TeamQuerySet:
    """Give the whole tree of teams people work in, each team below its parent."""
    return Team.objects.open().order_by("path", "pk") if _knows(user) else Team.objects.none()


def team_of(user: User) -> Team | None:
    """Give the team somebody works in; asked for once, then kept on this user object."""
    if user.team_id is not None and not User.team.is_cached(user):
        user.team = next(iter(_team(user.team_id)), None)
    return user.team if user.team_id is not None else None


@prepared_records_of
def _team(team_id: int) -> TeamQuerySet:
    return Team.objects.filter(pk=team_id)


def closed_teams(user: Any) -> TeamQuerySet:
    """Give the teams nobody works in any more, latest closed first."""
    rows = Team.objects.filter(closed_at__isnull=False).order_by("-closed_at", "pk")
    return rows.select_related("parent") if _knows(user) else rows.none()


def team_rows(user: Any) -> list[TeamRow]:
    """Give the tree with who works in each team itself, in two queries."""
    active = User.objects.active().filter(team__isnull=False).order_by("full_name", "username", "pk")
    inside: dict[int, list[User]] = defaultdict(list)
    for each in active if _knows(user) else ():
        inside[each.team_id or 0].append(each)
    return [
        TeamRow(team, len(found := inside[team.pk]), tuple(each for each in found if each.role == Role.MANAGER))
        for team in teams(user)
    ]


def people(user: Any, *, at: datetime, text: str = "", role: str = "", team: str = "", state: str = "") -> UserQuerySet:
    """Give everybody who has a login, narrowed; `state` is active, invited or closed, `team` counts with all below.

    Each row knows whether its invitation is open (`is_invited`).
    """
    if not _knows(user):
        return User.objects.none()
    waiting = Invitation.objects.standing().filter(user=OuterRef("pk"), expires_at__gt=at)
    rows = User.objects.select_related("team").annotate(is_invited=Exists(waiting))
    if text.strip():
        words = text.strip()
        rows = rows.filter(Q(full_name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))
    if role:
        rows = rows.filter(role=role)
    if team:
        above = Team.objects.filter(uuid=team).values_list("path", flat=True).first()
        rows = rows.filter(team__in=Team.objects.under(*([above] if above else [])))
    if state:
        rows = rows.filter(is_active=state != "closed", **({"is_invited": True} if state == "invited" else {}))
    return rows.order_by("-is_active", "full_name", "username", "pk")


def latest_invitation(user: Any, colleague: User) -> Invitation | None:
    """Give the latest invitation of a colleague that was neither used nor withdrawn; it may have run out."""
    rows = Invitation.objects.standing().filter(user=colleague).select_related("invited_by", "user")
    return rows.order_by("-pk").first() if _knows(user) else None


def members(user: Any, team: Team) -> UserQuerySet:
    """Give the active members of a team and of all teams below it."""
    if not _knows(user):
        return User.objects.none()
    below = Team.objects.under(team.path).values("pk")
    return User.objects.active().filter(team__in=below).order_by("full_name", "username", "pk")


def stopped_days() -> tuple[date, ...]:
    """Give every stopped day of the organisation, sorted; remembered for a moment like the organisation itself."""
    return remembered("stopped_days", lambda: tuple(Holiday.objects.order_by("day").values_list("day", flat=True)))


def holidays_between(user: Any, start: date, end: date) -> Any:
    """Give the stopped days from `start` to `end`, both included."""
    rows = Holiday.objects.filter(day__range=(start, end)).order_by("day")
    return rows if _knows(user) else rows.none()


def user_by_name(text: str) -> User | None:
    """Find the one user a login or full name means; two of the same full name mean nobody."""
    text = text.strip()
    by_login = User.objects.filter(username__iexact=text).first()
    if by_login is not None:
        return by_login
    found = list(User.objects.filter(full_name__iexact=text)[:2])
    return found[0] if len(found) == 1 else None


def _knows(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and user.pk is not None
