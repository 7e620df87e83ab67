"""What a manager sees beside the own list: whose heat is being lost, by person, each with the way to the customers."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from wendu.coach.frame import Frame
from wendu.desk.team.asked import Scope
from wendu.desk.team.figures import waiting_at
from wendu.identity.models import User

PEOPLE_AT_MOST = 50
ALERTS = ("strike", "missed_heat", "cold_gap", "window_overdue")


@dataclass(frozen=True, slots=True)
class Person:
    """One colleague's counts, as the table of customers would list them."""

    uuid: UUID
    name: str
    strike: int
    missed: int
    cold_gap: int
    overdue: int

    @property
    def total(self) -> int:
        """How much there is to talk about."""
        return self.missed + self.cold_gap + self.overdue


def team_panel(user: User, frame: Frame) -> list[Person]:
    """Colleagues in scope with something to talk about, the most first (counted as on the team's board)."""
    people, waiting = waiting_at(Scope(user, ()), frame)
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * len(ALERTS))
    for row in waiting:
        if row.owner_id in people:
            held = counts[row.owner_id or 0]
            counts[row.owner_id or 0] = [number + getattr(row, code) for number, code in zip(held, ALERTS, strict=True)]
    rows = [Person(people[pk].uuid, people[pk].display_name, *found) for pk, found in counts.items() if any(found)]
    return sorted(rows, key=lambda row: (-row.missed, -row.total, row.name, row.uuid))[:PEOPLE_AT_MOST]
