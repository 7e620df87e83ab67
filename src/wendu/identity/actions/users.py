"""People and teams: create, edit, hand a role, deactivate, move."""

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wendu.identity.actions.teams import TeamClosed
from wendu.identity.choices import Language, Role
from wendu.identity.models import Invitation, Team, User
from wendu.kernel.changes import apply_changes, checked, plain
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.ports import permit, record

declare(
    "user.created",
    "user.edited",
    "user.preferences_edited",
    "user.password_set",
    "user.role_set",
    "user.team_set",
    "user.deactivated",
    "user.reactivated",
)

EDITABLE = ("full_name", "email", "phone", "daily_capacity")
PREFERENCES = ("language", "theme", "daily_capacity")


class LoginTaken(ActionError):
    """Two people cannot share a login or an e-mail address."""

    code = "login_taken"
    message = _("Another user already has this login or e-mail address. Choose a different one.")
    field = "username"


class WeakPassword(ActionError):
    """The password is too easy to guess."""

    code = "weak_password"
    message = _("This password is too weak: %(why)s")
    field = "password"


class OneAdminMustRemain(ActionError):
    """Without an administrator nobody could set the system right again."""

    code = "one_admin_must_remain"
    message = _("This is the only active administrator. Make someone else an administrator first.")
    field = "role"


@transaction.atomic
def create_user(
    *,
    actor: User | None,
    at: datetime,
    username: str,
    password: str | None = None,
    full_name: str = "",
    email: str = "",
    phone: str = "",
    role: str = Role.REP,
    team: Team | None = None,
    language: str = Language.BROWSER,
    daily_capacity: int | None = None,
) -> User:
    """Let a new colleague in; without a password the login waits until one is set."""
    permit(actor, "user.create")
    _open(team)
    user = User(joined_at=at, team=team)
    fields = {
        "username": User.normalize_username(username.strip()),
        "full_name": full_name,
        "email": email,
        "phone": phone,
        "role": role,
        "language": language,
        "daily_capacity": daily_capacity,
    }
    for name, value in _lower_email(fields).items():
        setattr(user, name, checked(user, name, value))
    if password is not None:
        _check_password(password, user)
    user.set_password(password)
    _store(user)
    record("user.created", subject=user, actor=actor, at=at, after=_facts(user))
    return user


@transaction.atomic
def edit_user(*, user: User, actor: User | None, at: datetime, seen: int | None = None, **changes: Any) -> User:
    """Change name, e-mail, phone or capacity (`EDITABLE`); `seen` is the revision the editor looked at."""
    permit(actor, "user.edit", user)
    return _change(user, EDITABLE, changes, verb="user.edited", actor=actor, at=at, seen=seen)


@transaction.atomic
def edit_preferences(*, user: User, actor: User | None, at: datetime, **changes: Any) -> User:
    """Change one's own language, theme or daily capacity (`PREFERENCES`)."""
    permit(actor, "user.edit_preferences", user)
    return _change(user, PREFERENCES, changes, verb="user.preferences_edited", actor=actor, at=at, seen=None)


@transaction.atomic
def set_password(*, user: User, password: str, actor: User | None, at: datetime) -> User:
    """Give a user a new password; it ends that user's other sessions and a link that still waits."""
    permit(actor, "user.set_password", user)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(user=user).standing().update(withdrawn_at=at)
    record("user.password_set", subject=user, actor=actor, at=at)
    return user


@transaction.atomic
def set_role(*, user: User, role: str, actor: User | None, at: datetime) -> User:
    """Give a user another role; the only active administrator cannot lay it down."""
    permit(actor, "user.set_role", user)
    role = checked(user, "role", role)
    if role != Role.ADMIN:
        _keep_one_admin(user)
    return _set(user, "role", role, verb="user.role_set", actor=actor, at=at)


@transaction.atomic
def set_team(*, user: User, team: Team | None, actor: User | None, at: datetime) -> User:
    """Put a user into another team, or into none."""
    permit(actor, "user.set_team", user)
    _open(team)
    return _set(user, "team", team, verb="user.team_set", actor=actor, at=at)


@transaction.atomic
def deactivate_user(*, user: User, actor: User | None, at: datetime) -> User:
    """Close a login; everything the user did stays. The only active administrator cannot leave."""
    permit(actor, "user.deactivate", user)
    _keep_one_admin(user)
    return _set(user, "is_active", False, verb="user.deactivated", actor=actor, at=at)


@transaction.atomic
def reactivate_user(*, user: User, actor: User | None, at: datetime) -> User:
    """Open a closed login again."""
    permit(actor, "user.reactivate", user)
    return _set(user, "is_active", True, verb="user.reactivated", actor=actor, at=at)


def _open(team: Team | None) -> None:
    if team is not None and team.closed_at is not None:
        raise TeamClosed(name=team.name)


def _facts(user: User) -> dict[str, object]:
    names = ("username", "full_name", "email", "phone", "role", "language", "daily_capacity")
    return {**{name: getattr(user, name) for name in names}, "team": user.team_id}


def _change(
    user: User,
    allowed: tuple[str, ...],
    changes: dict[str, Any],
    *,
    verb: str,
    actor: User | None,
    at: datetime,
    seen: int | None,
) -> User:
    change = apply_changes(user, _lower_email(changes), writable=allowed)
    if change:
        advance(user, seen=seen)
        _store(user)
        record(verb, subject=user, actor=actor, at=at, before=change.before, after=change.after)
    return user


def _set(user: User, name: str, value: Any, *, verb: str, actor: User | None, at: datetime) -> User:
    before = getattr(user, name)
    if before == value:
        return user
    advance(user)
    setattr(user, name, value)
    user.save(update_fields=[name])
    record(verb, subject=user, actor=actor, at=at, before={name: plain(before)}, after={name: plain(value)})
    return user


def _lower_email(fields: dict[str, Any]) -> dict[str, Any]:
    email = fields.get("email")
    return {**fields, "email": email.strip().lower()} if isinstance(email, str) else fields


def _store(user: User) -> None:
    """Save, and word the database's own refusal of a second user with this login or address."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise LoginTaken from None


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(why=" ".join(error.messages)) from None


def _keep_one_admin(user: User) -> None:
    """Lock the administrators, so that two of them cannot leave at the same moment."""
    admins = User.objects.active().filter(role=Role.ADMIN).select_for_update().order_by("pk")
    remaining = [admin.pk for admin in admins]
    if user.pk in remaining and len(remaining) == 1:
        raise OneAdminMustRemain
