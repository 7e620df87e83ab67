"""The team tree: create, rename, move a whole branch, close a team nobody works in, open it again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from wendu.identity.models import Team, User
from wendu.identity.snapshot import forget_with_commit
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.ports import permit, record

declare("team.created", "team.renamed", "team.moved", "team.closed", "team.reopened")

DEEPEST = 20


class TeamNameTaken(ActionError):
    """Two teams side by side cannot share a name."""

    code = "team_name_taken"
    message = _("There is already a team named “%(name)s” here. Choose another name.")
    field = "name"


class TeamNeedsName(ActionError):
    """A team without a name cannot be found again."""

    code = "team_needs_name"
    message = _("Give the team a name of 1 to 100 characters.")
    field = "name"


class TeamInsideItself(ActionError):
    """A team cannot hang below itself."""

    code = "team_inside_itself"
    message = _("A team cannot be moved into itself or below itself. Choose another parent.")
    field = "parent"


class TreeTooDeep(ActionError):
    """The tree ends somewhere."""

    code = "tree_too_deep"
    message = _("Teams can be nested %(deepest)s levels deep at most. Choose a higher parent.")
    field = "parent"


class TeamInUse(ActionError):
    """Only a team nobody works in may close."""

    code = "team_in_use"
    message = _("“%(name)s” still has members or sub-teams. Move them to another team first.")


class TeamClosed(ActionError):
    """Nobody joins a closed team, and nothing is hung below it."""

    code = "team_closed"
    message = _("The team “%(name)s” is closed. Open it again or choose another one.")
    field = "team"


@transaction.atomic
def create_team(*, name: str, actor: User | None, at: datetime, parent: Team | None = None) -> Team:
    """Add a team at the top or below another one."""
    permit(actor, "team.create")
    tree = _locked_tree()
    above = tree[parent.pk].path if parent is not None else "/"
    _open(tree[parent.pk] if parent is not None else None)
    if above.count("/") > DEEPEST:
        raise TreeTooDeep(deepest=DEEPEST)
    team = Team(name=_name(name), parent=parent)
    _store(team)
    team.path = f"{above}{team.pk}/"
    team.save(update_fields=["path"])
    forget_with_commit()
    record("team.created", subject=team, actor=actor, at=at, after={"name": team.name, "parent": team.parent_id})
    return team


@transaction.atomic
def rename_team(*, team: Team, name: str, actor: User | None, at: datetime, seen: int | None = None) -> Team:
    """Give a team another name; `seen` is the revision the editor looked at."""
    permit(actor, "team.rename", team)
    before, after = team.name, _name(name)
    if before == after:
        return team
    advance(team, seen=seen)
    team.name = after
    _store(team, "name")
    record("team.renamed", subject=team, actor=actor, at=at, before={"name": before}, after={"name": after})
    return team


@transaction.atomic
def move_team(*, team: Team, parent: Team | None, actor: User | None, at: datetime, seen: int | None = None) -> Team:
    """Hang a team, with all below it, under another parent (None: at the top); every path below is rewritten."""
    permit(actor, "team.move", team)
    tree = _locked_tree()
    old, above = tree[team.pk].path, tree[parent.pk].path if parent is not None else "/"
    before, after = tree[team.pk].parent_id, parent.pk if parent is not None else None
    _open(tree[parent.pk] if parent is not None else None)
    if above.startswith(old):
        raise TeamInsideItself
    height = max(each.path.count("/") for each in tree.values() if each.path.startswith(old)) - old.count("/")
    if above.count("/") + height > DEEPEST:
        raise TreeTooDeep(deepest=DEEPEST)
    if before == after:
        return team
    advance(team, seen=seen)
    new = f"{above}{team.pk}/"
    team.parent, team.path = parent, new
    _store(team, "parent")
    rest = Substr(F("path"), len(old) + 1)
    Team.objects.filter(path__startswith=old).update(path=Concat(Value(new), rest))
    forget_with_commit()
    record("team.moved", subject=team, actor=actor, at=at, before={"parent": before}, after={"parent": after})
    return team


@transaction.atomic
def close_team(*, team: Team, actor: User | None, at: datetime) -> Team:
    """Close a team in which nobody works any more; its customers and its history stay, its name becomes free."""
    permit(actor, "team.close", team)
    tree = _locked_tree()
    below = [each for each in tree.values() if each.parent_id == team.pk and each.closed_at is None]
    if below or User.objects.active().filter(team=team).exists():
        raise TeamInUse(name=team.name)
    if team.closed_at is None:
        advance(team)
        team.closed_at = at
        team.save(update_fields=["closed_at"])
        forget_with_commit()
        record("team.closed", subject=team, actor=actor, at=at, before={"name": team.name, "parent": team.parent_id})
    return team


@transaction.atomic
def reopen_team(*, team: Team, actor: User | None, at: datetime) -> Team:
    """Open a closed team again, where it was."""
    permit(actor, "team.reopen", team)
    if team.closed_at is not None:
        _open(_locked_tree().get(team.parent_id or 0))
        advance(team)
        team.closed_at = None
        _store(team, "closed_at")
        forget_with_commit()
        record("team.reopened", subject=team, actor=actor, at=at, after={"name": team.name, "parent": team.parent_id})
    return team


def _open(team: Team | None) -> None:
    if team is not None and team.closed_at is not None:
        raise TeamClosed(name=team.name)


def _locked_tree() -> dict[int, Team]:
    """Lock the (small) tree: two moves at once could otherwise close a circle."""
    return {team.pk: team for team in Team.objects.select_for_update().order_by("pk")}


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 <= len(name) <= 100:  # noqa: PLR2004  as in the table
        raise TeamNeedsName
    return name


def _store(team: Team, *fields: str) -> None:
    try:
        with transaction.atomic():
            team.save(update_fields=fields or None)
    except IntegrityError:
        raise TeamNameTaken(name=team.name) from None
