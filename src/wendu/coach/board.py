"""Reads of the quadrant board: how much stands in each class and month, the warmest of each class, how deals ended.

Grouping is the database's work; how it goes about it is decided by how many customers there are to look at.
"""

from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell, Standing, StandingQuerySet
from wendu.coach.orders import WARMEST, value_of
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.codes import Quadrant, Status
from wendu.method.forecast import Closed
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure

CLASSES = ("A", "B", "C", "D")
ON_THE_BOARD = (Status.IN_PURSUIT.value, Status.UNVISITED.value, Status.NURTURING.value)
PURSUED = Q(status=Status.IN_PURSUIT.value)
RATES_KEPT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class ClassSum:
    """So many customers of one status and class whose windows end in one month, or are over, and what is open there.

    `deadline_on` is the latest end among them.
    """

    status: str
    quadrant: str
    deadline_on: date | None
    customers: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Told:
    """The sums of a board, and the warmest customers in pursuit of each class A to D, by key."""

    sums: list[ClassSum]
    warmest: dict[str, tuple[int, ...]]


def told(user: User, narrowing: Narrowing, ways: Ways, frame: Frame, *, limit: int) -> Told:
    """What a board tells: of few from their rows (one query), of many from sums and walks bounded by the limit."""
    if ways.few is not None:
        return _told_of_few(ways.few, frame, limit)
    return Told(_sums(ways, frame.today), _warmest(user, narrowing, frame, limit))


def month_of(deadline_on: date | None, today: date) -> str:
    """The month a window ends in; nothing without a window, `overdue` when it is over."""
    if deadline_on is None:
        return ""
    return "overdue" if deadline_on < today else f"{deadline_on:%Y-%m}"


def closed_by_class() -> dict[Quadrant, Closed]:
    """How the firm's closed deals ended, by the class held on the day; remembered for some minutes.

    Only totals leave this query, so it needs no one looking.
    """
    return remembered("closed_by_class", _closed_by_class, seconds=RATES_KEPT_SECONDS)


def _told_of_few(few: StandingQuerySet, frame: Frame, limit: int) -> Told:
    """Each row looked at once; of few that costs less than grouping and ranking them in the database."""
    # A test the database cannot look into: it would walk the index of the board along everybody.
    shown = Case(When(Q(status__in=ON_THE_BOARD), then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = few.annotate(shown=shown, value=value_of(WARMEST, frame)).filter(shown=1)
    sums = _Sums(frame.today)
    ranked: dict[str, list[tuple[bool, float, int]]] = {letter: [] for letter in CLASSES}
    for status, letter, on, amount, value, pk in rows.values_list(
        "status", "quadrant", "deadline_on", "open_amount_minor", "value", "pk"
    ):
        sums.add(status, letter, on, 1, amount or 0)
        if status == Status.IN_PURSUIT.value and letter in ranked:
            ranked[letter].append((value is None, -(value or 0.0), pk))
    return Told(sums.found(), {letter: tuple(row[-1] for row in nsmallest(limit, of)) for letter, of in ranked.items()})


def _sums(ways: Ways, today: date) -> list[ClassSum]:
    """Customers and open amounts by status, class and month of the window's end, what is over apart (one query)."""
    rows = Standing.objects.order_by().filter(ways.test, status__in=ON_THE_BOARD)
    # Counting the key would open every row: the index of the board holds all that is read here.
    grouped = rows.values_list("status", "quadrant", "deadline_on").annotate(
        n=Count("*"), amount=Sum("open_amount_minor")
    )
    sums = _Sums(today)
    for status, letter, on, number, amount in grouped:
        sums.add(status, letter, on, number, amount or 0)
    return sums.found()


class _Sums:
    """Sums by status, class and month, as they come together."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._held: dict[tuple[str, str, str], tuple[date | None, int, int]] = {}

    def add(self, status: str, letter: str, on: date | None, customers: int, amount_minor: int) -> None:
        key = status, letter, month_of(on, self._today)
        latest, number, worth = self._held.get(key, (on, 0, 0))
        if on is not None and (latest is None or on > latest):
            latest = on
        self._held[key] = latest, number + customers, worth + amount_minor

    def found(self) -> list[ClassSum]:
        return [ClassSum(status, letter, *held) for (status, letter, _month), held in self._held.items()]


def _warmest(user: User, narrowing: Narrowing, frame: Frame, limit: int) -> dict[str, tuple[int, ...]]:
    """A walk along the temperatures for each class; bounded whatever the number of customers."""
    found: dict[str, tuple[int, ...]] = {}
    for letter in CLASSES:
        of_class = Q(quadrant=letter)
        narrowed = Narrowing(narrowing.tests & PURSUED & of_class, (*narrowing.sets, of_class), of_class)
        found[letter] = find_page(Ways(user, narrowed), WARMEST, frame, limit=limit).keys
    return found


def _closed_by_class() -> dict[Quadrant, Closed]:
    spells = ClassSpell.objects.filter(
        customer_id=OuterRef("opportunity__customer_id"), since__lte=OuterRef("closed_on")
    )
    held = Subquery(spells.order_by("-since").values("quadrant")[:1])
    ended: QuerySet[Closure] = Closure.objects.filter(
        reopened_on__isnull=True, outcome__in=(Outcome.WON, Outcome.LOST), opportunity__deleted_at__isnull=True
    )
    rows = (
        ended.order_by()
        .annotate(held=held)
        .values_list("held")
        .annotate(deals=Count("pk"), won=Count("pk", filter=Q(outcome=Outcome.WON)))
    )
    return {Quadrant(letter): Closed(deals, won) for letter, deals, won in rows if letter in CLASSES}
