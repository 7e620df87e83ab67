"""What the classes promise: open amounts times the chance of the class, by month of the deadline (method: 3.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wendu.coach.board import ClassSum, closed_by_class, month_of
from wendu.coach.frame import Frame
from wendu.method.codes import Quadrant
from wendu.method.forecast import Promise, chance_of, forecast

OVERDUE, UNDATED = "overdue", "undated"


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a class signs; `own_deals` own closed deals stand behind it, 0 for the playbook's figure."""

    share: float
    own_deals: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the forecast, or what is overdue: how many, what is open, and what may come of it."""

    key: str
    customers: int
    amount_minor: int
    expected_minor: int
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """The forecast of a board: in all, of each class and of each month, the earliest first."""

    total_minor: int
    of_class: Mapping[str, int]
    chances: Mapping[str, Chance]
    months: tuple[Month, ...]


def expected_of(sums: Iterable[ClassSum], frame: Frame) -> Expected:
    """Work the forecast out from sums by class and deadline."""
    history, scale = closed_by_class(), frame.scale.forecast
    letters = [letter for letter in Quadrant if letter is not Quadrant.UNCLASSIFIED]
    classed = [each for each in sums if each.quadrant]
    told = {letter.value: forecast(_promises(classed, letter), frame.today, scale, history) for letter in letters}
    chances = {letter.value: chance_for(letter, frame) for letter in letters}
    months: dict[str, dict[str, float]] = defaultdict(dict)
    for letter, found in told.items():
        for key, amount in found.by_month.items():
            months[key][letter] = amount
    return Expected(
        total_minor=round(sum(found.expected for found in told.values())),
        of_class={letter: round(found.expected) for letter, found in told.items()},
        chances=chances,
        months=_months(months, classed, frame),
    )


def _promises(sums: Iterable[ClassSum], letter: Quadrant) -> Iterable[Promise]:
    """What customers of a class whose window ends on the same day promise together is what each promises, added up."""
    return [Promise(0, each.amount_minor, letter, each.deadline_on) for each in sums if each.quadrant == letter.value]


def chance_for(letter: Quadrant, frame: Frame) -> Chance:
    """The chance of a class, and whether the firm's own closed deals are behind it."""
    history, scale = closed_by_class(), frame.scale.forecast
    closed = history.get(letter)
    is_own = closed is not None and closed.deals >= scale.own_rate_from
    return Chance(chance_of(letter, history, scale), closed.deals if closed is not None and is_own else 0)


def _months(found: Mapping[str, Mapping[str, float]], sums: Iterable[ClassSum], frame: Frame) -> tuple[Month, ...]:
    customers: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for each in sums:
        key = month_of(each.deadline_on, frame.today) or UNDATED
        customers[key] += each.customers
        amounts[key] += each.amount_minor
    order = sorted(customers, key=lambda key: (key == UNDATED, key != OVERDUE, key))
    return tuple(
        Month(
            key,
            customers[key],
            amounts[key],
            round(sum(found.get(key, {}).values())),
            tuple((letter, round(amount)) for letter, amount in sorted(found.get(key, {}).items()) if amount),
        )
        for key in order
    )
