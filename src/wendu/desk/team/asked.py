"""Whose work the board is about: everybody in sight, or one team with all below it; and the way to the customers."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from wendu.access.scope import scope_of
from wendu.coach.team import Sight
from wendu.desk.table.asked import READABLE
from wendu.identity.models import Team, User


@dataclass(frozen=True, slots=True)
class Scope:
    """The teams somebody sees, the one looked at, and all at or below it; without one, everybody in sight."""

    user: User
    teams: tuple[Team, ...]
    team: Team | None = None

    @property
    def below(self) -> tuple[Team, ...]:
        """The teams looked at, each below its parent."""
        return under(self.teams, self.team) if self.team else self.teams

    @property
    def sight(self) -> Sight:
        """The customers looked at."""
        return Sight(self.user, tuple(team.pk for team in self.below) if self.team else None)

    def list_query(self, *conditions: str, **quick: str) -> str:
        """The address of the table of customers that lists what was counted, as its query."""
        team = [f"team.in:{self.team.uuid}"] if self.team else []
        composed = ";".join((*team, *conditions))
        return urlencode([*quick.items(), *([("f", composed)] if composed else [])], safe=READABLE)


def scope_from(user: User, team: str) -> Scope | None:
    """Read which team is asked for; none at all, if this person does not see it (one query)."""
    sight = scope_of(user)
    tree = tuple(each for each in Team.objects.order_by("path", "pk") if sight.sees_all or each.pk in sight.team_ids)
    if not team:
        return Scope(user, tree)
    found = next((each for each in tree if _is(each, team)), None)
    return Scope(user, tree, found) if found else None


def under(teams: tuple[Team, ...], team: Team) -> tuple[Team, ...]:
    """A team and all below it."""
    return tuple(each for each in teams if each.path.startswith(team.path))


def _is(team: Team, text: str) -> bool:
    try:
        return team.uuid == UUID(text)
    except ValueError:
        return False
