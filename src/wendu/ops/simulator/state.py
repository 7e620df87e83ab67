"""Where a simulated life has got to."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wendu.ops.simulator.facts import DealLife, Life
from wendu.ops.simulator.truth import Truth

FRIDAY = 4


@dataclass(slots=True)
class Course:
    """Where a simulated life has got to."""

    rng: Random
    life: Life
    truth: Truth
    today: date
    stopped: frozenset[date]
    limit: int
    phase: str = "demand"
    advances: int = 0
    is_over: bool = False
    tails: list[int] = field(default_factory=list)

    @property
    def deal(self) -> DealLife | None:
        """The open deal, if there is one."""
        return next((deal for deal in self.life.deals if deal.is_open), None)

    def working_day(self, day: date) -> date:
        """The first day from here on on which people work."""
        while day.weekday() > FRIDAY or day in self.stopped:
            day += timedelta(days=1)
        return day
