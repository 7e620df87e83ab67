"""`wendu user`: the people who log in, from the command line of the machine itself."""

import sys
from collections.abc import Callable
from getpass import getpass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from wendu.identity.actions import create_user, deactivate_user, set_password, set_role
from wendu.identity.choices import Role
from wendu.identity.models import Team, User
from wendu.identity.queries import user_by_name
from wendu.journal.doors import door
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.ops.said import fail, fail_twice, say

T = TypeVar("T")


def add_user(login: str, *, full_name: str, role: str, team: str, email: str, wants_password: bool) -> None:
    """Let a colleague in; the password is asked for, or read from the standard input."""
    found = Team.objects.open().filter(name=team).first() if team else None
    if team and found is None:
        names = ", ".join(Team.objects.open().order_by("path").values_list("name", flat=True)[:20])
        fail(_("There is no team “%(name)s”. Teams: %(known)s") % {"name": team, "known": names or "-"})
    secret = _asked() if wants_password else None
    details: dict[str, Any] = {"full_name": full_name, "role": _role(role), "team": found, "email": email}
    user = _done(lambda: create_user(actor=None, at=now(), username=login, password=secret, **details))
    say(_("%(name)s can log in as %(login)s (%(role)s).") % _words(user))


def change_password(name: str) -> None:
    """Give somebody a new password."""
    user = _one(name)
    _done(lambda: set_password(user=user, password=_asked(), actor=None, at=now()))
    say(_("The password of %(login)s is set.") % _words(user))


def change_role(name: str, role: str) -> None:
    """Give somebody another role."""
    user = _one(name)
    _done(lambda: set_role(user=user, role=_role(role), actor=None, at=now()))
    say(_("%(login)s is now: %(role)s") % _words(user))


def close_login(name: str) -> None:
    """Close a login; what the person did stays."""
    user = _one(name)
    _done(lambda: deactivate_user(user=user, actor=None, at=now()))
    say(_("%(login)s can no longer log in.") % _words(user))


def list_users() -> None:
    """List everyone with role and team."""
    for user in User.objects.select_related("team").order_by("team__path", "role", "username"):
        closed = "" if user.is_active else f"  ({_('closed')})"
        team = user.team.name if user.team else "-"
        say(f"{user.username:<24} {user.display_name:<24} {Role(user.role).label:<16} {team}{closed}")


def _asked() -> str:
    """Ask for a password without showing it; a pipe may give it as one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first, again = getpass(_("Password: ")), getpass(_("Again: "))
    if first != again:
        fail(_("The two passwords differ. Try again."))
    return first


def _one(name: str) -> User:
    found = user_by_name(name)
    if found is None:
        fail(_("Nobody is called “%(name)s”. `wendu user list` shows all logins.") % {"name": name})
    return found


def _role(text: str) -> str:
    if text not in Role.values:
        fail(_("“%(role)s” is not a role. Choose one of: %(allowed)s.") % {"role": text, "allowed": ", ".join(Role)})
    return text


def _done(act: Callable[[], T]) -> T:
    try:
        with door("cli"):
            return act()
    except ActionError as refusal:
        fail_twice(refusal.text)


def _words(user: User) -> dict[str, str]:
    return {"name": user.display_name, "login": user.username, "role": str(Role(user.role).label)}
