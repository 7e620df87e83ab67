"""How the closed deals of those one sees went: won, how long, how much, from which stage, by whom and with what."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from wendu.coach.frame import Frame
from wendu.coach.pipeline import SELLING, sees_few
from wendu.coach.record import EndedDeal, Solved, ended_by_stage, ended_deals, lost_with_evidence, problems_solved
from wendu.desk.pipeline.asked import OWNER, DealsAsked
from wendu.identity.models import Team, User
from wendu.identity.snapshot import remembered
from wendu.method.deals.record import Spread, spread, stage_rates, win_rate
from wendu.opportunities.choices import LossReason

PERIODS = {"3": 91, "12": 365, "24": 730, "all": 0}
USUAL = "12"
KEPT_SECONDS = 600.0
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Went:
    """How some closed deals went; a rate is named from enough of them on.

    `solved` counts the problems of customers the won ones ended, None where nobody wrote any down.
    """

    name: str
    deals: int
    won: int
    rate: float | None
    days: Spread | None = None
    amount: Spread | None = None
    average_minor: int | None = None
    solved: Solved | None = None


@dataclass(frozen=True, slots=True)
class Losses:
    """Lost deals by what was said at the loss, and how many of them nothing had been written down about."""

    deals: int
    said: tuple[tuple[str, int], ...]
    without_evidence: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the page shows of the closed deals of a period."""

    frame: Frame
    asked: DealsAsked
    period: str
    at_least: int
    whole: Went
    lost_days: Spread | None
    undated: int
    stages: tuple[Went, ...]
    owners: tuple[Went, ...]
    products: tuple[Went, ...]
    teams: tuple[Went, ...]
    losses: Losses
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Read:
    at: datetime
    deals: list[EndedDeal]
    stages: dict[str, tuple[int, int]]
    losses: Losses
    solved: dict[int, Solved]


def record_page(user: User, at: datetime, asked: DealsAsked, period: str) -> Record:
    """The record of the deals one sees; of many it is kept for some minutes, and the page says when it was counted."""
    frame = Frame.at(at)
    test = asked.test_of_ended(user, frame)
    since = since_of(period, frame.today)

    def read() -> _Read:
        deals = ended_deals(user, test, since=since, currency=frame.currency)
        stages = ended_by_stage(user, test, since=since)
        evidenced = lost_with_evidence(user, test, since=since)
        solved = problems_solved(user, test, since=since, currency=frame.currency)
        return _Read(at, deals, stages, _losses(deals, evidenced), solved)

    if sees_few(user) or OWNER in asked.chosen:
        found, is_kept = read(), False
    else:
        name = f"record {user.pk} {user.role} {user.team_id} {frame.today} {period} {asked.query()}"
        found, is_kept = remembered(name, read, seconds=KEPT_SECONDS), True
    least = frame.scale.forecast.own_rate_from
    people, teams = _names(found.deals)
    by = partial(_by, found.deals, found.solved, least)
    return Record(
        frame=frame,
        asked=asked,
        period=period,
        at_least=least,
        whole=_went("", found.deals, found.solved, least),
        lost_days=spread(deal.days for deal in found.deals if not deal.won),
        undated=sum(deal.days is None for deal in found.deals),
        stages=_stages(found.stages, least),
        owners=by(lambda deal: people.get(deal.owner_id or 0, "")),
        products=by(lambda deal: deal.product),
        teams=by(lambda deal: teams.get(deal.team_id or 0, "")),
        losses=found.losses,
        counted_at=found.at if is_kept else None,
    )


def since_of(period: str, today: date) -> date | None:
    """The first day of a period; none for all there is."""
    days = PERIODS[period]
    return today - timedelta(days=days) if days else None


def _went(name: str, deals: Sequence[EndedDeal], solved: Mapping[int, Solved], least: int) -> Went:
    won = [deal for deal in deals if deal.won]
    amounts = [deal.amount_minor for deal in won if deal.amount_minor is not None]
    answers = sum((solved[deal.key] for deal in won if deal.key in solved), Solved())
    rate = win_rate(len(won), len(deals), least).value
    return Went(
        name=name,
        deals=len(deals),
        won=len(won),
        rate=None if rate is None else float(rate),
        days=spread(deal.days for deal in won),
        amount=spread(amounts),
        average_minor=round(sum(amounts) / len(amounts)) if amounts else None,
        solved=answers if answers.told else None,
    )


def _stages(counts: dict[str, tuple[int, int]], least: int) -> tuple[Went, ...]:
    rates = stage_rates(counts, SELLING, least)
    found = []
    for stage, rate in rates.items():
        numbers = rate.reasons[0].numbers
        share = None if rate.value is None else float(rate.value)
        found.append(Went(stage, int(numbers["deals"] or 0), int(numbers["won"] or 0), share))
    return tuple(found)


def _by(
    deals: Sequence[EndedDeal], solved: Mapping[int, Solved], least: int, name_of: Callable[[EndedDeal], str]
) -> tuple[Went, ...]:
    """Groups of the deals: those with a rate ranked by it, then the others by how many there are."""
    groups: dict[str, list[EndedDeal]] = {}
    for deal in deals:
        groups.setdefault(name_of(deal), []).append(deal)
    went = [_went(name, rows, solved, least) for name, rows in groups.items()]
    ranked = sorted(went, key=lambda each: (each.rate is None, -(each.rate or 0.0), -each.deals, each.name))
    return tuple(ranked[:SHOWN]) if set(groups) != {""} else ()


def _losses(deals: Sequence[EndedDeal], evidenced: int) -> Losses:
    lost = [deal for deal in deals if not deal.won]
    said = Counter(deal.reason or LossReason.UNKNOWN.value for deal in lost)
    return Losses(len(lost), tuple(said.most_common()), len(lost) - evidenced)


def _names(deals: Sequence[EndedDeal]) -> tuple[dict[int, str], dict[int, str]]:
    """What the owners and teams are called (two queries)."""
    people = User.objects.filter(pk__in={deal.owner_id for deal in deals if deal.owner_id})
    teams = Team.objects.filter(pk__in={deal.team_id for deal in deals if deal.team_id})
    return {each.pk: each.display_name for each in people}, dict(teams.values_list("pk", "name"))
