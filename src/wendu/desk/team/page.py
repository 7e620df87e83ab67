"""The manager's board as one page."""

from dataclasses import dataclass
from datetime import datetime

from wendu.coach.frame import Frame
from wendu.coach.team import DAYS
from wendu.desk.team.asked import Scope
from wendu.desk.team.asking import Askers, askers
from wendu.desk.team.figures import figures_of, kept
from wendu.desk.team.forecast import Expected, expected_of
from wendu.desk.team.inbox import Items, overrides, requalifications, told, unproven, waiting_quotes
from wendu.desk.team.people import People, Row, everybody_row, people_rows, team_rows
from wendu.desk.team.time import TimeShares, time_shares

PEOPLE_AT_MOST = 12
FEW_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Boxes:
    """Classes that stand by hand, and windows started afresh: the first of each."""

    overrides: Items
    requalified: Items
    unproven: Items
    quotes: Items

    @property
    def inbox(self) -> int:
        """How much lies in both."""
        return self.overrides.total + self.requalified.total + self.unproven.total + self.quotes.total

    @property
    def told(self) -> str:
        """The same in words, as far as it is counted."""
        return told(self.inbox)


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Everything on the board of one scope."""

    scope: Scope
    frame: Frame
    counted_at: datetime
    everybody: Row
    teams: list[Row]
    people: People
    time: TimeShares
    asking: Askers
    expected: Expected
    boxes: Boxes

    @property
    def touched_query(self) -> str:
        """The customers somebody was in touch with in the last 30 days."""
        return self.scope.list_query(f"latest.last:{DAYS}")

    @property
    def is_cut(self) -> bool:
        """Whether there are more people than are shown."""
        return self.people.total > len(self.people.rows)

    @property
    def first(self) -> Row | None:
        """Whom to talk with first; nobody, if nothing was lost."""
        return next((row for row in self.people.rows if sum(row.weight)), None)


def team_page(scope: Scope, at: datetime, *, shows_all: bool = False) -> TeamPage:
    """Put the board together from figures (a fixed number of queries)."""
    frame = Frame.at(at)
    limit = None if shows_all else PEOPLE_AT_MOST
    figures = figures_of(scope, frame, at)
    return TeamPage(
        scope=scope,
        frame=frame,
        counted_at=figures.at,
        everybody=everybody_row(scope, figures),
        teams=team_rows(scope, figures),
        people=people_rows(scope, figures, limit=limit),
        time=time_shares(figures, frame, limit=limit),
        asking=askers(figures, limit=limit),
        expected=expected_of(scope, figures, frame),
        boxes=boxes_of(scope, frame),
    )


def boxes_of(scope: Scope, frame: Frame) -> Boxes:
    """What lies in the two inboxes (five queries), or lay there within the last minute."""
    return kept("boxes", scope, frame, lambda: _boxes(scope, frame))


def _boxes(scope: Scope, frame: Frame) -> Boxes:
    return Boxes(
        overrides(scope, frame, limit=FEW_ITEMS),
        requalifications(scope, frame, limit=FEW_ITEMS),
        unproven(scope, frame, limit=FEW_ITEMS),
        waiting_quotes(scope, frame, limit=FEW_ITEMS),
    )
