"""What the open deals promise by month: amounts times the chance of the class, or the firm's own rate of the stage."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.coach.pipeline import SELLING, sees_few
from wendu.coach.record import OVERDUE, UNDATED, Promised, firm_by_stage, promised
from wendu.desk.board.forecast import chance_for
from wendu.desk.pipeline.asked import OWNER, DealsAsked
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.codes import Quadrant
from wendu.method.deals.record import chance_at, stage_rates

BY_CLASS, BY_STAGE = "class", "stage"
PERCENT = 100.0
LATER = "later"
KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Chance:
    """What deals of one class or stage count on: per cent, from how many own closed deals, and of which stage.

    Without a share nobody knows; without own deals the playbook speaks; `ended` says how many there are so far.
    """

    code: str
    percent: float | None
    own_deals: int
    ended: int
    of_stage: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What should sign in one month, is overdue, comes later or has no day."""

    key: str
    deals: int
    amount_minor: int
    expected_minor: int


@dataclass(frozen=True, slots=True)
class DealForecast:
    """The forecast in all and by month, the chances behind it, and what is left out of it."""

    frame: Frame
    by: str
    asked: DealsAsked
    months: tuple[Month, ...]
    chances: tuple[Chance, ...]
    unpriced: int
    unknown: int
    unknown_minor: int
    counted_at: datetime | None

    @property
    def deals(self) -> int:
        """How many deals promise something."""
        return sum(month.deals for month in self.months)

    @property
    def amount_minor(self) -> int:
        """What these are worth."""
        return sum(month.amount_minor for month in self.months)

    @property
    def expected_minor(self) -> int:
        """What may come of them."""
        return sum(month.expected_minor for month in self.months)


def deal_forecast(user: User, at: datetime, asked: DealsAsked, by: str) -> DealForecast:
    """Work the forecast out, by the class of the customer or by the stage of the deal (method: 3.3, track record)."""
    frame = Frame.at(at)
    test = asked.test(user, frame)
    counted_at, rows = None, list[Promised]()
    if sees_few(user) or OWNER in asked.chosen:
        rows = promised(user, test, frame.today)
    else:
        name = f"promised {user.pk} {user.role} {user.team_id} {frame.today} {asked.query()}"
        counted_at, rows = remembered(name, lambda: (at, promised(user, test, frame.today)), seconds=KEPT_SECONDS)
    chances = _class_chances(frame) if by == BY_CLASS else _stage_chances(frame)
    shares = {each.code: each.percent for each in chances if each.percent is not None}
    known, unknown = list[tuple[Promised, float]](), list[Promised]()
    for row in rows:
        share = shares.get(row.quadrant if by == BY_CLASS else row.stage)
        if share is None:
            unknown.append(row)
        else:
            known.append((row, share))
    return DealForecast(
        frame=frame,
        by=by,
        asked=asked,
        months=_months(known, frame.today),
        chances=chances,
        unpriced=sum(row.deals - row.priced for row in rows),
        unknown=sum(row.deals for row in unknown),
        unknown_minor=sum(row.amount_minor for row in unknown),
        counted_at=counted_at,
    )


def _class_chances(frame: Frame) -> tuple[Chance, ...]:
    found = ((letter, chance_for(Quadrant(letter), frame)) for letter in CLASSES)
    return tuple(Chance(letter, PERCENT * each.share, each.own_deals, each.own_deals) for letter, each in found)


def _stage_chances(frame: Frame) -> tuple[Chance, ...]:
    rates = stage_rates(firm_by_stage(), SELLING, frame.scale.forecast.own_rate_from)
    chances = []
    for stage in SELLING:
        ended = int(rates[stage].reasons[0].numbers["deals"] or 0)
        found = chance_at(stage, rates)
        if found is None:
            chances.append(Chance(stage, None, 0, ended))
            continue
        of_stage, rate = found
        own = int(rate.reasons[0].numbers["deals"] or 0)
        chances.append(Chance(stage, float(rate.value or 0.0), own, ended, of_stage))
    return tuple(chances)


def _months(known: Iterable[tuple[Promised, float]], today: date) -> tuple[Month, ...]:
    """Overdue first, then a year of months, what comes later, and what has no day."""
    deals: dict[str, int] = defaultdict(int)
    amounts: dict[str, int] = defaultdict(int)
    expected: dict[str, float] = defaultdict(float)
    horizon = f"{today.year + 1:04}-{today.month:02}"
    for row, percent in known:
        key = row.month if not row.month[:1].isdigit() or row.month < horizon else LATER
        deals[key] += row.priced
        amounts[key] += row.amount_minor
        expected[key] += row.amount_minor * percent / PERCENT
    order = {OVERDUE: 0, LATER: 2, UNDATED: 3}
    keys = sorted((key for key in deals if deals[key]), key=lambda key: (order.get(key, 1), key))
    return tuple(Month(key, deals[key], amounts[key], round(expected[key])) for key in keys)
