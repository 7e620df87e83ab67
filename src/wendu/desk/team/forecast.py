"""What the classes promise by month: open amounts times the chance of the class; the unknown is said (method: 3.3)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wendu.coach.board import CLASSES, closed_by_class
from wendu.coach.frame import Frame
from wendu.coach.team import Open
from wendu.desk.board.forecast import OVERDUE, UNDATED, Chance, chance_for
from wendu.desk.team.asked import Scope
from wendu.desk.team.figures import Figures
from wendu.method.codes import Quadrant
from wendu.method.forecast import Promise, forecast

LATER = "later"
MONTHS = 6
CLASSED = f"class.in:{','.join(CLASSES)}"


@dataclass(frozen=True, slots=True)
class Part:
    """What one class promises in one month, in minor units, and the query of the customers behind it."""

    quadrant: str
    expected_minor: int
    open_minor: int
    customers: int
    query: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month; or what is overdue, comes later, or has no window."""

    key: str
    expected_minor: int
    customers: int
    parts: tuple[Part, ...]
    query: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Customers that promise nothing yet because something is unknown."""

    code: str
    customers: int
    query: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The forecast in all, by month, the chances behind it, and what is left out of it."""

    total_minor: int
    months: tuple[Month, ...]
    chances: Mapping[str, Chance]
    left_out: tuple[LeftOut, ...]
    query: str

    @property
    def own_rates(self) -> str:
        """The classes whose chance comes from the firm's own closed deals."""
        return ", ".join(letter for letter, chance in self.chances.items() if chance.own_deals)


def expected_of(scope: Scope, figures: Figures, frame: Frame) -> Expected:
    """Work the forecast out from open amounts by class and last day of the window."""
    by_key: dict[str, dict[str, list[Open]]] = defaultdict(lambda: defaultdict(list))
    for row in figures.open:
        if row.quadrant in CLASSES:
            by_key[_key(row.deadline_on, frame.today)][row.quadrant].append(row)
    keys = [OVERDUE, *_months(frame.today), LATER, UNDATED]
    shown = [key for key in keys if key in by_key or key[0].isdigit()]
    months = tuple(_month(key, by_key[key], scope, frame) for key in shown) if by_key else ()
    return Expected(
        total_minor=sum(month.expected_minor for month in months),
        months=months,
        chances={letter: chance_for(Quadrant(letter), frame) for letter in CLASSES},
        left_out=_left_out(scope, figures),
        query=scope.list_query("amount.known", CLASSED),
    )


def _key(deadline_on: date | None, today: date) -> str:
    if deadline_on is None:
        return UNDATED
    if deadline_on < today:
        return OVERDUE
    key = f"{deadline_on:%Y-%m}"
    return key if key <= _months(today)[-1] else LATER


def _months(today: date) -> list[str]:
    return [f"{_first_of(today, number):%Y-%m}" for number in range(MONTHS)]


def _first_of(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _month(key: str, found: dict[str, list[Open]], scope: Scope, frame: Frame) -> Month:
    condition = _condition(key, frame.today)
    history, parts = closed_by_class(), []
    for letter in CLASSES:
        rows = found.get(letter, ())
        promises = [Promise(0, row.amount_minor, Quadrant(letter), row.deadline_on) for row in rows]
        expected = forecast(promises, frame.today, frame.scale.forecast, history).expected
        if rows:
            query = scope.list_query("amount.known", condition, **{"class": letter})
            open_minor, customers = sum(row.amount_minor for row in rows), sum(row.customers for row in rows)
            parts.append(Part(letter, round(expected), open_minor, customers, query))
    everyone = scope.list_query("amount.known", CLASSED, condition)
    return Month(
        key, sum(part.expected_minor for part in parts), sum(part.customers for part in parts), tuple(parts), everyone
    )


def _condition(key: str, today: date) -> str:
    """The days of a month as a condition of the table."""
    if key == OVERDUE:
        return f"deadline.between:1900-01-01,{today - timedelta(days=1)}"
    if key == UNDATED:
        return "deadline.unknown"
    if key == LATER:
        return f"deadline.since:{_first_of(today, MONTHS)}"
    first = date.fromisoformat(f"{key}-01")
    return f"deadline.between:{max(first, today)},{_first_of(first, 1) - timedelta(days=1)}"


def _left_out(scope: Scope, figures: Figures) -> tuple[LeftOut, ...]:
    counts: Counter[str] = Counter()
    for row in figures.open:
        counts["class"] += row.customers if row.quadrant not in CLASSES else 0
    counts["amount"] = sum(row.no_amount for row in figures.waiting)
    queries = {
        "amount": scope.list_query("amount.unknown", status="in_pursuit"),
        "class": scope.list_query("amount.known", **{"class": "none"}),
    }
    return tuple(LeftOut(code, counts[code], query) for code, query in queries.items() if counts[code])
