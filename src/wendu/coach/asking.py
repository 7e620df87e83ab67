"""How prepared talks were held: which questions were asked, and what became of the aims, by deal or by author."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from wendu.coach.team import Sight, recent_touches
from wendu.discovery.choices import Heard
from wendu.discovery.models import CallPlan, PlanQuestion
from wendu.method.codes import Outcome
from wendu.method.deals.asking import Aims, Depth, Wishes, aims, depth, wishes
from wendu.method.deals.progress import Call, advance_rate


@dataclass(frozen=True, slots=True)
class Held:
    """What was asked in some talks by the letter of the question, what became of their aims, and what was heard.

    `ended` has "" where nobody said; `explicit` counts the answers that were a wish in their words, `outcomes` the
    talks by how they came out.
    """

    asked: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    explicit: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Held") -> "Held":
        return Held(
            self.asked + other.asked,
            self.ended + other.ended,
            self.explicit + other.explicit,
            self.outcomes + other.outcomes,
        )

    @property
    def depth(self) -> Depth:
        """The share of questions that go deep."""
        return depth(self.asked)

    @property
    def aims(self) -> Aims:
        """What became of the aims."""
        return aims(self.ended)

    @property
    def wishes(self) -> Wishes:
        """How many explicit needs the talks brought."""
        return wishes(sum(self.explicit.values()), self.talks)

    @property
    def rate(self) -> float | None:
        """Orders and advances among the prepared talks, each of which has an objective, 0 to 100."""
        calls = [Call(_OUTCOMES[code], had_objective=True) for code in self.outcomes.elements()]
        value = advance_rate(calls).value
        return None if value is None else float(value)

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
    rows: Any = asked.order_by().values_list(f"plan__{whose}", "kind", "heard").annotate(n=Count("pk"))
    for key, kind, heard, number in rows:
        found[key].asked[kind] += number
        if heard == Heard.EXPLICIT:
            found[key].explicit[kind] += number
    for key, reached, outcome, number in (
        plans.order_by().values_list(whose, "reached", "touch__outcome").annotate(n=Count("pk"))
    ):
        found[key].ended[reached] += number
        found[key].outcomes[outcome] += number
    return dict(found)


_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
