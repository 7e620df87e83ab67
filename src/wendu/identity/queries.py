"""Reads of people, teams and the calendar; the first argument is who is looking."""

from datetime import date
from typing import Any

from wendu.identity.models import Holiday, Team, TeamQuerySet, User, UserQuerySet
from wendu.identity.snapshot import remembered


def colleagues(user: Any) -> UserQuerySet:
    """Give everyone a logged-in user may name (assign, share, mention); an administrator also sees who has left."""
    if not _knows(user):
        return User.objects.none()
    people = User.objects.select_related("team").order_by("full_name", "username", "pk")
    return people if user.is_admin else people.active()


def teams(user: Any) -> TeamQuerySet:
    """Give the whole team tree, each team below its parent."""
    return Team.objects.order_by("path", "pk") if _knows(user) else Team.objects.none()


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
