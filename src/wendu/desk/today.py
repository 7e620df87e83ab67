"""Today: the plan of the day with everything around it, prepared in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.coach.frame import Frame
from wendu.coach.plan import Day, daily_plan
from wendu.desk.around import Around, read_around
from wendu.desk.days import weekday
from wendu.desk.plan import codes_of, lines_of
from wendu.desk.team_panel import Person, team_panel
from wendu.desk.today_aside import ToSettle, Waiting, WeekShare, to_settle, waiting, week_share
from wendu.desk.today_rows import FollowRow, SpareRow, follow_rows, spare_rows
from wendu.desk.wording import lang
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.method.scales import PlanWeights

WATCHERS = frozenset({Role.MANAGER, Role.EXECUTIVE, Role.ADMIN})
FILTERS: dict[str, frozenset[str]] = {
    "strike": frozenset({"strike"}),
    "missed": frozenset({"missed_heat"}),
    "gap": frozenset({"cold_gap", "cold_gap_severe"}),
    "overdue": frozenset({"window_overdue", "requalify"}),
}
NAMED_IN_A_HINT = 3


@dataclass(frozen=True, slots=True)
class AlertCount:
    """One of the four counts above the list."""

    key: str
    label: str
    icon: str
    count: int
    hint: str
    url: str
    current: bool
    hot: bool


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything Today shows."""

    frame: Frame
    on: date
    lead: str
    rows: list[FollowRow]
    alerts: list[AlertCount]
    only: str
    planned: int
    capacity: int
    done: int
    left_out: list[SpareRow]
    settle: list[ToSettle]
    settle_count: int
    share: WeekShare | None
    waiting: list[Waiting]
    team: list[Person]
    shows_team: bool
    weights: str
    provisional: bool

    @property
    def watches_only(self) -> bool:
        """Whether this person looks after people rather than customers: then the team comes first."""
        return self.shows_team and not (self.rows or self.waiting or self.left_out or self.only or self.done)


def today_page(user: User, at: datetime, *, only: str = "") -> TodayPage:
    """The page of one person; `only` keeps the rows of one alert."""
    day = daily_plan(user, at=at)
    only = only if only in FILTERS else ""
    around, watches = read_around(day), user.role in WATCHERS
    named = [step for step in (*day.steps, *day.left_out) if codes_of(step) & FILTERS[only]] if only else day.steps
    rows = follow_rows(day, lines_of(named, day, around, lang()), user)
    return TodayPage(
        frame=day.frame,
        on=day.frame.today,
        lead=_lead(day.frame.today, [around.customers[step.customer_id].name for step in day.steps[:2]]),
        rows=rows,
        alerts=_alerts(day, around, only),
        only=only,
        planned=len(day.steps),
        capacity=day.capacity,
        done=len(day.done),
        left_out=[] if only else spare_rows(day, around),
        settle=to_settle(day),
        settle_count=len(day.owed) + len(day.agreed),
        share=week_share(user, day),
        waiting=waiting(user, day),
        team=team_panel(user, day.frame) if watches else [],
        shows_team=watches,
        weights=_weights(day.frame.scale.plan.weights),
        provisional=day.provisional,
    )


def _lead(today: date, first: Sequence[str]) -> str:
    """The day, and whom to see first."""
    words = _("%(month)s/%(day)s %(weekday)s.") % {"month": today.month, "day": today.day, "weekday": weekday(today)}
    if not first:
        return words
    if len(first) == 1:
        return words + _(" One for today: %(first)s.") % {"first": first[0]}
    return words + _(" First %(first)s, then %(second)s, the rest in this order.") % {
        "first": first[0],
        "second": first[1],
    }


def _alerts(day: Day, around: Around, only: str) -> list[AlertCount]:
    labels = {
        "strike": (pgettext("alert", "Strike now"), "campfire", True),
        "missed": (pgettext("alert", "Losing heat"), "trending-down", True),
        "gap": (pgettext("alert", "Cold gap"), "snowflake", False),
        "overdue": (pgettext("alert", "Window over"), "clock", False),
    }
    steps = [(codes_of(step), around.customers[step.customer_id].name) for step in (*day.steps, *day.left_out)]
    found = {key: [name for has, name in steps if has & codes] for key, codes in FILTERS.items()}
    return [
        AlertCount(
            key=key,
            label=label,
            icon=icon,
            count=len(found[key]),
            hint=_hint(found[key]),
            url="?" if key == only else f"?only={key}",
            current=key == only,
            hot=hot,
        )
        for key, (label, icon, hot) in labels.items()
    ]


def _hint(names: Sequence[str]) -> str:
    return pgettext("between names", ", ").join(names[:NAMED_IN_A_HINT]) if names else _("none")


def _weights(weights: PlanWeights) -> str:
    parts = {
        _("heat"): weights.heat,
        _("amount"): weights.value,
        _("deadline"): weights.pressure,
        _("class"): weights.quadrant,
    }
    return " · ".join(f"{name} {round(weight)}" for name, weight in parts.items())


def planned_words(page: TodayPage) -> str:
    """How full the day is."""
    return _("%(planned)s planned, %(done)s done, room for %(capacity)s") % {
        "planned": page.planned,
        "done": page.done,
        "capacity": page.capacity,
    }
