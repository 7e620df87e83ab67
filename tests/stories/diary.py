"""One customer lived with day by day: every morning the clock ticks, the plan is made, and foolish advice is noted.

What makes a good salesperson laugh is a bug, whatever the numbers say; so each morning is looked at, also those on
which a story has nothing to tell.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.cast import MONDAY
from tests.coach.world import ROWS, stands
from wendu.agenda.due import tick
from wendu.agenda.models import Due
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.plan import daily_plan
from wendu.customers.models import Customer
from wendu.desk.plan import Line, plan_lines
from wendu.identity import snapshot
from wendu.identity.models import User
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.models import QuietPeriod, Touch

HOURS_LATER = timedelta(hours=3)
OFFICE_WORDS = "贵公司|贵单位|同行|同事|采购|公司|车间|厂|领导|委员会|评审|评委|招标|投标|部门|处长|样板站|库里"
ENDED_BY_A_TALK = {
    "cold_gap", "cold_gap_severe", "routine", "repurchase_due", "revisit_due", "quiet_over", "result_due",
    "nurture_touch", "nurture_wake", "first_touch_due", "first_touch_old",
}  # fmt: skip
"""What asks for a talk; the morning after one it must be still."""


@dataclass
class Diary:
    """A rep, one of their customers, and what the plan said about it on each morning."""

    rep: User
    customer: Customer
    said: dict[int, Line] = field(default_factory=dict)
    laughed_at: list[str] = field(default_factory=list)

    def morning(self, n: int) -> Line | None:
        """What the plan says about the customer on the n-th day, after the clock ticked."""
        ticked = tick(at(n))
        assert ticked.failed == 0, list(Due.objects.values())
        snapshot.forget()
        lines, left_out = plan_lines(daily_plan(self.rep, at=at(n)), "zh-hans")
        mine = [line for line in (*lines, *left_out) if line.step.customer_id == self.customer.pk]
        self.laughed_at += [f"day {n}: {slip}" for slip in self._slips(n, mine)]
        if not mine:
            return None
        self.said[n] = mine[0]
        return mine[0]

    def asks(self, first: int, last: int) -> dict[int, str]:
        """Which situation stood in the plan on which of these mornings; an empty answer is peace."""
        found = {n: self.morning(n) for n in range(first, last + 1)}
        return {n: line.situation for n, line in found.items() if line is not None}

    def talks(self, n: int, kind: str = "phone", **details) -> Touch:
        """Log a touch later on the n-th day."""
        draft = TouchDraft(kind=kind, touched_on=on(n), **details)
        return log_touch(customer=self.customer, actor=self.rep, at=at(n) + HOURS_LATER, draft=draft)

    def stands_as_rebuilt(self, n: int) -> bool:
        """Whether what was kept day by day is what a rebuild from all facts would write on the n-th day."""
        kept = stands(*ROWS)
        judge_many([self.customer.pk], frame=Frame.at(at(n) + HOURS_LATER), at=at(n) + HOURS_LATER)
        return kept == stands(*ROWS)

    def _slips(self, n: int, mine: list[Line]) -> list[str]:
        if not mine:
            return []
        line, words = mine[0], spoken(mine[0])
        slips = ["named twice"] if len(mine) > 1 else []
        slips += [f"a hole in the words: {words}"] if re.search(r"[{}]|None|，，|。。", words) else []
        slips += [f"{line.situation} the morning after a talk"] if self._nags(n, line) else []
        if self.customer.market == "b2c" and (alien := re.findall(OFFICE_WORDS, words)):
            slips.append(f"{line.situation} speaks to a household of {alien}: {words}")
        if line.situation != "agreed_today" and self._is_quiet(n) and not line.step.planned:
            slips.append(f"{line.situation} in a quiet period")
        return slips

    def _nags(self, n: int, line: Line) -> bool:
        talked = Touch.objects.standing().filter(customer=self.customer, is_two_way=True, touched_on=on(n - 1))
        return line.situation in ENDED_BY_A_TALK and talked.exists()

    def _is_quiet(self, n: int) -> bool:
        spells = QuietPeriod.objects.filter(customer=self.customer, starts_on__lte=on(n), ends_on__gte=on(n))
        return spells.exists()


def spoken(line: Line) -> str:
    """Everything the plan says of one step."""
    return " ".join((line.why, line.do, line.objective, line.fallback, line.guard, *line.scripts))


def on(n: int) -> date:
    """The n-th day of a story."""
    return at(n).date()


def at(n: int) -> datetime:
    """The morning of the n-th day, counted from the Monday of the tests."""
    return MONDAY + timedelta(days=n)
