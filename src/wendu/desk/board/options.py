"""What the board can be narrowed by, in words: people and teams one sees, profiles, bands of temperature."""

from uuid import UUID

from wendu.access.scope import people_in_scope, scope_of
from wendu.coach.frame import Frame
from wendu.desk.board.asked import CHOICES, HEAT, BoardAsked, bands_of
from wendu.desk.table.options import options_of
from wendu.desk.wording import lang
from wendu.identity.models import Team, User
from wendu.identity.queries import teams

PEOPLE_AT_MOST = 500

Option = tuple[str, str]


def owner_options(user: User) -> list[tuple[UUID, str]]:
    """Whose customers one can ask for; only oneself needs no asking."""
    if not scope_of(user).sees_all and not scope_of(user).team_ids:
        return []
    people = people_in_scope(user).active().order_by("full_name", "username", "pk")
    rows = people.values_list("uuid", "full_name", "username")[:PEOPLE_AT_MOST]
    return [(uuid, full_name or username) for uuid, full_name, username in rows]


def team_options(user: User) -> list[tuple[UUID, str]]:
    """The teams one sees, those below indented; a single one is nothing to choose from."""
    scope = scope_of(user)
    if not scope.sees_all and len(scope.team_ids) < len("ab"):
        return []
    seen: list[Team] = [team for team in teams(user) if scope.sees_all or team.pk in scope.team_ids]
    top = min((team.depth for team in seen), default=1)
    return [(team.uuid, "　" * (team.depth - top) + team.name) for team in seen] if len(seen) > 1 else []


def profile_options(frame: Frame) -> dict[str, list[Option]]:
    """Markets, industries, kinds of product and bands of temperature."""
    found = {code: list(options_of(code, frame).items()) for code in CHOICES}
    return {**found, HEAT: heat_options(frame)}


def heat_options(frame: Frame) -> list[Option]:
    """The bands, each with its degrees."""
    names = {band.code: band.name.of(lang()) for band in frame.playbook.temperature.bands}
    return [
        (code, f"{names[code]} {start:g}°" if start == end else f"{names[code]} {start:g}–{end:g}°")
        for code, (start, end) in bands_of(frame.scale.heat).items()
    ]


def chosen_words(asked: BoardAsked, options: dict[str, list[Option]]) -> list[tuple[str, str]]:
    """What is asked for, each with its code: the words of the chips above the board."""
    return [
        (code, dict(options[code]).get(value, value).strip()) for code, value in asked.chosen.items() if code in options
    ]
