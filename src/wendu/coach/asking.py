"""How prepared talks were held: which questions were asked, and what became of the aims, by deal or by author."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from wendu.coach.team import Sight, recent_touches
from wendu.discovery.models import CallPlan, PlanQuestion
from wendu.method.deals.asking import Aims, Depth, aims, depth


@dataclass(frozen=True, slots=True)
class Held:
    """What was asked in some talks by the letter of the question, and how their aims ended; "" where nobody said."""

    asked: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Held") -> "Held":
        return Held(self.asked + other.asked, self.ended + other.ended)

    @property
    def depth(self) -> Depth:
        """The share of questions that go deep."""
        return depth(self.asked)

    @property
    def aims(self) -> Aims:
        """What became of the aims."""
        return aims(self.ended)

    @property
    def talks(self) -> int:
        """How many prepared talks were held."""
        return sum(self.ended.values())


def held_about(deal_ids: Collection[int]) -> dict[int, Held]:
    """The prepared talks held about some deals (two queries, none for none)."""
    if not deal_ids:
        return {}
    return _by("opportunity_id", CallPlan.objects.held().filter(opportunity__in=deal_ids))


def held_by(sight: Sight, people: Iterable[int], today: date) -> dict[int, Held]:
    """The prepared talks of the last 30 days with customers in sight, by who logged them (two queries)."""
    return _by("touch__author_id", CallPlan.objects.held().filter(touch__in=recent_touches(sight, people, today)))


def together(rows: Mapping[int, Held], keys: Iterable[int]) -> Held:
    """The talks of several together."""
    return sum((rows[key] for key in keys if key in rows), Held())


def _by(whose: str, plans: QuerySet[CallPlan]) -> dict[int, Held]:
    found: dict[int, Held] = defaultdict(Held)
    asked = PlanQuestion.objects.filter(plan__in=plans, was_asked=True, is_look_up=False)
    rows: Any = asked.order_by().values_list(f"plan__{whose}", "kind").annotate(n=Count("pk"))
    for key, kind, number in rows:
        found[key].asked[kind] += number
    for key, reached, number in plans.order_by().values_list(whose, "reached").annotate(n=Count("pk")):
        found[key].ended[reached] += number
    return dict(found)
