"""Three kinds of people: what the customer gains with its customers, against its rivals, and inside (method: 3.10)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wendu.method.deals.codes import ThreePeople
from wendu.method.reading import Reading, because

PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in one row: a problem, what solves it, and what they earn or save by it a year (minor units)."""

    people: ThreePeople
    problem: str = ""
    solution: str = ""
    earn_minor: int | None = None
    save_minor: int | None = None

    @property
    def is_solved(self) -> bool:
        """Whether a problem has a solution."""
        return bool(self.problem and self.solution)

    @property
    def gain_minor(self) -> int | None:
        """What they gain a year; None while nobody put a figure to it."""
        known = [amount for amount in (self.earn_minor, self.save_minor) if amount is not None]
        return sum(known) if known else None


def three_people(rows: Iterable[Row], price_minor: int | None) -> Reading:
    """The share of the three rows with a problem, 0 to 100, the gain a year, and whether it may be called a solution.

    `solution` needs a row with problem, solution and money (help them earn or save, or they will not let us earn);
    `not_yet` otherwise.
    """
    found = tuple(rows)
    filled = {row.people for row in found if row.problem}
    gains = [row.gain_minor for row in found if row.gain_minor is not None]
    counted = any(row.is_solved and row.gain_minor for row in found)
    reasons = [because("customer_gain", minor=sum(gains), findings=len(gains))] if gains else []
    if gains and price_minor:
        reasons.append(because("gain_to_price", ratio=sum(gains) / price_minor))
    return Reading(
        value=PERCENT * len(filled) / len(ThreePeople),
        band="solution" if counted else "not_yet",
        reasons=tuple(reasons),
        missing=tuple(people.value for people in ThreePeople if people not in filled),
    )
