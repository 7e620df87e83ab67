"""How prepared talks of the last 30 days were held: together and by person (method: 3.9, 3.15)."""

from dataclasses import dataclass
from uuid import UUID

from wendu.coach.asking import Held, together
from wendu.desk.team.figures import Figures


@dataclass(frozen=True, slots=True)
class Asker:
    """One person, or everybody, and how the talks went."""

    name: str
    uuid: UUID | None
    held: Held


@dataclass(frozen=True, slots=True)
class Askers:
    """Everybody together and each person, who held most talks first."""

    total: Held
    people: tuple[Asker, ...]


def askers(figures: Figures, *, limit: int | None) -> Askers:
    """Who held prepared talks; whoever held none is not listed."""
    people = figures.people
    most = sorted(figures.held, key=lambda pk: (-figures.held[pk].talks, people[pk].display_name, pk))
    rows = tuple(Asker(people[pk].display_name, people[pk].uuid, figures.held[pk]) for pk in most[:limit])
    return Askers(together(figures.held, most), rows)
