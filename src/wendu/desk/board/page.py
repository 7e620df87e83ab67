"""The board of one person: four classes with their warmest customers, sums and forecast, and who is on none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wendu.coach.board import CLASSES, ClassSum, Told, told
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import WARMEST
from wendu.coach.ways import Ways
from wendu.desk.board.asked import BoardAsked
from wendu.desk.board.forecast import Chance, Expected, expected_of
from wendu.desk.plan import card_of
from wendu.desk.table.columns import Column
from wendu.desk.table.language import Filter
from wendu.desk.table.names import names_for
from wendu.desk.table.narrowing import narrowing_of
from wendu.desk.table.rows import Row, rows_of
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.codes import Quadrant, Status
from wendu.method.quadrant import AxisScore, classify
from wendu.playbooks.plays import ClassCard

LISTED, DRAWN = 6, 20
KEPT_SECONDS = 60.0
PERCENT = 100
ON_A_CARD = Column(
    "card",
    ("quadrant", "willingness", "need", "is_provisional", "open_amount_minor", "window_from", "deadline_on"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One customer on the board; `is_held` says that a person's judgement keeps it there against the answers."""

    row: Row
    quadrant: str
    willingness: float | None
    need: float | None
    amount_minor: int | None
    days_left: int | None
    window_used: float
    is_provisional: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the four classes."""

    letter: str
    card: ClassCard
    customers: int
    amount_minor: int
    overdue: int
    expected_minor: int
    chance: Chance
    cards: tuple[Card, ...]
    query: str
    overdue_query: str

    @property
    def listed(self) -> tuple[Card, ...]:
        """Those shown by name."""
        return self.cards[:LISTED]

    @property
    def unlisted(self) -> int:
        """How many more there are."""
        return self.customers - len(self.listed)

    @property
    def chance_percent(self) -> int:
        """The chance of the class, in whole percent."""
        return round(PERCENT * self.chance.share)

    @property
    def motto(self) -> str:
        """The strategy in four words."""
        return self.card.motto.of(lang())

    @property
    def direction(self) -> str:
        """What to work for."""
        return self.card.direction.of(lang())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Customers on none of the four: never met, met and not judged, or asleep."""

    status: str
    customers: int
    amount_minor: int
    query: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows."""

    frame: Frame
    asked: BoardAsked
    expected: Expected
    cells: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...]
    mix: tuple[tuple[str, float], ...]
    counted_at: datetime | None

    @property
    def customers(self) -> int:
        """How many customers stand in the four classes."""
        return sum(cell.customers for cell in self.cells)

    @property
    def amount_minor(self) -> int:
        """What is open with them."""
        return sum(cell.amount_minor for cell in self.cells)

    @property
    def shown(self) -> int:
        """How many of them are drawn."""
        return sum(len(cell.cards) for cell in self.cells)


def board(user: User, at: datetime, asked: BoardAsked, frame: Frame | None = None) -> Board:
    """The board an address asks for: a fixed number of queries, at a cost bounded whatever the number of customers."""
    frame = frame or Frame.at(at)
    read = _read(user, asked, frame, at)
    pursued = [each for each in read.told.sums if each.status == Status.IN_PURSUIT.value]
    rows = {row.key: row for row in rows_of(_keys(user, read), WARMEST, [ON_A_CARD], frame)}
    expected = expected_of(pursued, frame)
    return Board(
        frame=frame,
        asked=asked,
        cells=tuple(
            _cell(
                letter,
                pursued,
                expected,
                [rows[pk] for pk in read.told.warmest[letter] if pk in rows],
                asked=asked,
                frame=frame,
            )
            for letter in CLASSES
        ),
        left_out=_left_out(read.told.sums, asked, frame),
        expected=expected,
        mix=_mix(pursued),
        counted_at=read.at if read.is_kept else None,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the customers; of many it is kept for a minute, and the board says when it was counted."""

    at: datetime
    is_kept: bool
    told: Told


def _read(user: User, asked: BoardAsked, frame: Frame, at: datetime) -> _Read:
    conditions = asked.conditions(frame)
    narrowing = narrowing_of(conditions, Filter(), names_for(user, frame, conditions))
    ways = Ways(user, narrowing)

    def read(*, is_kept: bool) -> _Read:
        return _Read(at, is_kept, told(user, narrowing, ways, frame, limit=DRAWN))

    if ways.few is not None:
        return read(is_kept=False)
    name = f"board {user.pk} {user.role} {user.team_id} {frame.today} {asked.query()}"
    return remembered(name, lambda: read(is_kept=True), seconds=KEPT_SECONDS)


def _keys(user: User, read: _Read) -> list[int]:
    """Whom to draw; those remembered for a while may have gone out of sight since."""
    keys = [pk for of_class in read.told.warmest.values() for pk in of_class]
    if read.is_kept:
        return list(Standing.objects.visible_to(user).order_by().filter(pk__in=keys).values_list("pk", flat=True))
    return keys


def _cell(
    letter: str, pursued: Sequence[ClassSum], expected: Expected, rows: list[Row], *, asked: BoardAsked, frame: Frame
) -> Cell:
    mine = [each for each in pursued if each.quadrant == letter]
    return Cell(
        letter=letter,
        card=card_of(frame.playbook, letter, Status.IN_PURSUIT.value),
        customers=sum(each.customers for each in mine),
        amount_minor=sum(each.amount_minor for each in mine),
        overdue=sum(each.customers for each in mine if each.deadline_on and each.deadline_on < frame.today),
        expected_minor=expected.of_class[letter],
        chance=expected.chances[letter],
        cards=tuple(_card(row, frame) for row in rows),
        query=asked.table_query(frame, quadrant=letter),
        overdue_query=asked.table_query(frame, quadrant=letter, alert="window_overdue"),
    )


def _card(row: Row, frame: Frame) -> Card:
    values = row.values
    willingness, need = values["willingness"], values["need"]
    judged = classify(AxisScore(willingness, 1), AxisScore(need, 1), frame.scale.quadrant)
    return Card(
        row=row,
        quadrant=values["quadrant"],
        willingness=willingness,
        need=need,
        amount_minor=values["open_amount_minor"],
        days_left=row.days_left(frame.today),
        window_used=row.window_used(frame.today),
        is_provisional=values["is_provisional"],
        is_held=judged is not Quadrant(values["quadrant"]),
    )


def _left_out(found: Sequence[ClassSum], asked: BoardAsked, frame: Frame) -> tuple[LeftOut, ...]:
    """In pursuit without a class, never met, and asleep: each with the way to its list."""
    none = {Status.IN_PURSUIT.value: "none"}
    parts = []
    for status in (Status.IN_PURSUIT.value, Status.UNVISITED.value, Status.NURTURING.value):
        mine = [each for each in found if each.status == status and (status not in none or not each.quadrant)]
        if customers := sum(each.customers for each in mine):
            query = asked.table_query(frame, quadrant=none.get(status, ""), status=status)
            parts.append(LeftOut(status, customers, sum(each.amount_minor for each in mine), query))
    return tuple(parts)


def _mix(pursued: Sequence[ClassSum]) -> tuple[tuple[str, float], ...]:
    """How the customers spread over the classes, in percent."""
    counts = {letter: sum(each.customers for each in pursued if each.quadrant == letter) for letter in CLASSES}
    total = sum(counts.values())
    return tuple((letter, PERCENT * count / total) for letter, count in counts.items() if count)
