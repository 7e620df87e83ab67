"""The cast of most tests: Alice owns, Bob is her teammate, Charlie is an outsider, Mona manages Alice's team.

north ── east (Mona manages; Alice, Bob, Sam the service man)
      └─ east / branch
south ── (Charlie; Nora manages)
Ada runs the system; Mia does marketing, Eve is the executive: all three outside the tree.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.kept import made_once
from wendu.coach import ranking
from wendu.desk import today_rows
from wendu.identity import snapshot
from wendu.identity.choices import Role
from wendu.identity.models import Organisation, Team, User

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSWORD = "wen-du-2026"


@dataclass
class Cast:
    """Everyone, and the teams they are in."""

    north: Team
    east: Team
    branch: Team
    south: Team
    alice: User
    bob: User
    charlie: User
    mona: User
    nora: User
    sam: User
    mia: User
    eve: User
    ada: User

    @property
    def everyone(self) -> list[User]:
        return [value for value in vars(self).values() if isinstance(value, User)]

    @property
    def known_by(self) -> tuple[object, ...]:
        """What rows of theirs point to: part of the key of whatever is made once (see tests/kept.py)."""
        return tuple((each.pk, each.uuid, each.team_id) for each in self.everyone)


@pytest.fixture
def cast(db) -> Cast:
    return made_once("cast", call_the_cast)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """What one test remembered is not true in the next; within one, a slow machine forgets nothing."""
    monkeypatch.setattr(snapshot, "SECONDS", 600.0)
    snapshot.forget()
    today_rows._judged.clear()
    ranking._ranked.clear()
    yield
    snapshot.forget()


def call_the_cast() -> Cast:
    """Put everyone into the database; usable in any test that has one."""
    organisation()
    north = team("北区")
    east = team("华东一部", north)
    branch = team("苏州组", east)
    south = team("华南部")
    return Cast(
        north=north,
        east=east,
        branch=branch,
        south=south,
        alice=person("alice", "林小雅", Role.REP, east),
        bob=person("bob", "包伯", Role.REP, east),
        charlie=person("charlie", "查理", Role.REP, south),
        mona=person("mona", "莫娜", Role.MANAGER, east),
        nora=person("nora", "诺拉", Role.MANAGER, south),
        sam=person("sam", "桑服", Role.SERVICE, east),
        mia=person("mia", "米雅", Role.MARKETING, None),
        eve=person("eve", "伊芙", Role.EXECUTIVE, None),
        ada=person("ada", "艾达", Role.ADMIN, None),
    )


def organisation(**settings: object) -> Organisation:
    """Make sure there is an organisation; its settings are the defaults (Shanghai, CNY) unless told."""
    found = Organisation.objects.first()
    if found is None:
        found = Organisation.objects.create(**{"name": "温度商贸", **settings})
        snapshot.forget()
    return found


def team(name: str, parent: Team | None = None) -> Team:
    """Add a team to the tree."""
    new = Team.objects.create(name=name, parent=parent)
    new.path = f"{parent.path if parent else '/'}{new.pk}/"
    new.save(update_fields=["path"])
    snapshot.forget()
    return new


def person(username: str, full_name: str = "", role: str = Role.REP, in_team: Team | None = None) -> User:
    """Add a user who can log in with `PASSWORD`."""
    return User.objects.create_user(
        username, PASSWORD, full_name=full_name, email=f"{username}@example.com", role=role, team=in_team
    )
