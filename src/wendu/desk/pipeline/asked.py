"""What the address narrows the deals to: whose they are, of which team, of which class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from wendu.coach.frame import Frame
from wendu.coach.ways import NOBODY
from wendu.desk.table.language import Condition
from wendu.desk.table.names import names_for, uuid_of
from wendu.desk.table.options import CLASSES, ME, NONE
from wendu.identity.models import User

OWNER, TEAM, CLASS = "owner", "team", "class"
CODES = (OWNER, TEAM, CLASS)


@dataclass(frozen=True, slots=True)
class DealsAsked:
    """Owner, team and class, as far as they are asked for."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.chosen)

    @property
    def filtered(self) -> int:
        """How many of the filters behind the button are set; whose deals these are stands beside it."""
        return len([code for code in self.chosen if code != OWNER])

    def query(self, **changes: str) -> str:
        """The same, perhaps with something else asked for, as the query of an address."""
        return urlencode([(code, value) for code, value in {**self.chosen, **changes}.items() if value])

    def test(self, user: User, frame: Frame) -> Q:
        """What a standing of a deal must meet; who one does not see has no deals here (two queries at most)."""
        letter = self.chosen.get(CLASS, "")
        found = Q(quadrant="" if letter == NONE else letter) if letter else Q()
        return found & self._whose(user, frame, "team_id__in")

    def test_of_ended(self, user: User, frame: Frame) -> Q:
        """What a deal itself must meet, open or not; its class was another every day and is not asked."""
        return self._whose(user, frame, "owner__team_id__in")

    def _whose(self, user: User, frame: Frame, of_team: str) -> Q:
        owner, team, found = self.chosen.get(OWNER, ""), self.chosen.get(TEAM, ""), Q()
        named = [Condition(code, "in", (value,)) for code, value in ((OWNER, owner), (TEAM, team)) if uuid_of(value)]
        names = names_for(user, frame, named)
        if owner == ME:
            found &= Q(owner_id=user.pk)
        elif owner:
            found &= Q(owner_id=names.people[owner][0]) if owner in names.people else NOBODY
        if team:
            found &= Q(**{of_team: names.teams[team][0]}) if team in names.teams else NOBODY
        return found


def deals_asked(query: Mapping[str, Any], *, with_class: bool = True) -> DealsAsked:
    """Read the query of an address; what nobody offers asks for nothing."""
    chosen = {code: str(query.get(code, "")) for code in CODES if with_class or code != CLASS}
    return DealsAsked({code: value for code, value in chosen.items() if _is_offered(code, value)})


def _is_offered(code: str, value: str) -> bool:
    if code == CLASS:
        return value in CLASSES
    return (code == OWNER and value == ME) or uuid_of(value) is not None
