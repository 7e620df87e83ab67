"""What a manager sees beside the own list: whose heat is being lost, by person, each with the way to the customers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from wendu.access.scope import people_in_scope
from wendu.coach.models import DealStanding, Standing
from wendu.identity.models import User

PEOPLE_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Person:
    """One colleague's counts."""

    uuid: UUID
    name: str
    strike: int
    missed: int
    severe: int
    overdue: int

    @property
    def total(self) -> int:
        """How much there is to talk about."""
        return self.missed + self.severe + self.overdue


def team_panel(user: User, today: date) -> list[Person]:
    """Colleagues in scope with something to talk about, the most first (three queries)."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    deals = DealStanding.objects.visible_to(user).values("owner_id")
    _add(
        counts,
        deals.annotate(
            missed=Count("pk", filter=Q(missed_on__lte=today)), strike=Count("pk", filter=Q(strike_since__lte=today))
        ).order_by("owner_id"),
    )
    pursued = Standing.objects.visible_to(user).filter(in_pursuit=True, is_hidden=False).values("owner_id")
    _add(
        counts,
        pursued.annotate(
            severe=Count("pk", filter=Q(severe_on__lte=today)), overdue=Count("pk", filter=Q(deadline_on__lt=today))
        ).order_by("owner_id"),
    )
    people = people_in_scope(user).filter(pk__in=[pk for pk, found in counts.items() if any(found.values())])
    rows = [_person(each, counts[each.pk]) for each in people]
    return sorted(rows, key=lambda row: (-row.missed, -row.total, row.name, row.uuid))[:PEOPLE_AT_MOST]


def _add(counts: dict[int, dict[str, int]], rows: Iterable[Any]) -> None:
    for row in rows:
        for name, number in row.items():
            if name != "owner_id" and row["owner_id"]:
                counts[row["owner_id"]][name] += number


def _person(user: User, found: dict[str, int]) -> Person:
    return Person(
        uuid=user.uuid,
        name=user.display_name,
        strike=found["strike"],
        missed=found["missed"],
        severe=found["severe"],
        overdue=found["overdue"],
    )
