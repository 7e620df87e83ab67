"""What won deals had that lost ones had not, and the other way round; of too few nothing is said (method: M64, M90)."""

from dataclasses import dataclass
from datetime import datetime

from wendu.coach.frame import Frame
from wendu.coach.pipeline import sees_few
from wendu.coach.winners import LATEST, Deed, deeds
from wendu.desk.pipeline.asked import OWNER, DealsAsked
from wendu.desk.pipeline.record import KEPT_SECONDS, since_of
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.deals.record import Compared, compared, differ, win_rate

BEHAVIOURS = ("people", "needs", "coverage", "talks", "advances", "rate", "first_talk", "first_advance")


@dataclass(frozen=True, slots=True)
class Share:
    """Deals with something in common: how many ended, how many of them were won, and their rate if there are enough."""

    deals: int
    won: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Winners:
    """Everything the page shows."""

    frame: Frame
    asked: DealsAsked
    period: str
    at_least: int
    won: int
    lost: int
    rows: tuple[tuple[str, Compared], ...]
    with_money: Share
    without_money: Share
    money_verdict: str
    untold: int
    is_cut: bool
    counted_at: datetime | None


def winners_page(user: User, at: datetime, asked: DealsAsked, period: str) -> Winners:
    """Compare the latest won and lost deals one sees; of many it is kept for some minutes."""
    frame = Frame.at(at)
    test, since = asked.test_of_ended(user, frame), since_of(period, frame.today)

    def read() -> tuple[datetime, list[Deed]]:
        return at, deeds(user, test, since=since, key_weight=frame.scale.deal.key_weight)

    is_kept = not (sees_few(user) or OWNER in asked.chosen)
    name = f"winners {user.pk} {user.role} {user.team_id} {frame.today} {period} {asked.query()}"
    counted_at, rows = remembered(name, read, seconds=KEPT_SECONDS) if is_kept else read()
    least = frame.scale.forecast.own_rate_from
    won, lost = [row for row in rows if row.won], [row for row in rows if not row.won]
    with_money = _share([row for row in rows if row.has_money], least)
    without = _share([row for row in rows if row.has_money is False], least)
    return Winners(
        frame=frame,
        asked=asked,
        period=period,
        at_least=least,
        won=len(won),
        lost=len(lost),
        rows=tuple((code, compared(_values(won, code), _values(lost, code), least)) for code in BEHAVIOURS),
        with_money=with_money,
        without_money=without,
        money_verdict=differ((with_money.won, with_money.deals), (without.won, without.deals), least),
        untold=sum(row.has_money is None and row.talks is None for row in rows),
        is_cut=LATEST in (len(won), len(lost)),
        counted_at=counted_at if is_kept else None,
    )


def _values(rows: list[Deed], code: str) -> list[float | None]:
    return [getattr(row, code) for row in rows]


def _share(rows: list[Deed], least: int) -> Share:
    won = sum(row.won for row in rows)
    rate = win_rate(won, len(rows), least).value
    return Share(len(rows), won, None if rate is None else float(rate))
