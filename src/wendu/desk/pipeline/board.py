"""The board of open deals by stage: what stands where, what it may bring, and what each deal lacks to move on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wendu.coach.frame import Frame
from wendu.coach.orders import Mark
from wendu.coach.pipeline import SELLING, StageSum, first_deals, sees_few, stage_sums, told_of_few
from wendu.desk.board.forecast import chance_for
from wendu.desk.deal_paging import write_mark
from wendu.desk.pipeline.asked import OWNER, DealsAsked
from wendu.desk.pipeline.cards import Card, cards_of
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.codes import Quadrant
from wendu.opportunities.choices import Stage

SHOWN, MORE = 6, 20
KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many deals, what they are worth, what may come of them by class, and the largest by name."""

    stage: Stage
    deals: int
    amount_minor: int
    expected_minor: int
    unpriced: int
    unclassed: int
    cards: tuple[Card, ...]
    next_mark: str

    @property
    def unlisted(self) -> int:
        """How many more there are."""
        return max(0, self.deals - len(self.cards))


@dataclass(frozen=True, slots=True)
class StageBoard:
    """Everything the board shows."""

    frame: Frame
    asked: DealsAsked
    columns: tuple[Column, ...]
    counted_at: datetime | None

    @property
    def deals(self) -> int:
        """How many deals are open."""
        return sum(column.deals for column in self.columns)

    @property
    def amount_minor(self) -> int:
        """What is open."""
        return sum(column.amount_minor for column in self.columns)

    @property
    def expected_minor(self) -> int:
        """What may come of it."""
        return sum(column.expected_minor for column in self.columns)


@dataclass(frozen=True, slots=True)
class Page:
    """One more page of a column."""

    frame: Frame
    asked: DealsAsked
    stage: Stage
    cards: tuple[Card, ...]
    next_mark: str


def stage_board(user: User, at: datetime, asked: DealsAsked) -> StageBoard:
    """The board an address asks for: a fixed number of queries, at a cost bounded whatever the number of deals."""
    frame = Frame.at(at)
    test = asked.test(user, frame)
    if sees_few(user) or OWNER in asked.chosen:
        told, counted_at = told_of_few(user, test, need=SHOWN + 1), None
        sums, first = told.sums, told.first
    else:
        first = first_deals(user, test, need=SHOWN + 1)
        name = f"stages {user.pk} {user.role} {user.team_id} {frame.today} {asked.query()}"
        counted_at, sums = remembered(name, lambda: (at, stage_sums(user, test)), seconds=KEPT_SECONDS)
    keys = {stage: found[:SHOWN] for stage, found in first.items()}
    cards = {card.key: card for card in cards_of(user, [pk for some in keys.values() for pk in some], frame)}
    expected = _expected(sums, frame)
    return StageBoard(
        frame=frame,
        asked=asked,
        columns=tuple(
            _column(
                stage,
                [each for each in sums if each.stage == stage],
                tuple(cards[pk] for pk in keys[stage] if pk in cards),
                expected[stage],
                has_more=len(first[stage]) > SHOWN,
            )
            for stage in SELLING
        ),
        counted_at=counted_at,
    )


def column_page(user: User, at: datetime, asked: DealsAsked, stage: Stage, after: Mark | None) -> Page:
    """The deals of one stage that follow a mark."""
    frame = Frame.at(at)
    test = asked.test(user, frame)
    found = first_deals(user, test, need=MORE + 1, stages=(stage.value,), after=after)[stage.value]
    cards = cards_of(user, found[:MORE], frame)
    return Page(frame, asked, stage, cards, _mark(cards[-1]) if len(found) > MORE and cards else "")


def _column(
    stage: str, sums: Iterable[StageSum], cards: tuple[Card, ...], expected_minor: int, *, has_more: bool
) -> Column:
    held = list(sums)
    return Column(
        stage=Stage(stage),
        deals=sum(each.deals for each in held),
        amount_minor=sum(each.amount_minor for each in held),
        expected_minor=expected_minor,
        unpriced=sum(each.deals - each.priced for each in held),
        unclassed=sum(each.deals for each in held if not each.quadrant),
        cards=cards,
        next_mark=_mark(cards[-1]) if has_more and cards else "",
    )


def _expected(sums: Iterable[StageSum], frame: Frame) -> dict[str, int]:
    """What the classes promise at each stage (method: 3.3); without a class nothing is promised."""
    found: dict[str, float] = defaultdict(float)
    for each in sums:
        if each.quadrant:
            found[each.stage] += each.amount_minor * chance_for(Quadrant(each.quadrant), frame).share
    return {stage: round(found[stage]) for stage in SELLING}


def _mark(card: Card) -> str:
    uuid: UUID = card.uuid
    return write_mark(card.standing_minor, uuid)
