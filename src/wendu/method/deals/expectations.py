"""What they expect of a signature: whether it is written down whole, and within what we reach (method: 3.22)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wendu.method.deals.codes import GoalPart, Reach
from wendu.method.reading import Reading, Reason, because, exact

PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing they expect; `typical` is what half of our customers reach, `best` what one in ten does."""

    id: int
    expected: float | None = None
    promised: float | None = None
    typical: float | None = None
    best: float | None = None
    lower_is_better: bool = False
    lacks: tuple[GoalPart, ...] = ()

    @property
    def reach(self) -> Reach:
        """Whether what they expect lies within what we reach."""
        if self.expected is None or self.typical is None:
            return Reach.UNKNOWN
        if not self._beyond(self.expected, self.typical):
            return Reach.OK
        if self.best is None:
            return Reach.UNKNOWN
        return Reach.UNREALISTIC if self._beyond(self.expected, self.best) else Reach.STRETCH

    @property
    def over_promised(self) -> bool | None:
        """Whether more is promised than we ever reached; None while nobody knows the best."""
        if self.promised is None:
            return False
        return None if self.best is None else self._beyond(self.promised, self.best)

    @property
    def promise_ratio(self) -> float | None:
        """What is promised against the usual result; unknown where that is nothing."""
        if self.promised is None or not self.typical:
            return None
        return self.promised / self.typical

    @property
    def is_wrong(self) -> bool:
        """Whether a part lacks, or it goes too far."""
        return bool(self.lacks) or self.reach is Reach.UNREALISTIC or self.over_promised is True

    @property
    def is_unsure(self) -> bool:
        """Whether nobody knows how far it goes."""
        return self.reach is Reach.UNKNOWN or self.over_promised is None

    def _beyond(self, value: float, limit: float) -> bool:
        further = exact(value - limit)
        return further < 0 if self.lower_is_better else further > 0


def expectations(goals: Sequence[Goal]) -> Reading:
    """Whether the table is whole and within reach: `met`, `missing` with the rows to mend, or `unknown`."""
    if not goals:
        return Reading(None, "unknown", missing=("expectations",))
    wrong = [goal for goal in goals if goal.is_wrong]
    unsure = [goal for goal in goals if goal.is_unsure and not goal.is_wrong]
    return Reading(
        value=PERCENT * (len(goals) - len(wrong) - len(unsure)) / len(goals),
        band="missing" if wrong else "unknown" if unsure else "met",
        reasons=tuple(reason for goal in (*wrong, *unsure) for reason in _reasons(goal)),
    )


def _reasons(goal: Goal) -> Iterable[Reason]:
    if goal.lacks:
        yield because("expectation_not_whole", expectation=goal.id)
    if goal.reach is Reach.UNREALISTIC:
        yield because("expectation_unrealistic", expectation=goal.id)
    if goal.over_promised:
        yield because("over_promised", expectation=goal.id)
    if goal.is_unsure:
        yield because("reach_unknown", expectation=goal.id)
