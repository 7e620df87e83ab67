"""A table of colleagues and their teams: who heads a team is made its manager."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from wendu.exchange.errors import PersonNotFound
from wendu.exchange.loaders.fields import Words, column_reader, gather
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, SKIP, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from
from wendu.identity.actions import create_team, create_user, edit_user, set_role, set_team
from wendu.identity.choices import Role
from wendu.identity.models import Team, User
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line
from wendu.search.spoken import syllables

PLAIN = ("username", "full_name", "email", "phone")
TEAMS = ("team", "team_parent", "team_manager")
MOST_STEPS = 200


class UsersLoader:
    """Rows that are colleagues; a new login waits until a password is set for it."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words = run, User(), Words()
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in PLAIN}
        self._readers["role"] = lambda text: words.read(text, "role")
        self._readers["daily_capacity"] = lambda text: number_from(text, 1, MOST_STEPS)

    def prepare(self, row: Row) -> tuple[dict[str, Any], list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        draft = gather(row.values, self._readers, refusals)
        if not (draft.get("full_name") or draft.get("username")) and not refusals:
            refusals.append(PersonNotFound(value="").at("full_name"))
        if draft.get("email"):
            draft["email"] = draft["email"].lower()
        draft |= {name: tidy_line(row.values[name]) for name in TEAMS if row.values.get(name)}
        return draft, refusals

    def write(self, _rows: Sequence[Row], drafts: Sequence[dict[str, Any]]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: users are few, and each is asked about and journaled."""
        verdicts = []
        for draft in drafts:
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(draft)
            except ActionError as refusal:
                refusal.field = refusal.field or "full_name"
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, draft: dict[str, Any]) -> str:
        given = {name: draft[name] for name in (*PLAIN, "role", "daily_capacity") if name in draft}
        user = self.run.people.find(draft.get("username") or draft["full_name"])
        if user is None and "username" not in draft:
            given["username"] = self._login(draft["full_name"])
        if user is not None and self.run.on_match == SKIP:
            return UNCHANGED
        team, is_changed = self._team(draft)
        if user is None:
            user = create_user(actor=self.run.actor, at=self.run.at, team=team, **given)
            self.run.people.add(user)
            return CREATED
        return UPDATED if self._edit(user, given, team) or is_changed else UNCHANGED

    def _edit(self, user: User, given: dict[str, Any], team: Team | None) -> bool:
        who = {"actor": self.run.actor, "at": self.run.at}
        changes = {
            name: value
            for name, value in given.items()
            if name not in ("username", "role") and getattr(user, name) != value
        }
        if self.run.only_fills:
            changes = {name: value for name, value in changes.items() if getattr(user, name) in BLANK}
            team = team if user.team_id is None else None
            given.pop("role", None)
        role = given.get("role", user.role)
        wants_role = role != user.role and not self._heads_a_team(user, role)
        wants_team = team is not None and team.pk != user.team_id
        if changes:
            edit_user(user=user, **who, **changes)
        if wants_role:
            set_role(user=user, role=role, **who)
        if wants_team:
            set_team(user=user, team=team, **who)
        return bool(changes) or wants_role or wants_team

    def _heads_a_team(self, user: User, role: str) -> bool:
        """A default role in the map does not take a manager's role away."""
        return role == Role.REP and "role" in self.run.shape.map.defaults and user.role == Role.MANAGER

    def _team(self, draft: dict[str, Any]) -> tuple[Team | None, bool]:
        """Find or open the team of a row, under its parent; its head is its manager."""
        name = draft.get("team") or draft.get("team_manager")
        if not name:
            return None, False
        parent = self._one_team(draft["team_parent"], None) if draft.get("team_parent") else None
        team = self._one_team(name, parent)
        return team, self._head(draft["team_manager"], team) if draft.get("team_manager") else False

    def _one_team(self, name: str, parent: Team | None) -> Team:
        rows = Team.objects.open().filter(name=name)
        found = rows.filter(parent=parent).first() or (rows.first() if parent is None and rows.count() == 1 else None)
        return found or create_team(name=name, parent=parent, actor=self.run.actor, at=self.run.at)

    def _head(self, name: str, team: Team) -> bool:
        who = {"actor": self.run.actor, "at": self.run.at}
        head = self.run.people.find(name)
        if head is None:
            head = create_user(username=self._login(name), full_name=name, role=Role.MANAGER, team=team, **who)
            self.run.people.add(head)
            return True
        is_other_team = head.team_id != team.pk
        if is_other_team:
            set_team(user=head, team=team, **who)
        if head.role == Role.REP:
            set_role(user=head, role=Role.MANAGER, **who)
            return True
        return is_other_team

    def _login(self, full_name: str) -> str:
        """Make a login of a name: `moses.frase`, `linxiaoya`; a second one of the same name gets a number."""
        plain = unicodedata.normalize("NFKD", full_name.casefold())
        spoken = "".join("".join(syllables(sign)) or sign for sign in plain if not unicodedata.combining(sign))
        login = ".".join(re.findall(r"[a-z0-9]+", spoken)) or "user"
        number, free = 1, login
        while self.run.people.taken(free):
            number += 1
            free = f"{login}{number}"
        return free
