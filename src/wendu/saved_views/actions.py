"""What is done with a view: saved, renamed, changed, shared, pinned, put first, deleted and brought back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from wendu.access.scope import scope_of
from wendu.access.verbs import permit
from wendu.identity.models import Team, User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of
from wendu.kernel.names import tidy_line
from wendu.saved_views.choices import Audience
from wendu.saved_views.errors import (
    LONGEST_NAME,
    LONGEST_QUERY,
    BadName,
    NameTaken,
    NothingToTakeBack,
    NotYourTeam,
    OnlyForOneself,
    QueryTooLong,
    TeamNeeded,
    ViewNotDeleted,
)
from wendu.saved_views.models import FirstView, Pin, SavedView

declare("view.saved", "view.renamed", "view.changed", "view.shared", "view.deleted", "view.restored")
declare("view.pinned", "view.unpinned", "view.put_first")

TAKEN_BACK = ("view.renamed", "view.changed", "view.shared")


@transaction.atomic
def save_view(
    *,
    place: str,
    name: str,
    query: str,
    actor: User,
    at: datetime,
    audience: str = Audience.PRIVATE,
    team: Team | None = None,
) -> SavedView:
    """Keep a list under a name, for oneself or for others, too."""
    permit(actor, "view.save")
    _may_share(actor, audience, team)
    view = SavedView(
        place=place,
        name=_name(name),
        query=_query(query),
        user=actor,
        audience=audience,
        team=team if audience == Audience.TEAM else None,
        created_at=at,
    )
    _write(view)
    record("view.saved", subject=view, actor=actor, at=at, after={"name": view.name, "query": view.query})
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, actor: User, at: datetime) -> None:
    """Call a view something else."""
    permit(actor, "view.edit", view)
    _change(view, "view.renamed", {"name": _name(name)}, actor, at)


@transaction.atomic
def change_view(*, view: SavedView, query: str, actor: User, at: datetime) -> None:
    """Let a view stand for another list."""
    permit(actor, "view.edit", view)
    _change(view, "view.changed", {"query": _query(query)}, actor, at)


@transaction.atomic
def share_view(*, view: SavedView, audience: str, team: Team | None, actor: User, at: datetime) -> None:
    """Decide who sees a view; keeping it to oneself again needs no leader."""
    permit(actor, "view.edit", view)
    _may_share(actor, audience, team)
    team_id = team.pk if team is not None and audience == Audience.TEAM else None
    _change(view, "view.shared", {"audience": audience, "team_id": team_id}, actor, at)


@transaction.atomic
def take_back(*, view: SavedView, actor: User, at: datetime) -> None:
    """Undo the latest change of name, list or audience, with the same right it takes to make it."""
    permit(actor, "view.edit", view)
    latest = Entry.objects.about(kind_of(view), view.pk).filter(verb__in=TAKEN_BACK).newest().first()
    before = (latest.before if latest else None) or {}
    if "name" in before:
        rename_view(view=view, name=before["name"], actor=actor, at=at)
    elif "query" in before:
        change_view(view=view, query=before["query"], actor=actor, at=at)
    elif "audience" in before:
        team = Team.objects.filter(pk=before["team_id"]).first()
        share_view(view=view, audience=before["audience"], team=team, actor=actor, at=at)
    else:
        raise NothingToTakeBack


@transaction.atomic
def delete_view(*, view: SavedView, actor: User, at: datetime) -> None:
    """Take a view away; pins and first places wait for it to come back."""
    permit(actor, "view.edit", view)
    _hold(view)
    if view.deleted_at is None:
        view.deleted_at = at
        _write(view)
        record("view.deleted", subject=view, actor=actor, at=at, before={"name": view.name})


@transaction.atomic
def restore_view(*, view: SavedView, actor: User, at: datetime) -> None:
    """Bring a deleted view back as it was."""
    permit(actor, "view.edit", view)
    _hold(view)
    if view.deleted_at is None:
        raise ViewNotDeleted
    view.deleted_at = None
    _write(view)
    record("view.restored", subject=view, actor=actor, at=at, after={"name": view.name})


@transaction.atomic
def pin_view(*, view: SavedView, actor: User, at: datetime) -> None:
    """Keep a view at hand for oneself."""
    permit(actor, "view.save")
    _pin, is_new = Pin.objects.get_or_create(view=view, user=actor)
    if is_new:
        record("view.pinned", subject=view, actor=actor, at=at)


@transaction.atomic
def unpin_view(*, view: SavedView, actor: User, at: datetime) -> None:
    """Keep a view at hand no longer."""
    permit(actor, "view.save")
    if Pin.objects.filter(view=view, user=actor).delete()[0]:
        record("view.unpinned", subject=view, actor=actor, at=at)


@transaction.atomic
def put_first(*, view: SavedView | None, place: str, actor: User, at: datetime, role: str = "") -> None:
    """Let a list open with a view, for oneself or for a role; no view lets it open as usual."""
    permit(actor, "view.put_first_for_role" if role else "view.save")
    if role and view is not None and view.audience != Audience.ALL:
        raise OnlyForOneself
    whose = {"place": place, "user": None if role else actor, "role": role}
    earlier = FirstView.objects.select_for_update().filter(**whose).first()
    if (earlier.view_id if earlier else None) == (view.pk if view else None):
        return
    if earlier is not None:
        FirstView.objects.filter(pk=earlier.pk).delete()
    if view is not None:
        FirstView.objects.create(view=view, **whose)
    subject = ("savedview", view.pk if view is not None else earlier.view_id if earlier else 0)
    after = {"role": role, "opens": view is not None}
    record("view.put_first", subject=subject, actor=actor, at=at, after=after)


def _may_share(actor: User, audience: str, team: Team | None) -> None:
    """Sharing is for leaders, and with a team they lead."""
    if audience == Audience.PRIVATE:
        return
    permit(actor, "view.share")
    if audience != Audience.TEAM:
        return
    if team is None:
        raise TeamNeeded
    if not scope_of(actor).sees_all and team.pk not in scope_of(actor).team_ids:
        raise NotYourTeam


def _change(view: SavedView, verb: str, after: Mapping[str, object], actor: User, at: datetime) -> None:
    _hold(view)
    before = {name: getattr(view, name) for name in after}
    if before == after:
        return
    for name, value in after.items():
        setattr(view, name, value)
    _write(view)
    record(verb, subject=view, actor=actor, at=at, before=before, after=after)


def _hold(view: SavedView) -> None:
    """Read the row anew and keep others from changing it meanwhile."""
    view.refresh_from_db(from_queryset=SavedView.objects.select_for_update())


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise NameTaken(name=view.name) from None


def _name(text: str) -> str:
    name = tidy_line(text)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadName
    return name


def _query(text: str) -> str:
    if len(text) > LONGEST_QUERY:
        raise QueryTooLong
    return text
