"""What would follow if fewer customers left: a base projected twice, with its own share leaving and with another."""

from dataclasses import dataclass

from wendu.method.lifetime import average_years


@dataclass(frozen=True, slots=True)
class Course:
    """How many are there after each year, what they bring in all, and how long one stays on average."""

    customers: tuple[int, ...]
    brought: int
    years: float | None


@dataclass(frozen=True, slots=True)
class Whatif:
    """The course as it is, the other one, and by how many per cent it brings more (None: nothing to compare)."""

    now: Course
    then: Course
    more_percent: float | None


def projected(*, customers: int, yearly: int, shares: tuple[float, float], years: int) -> Whatif:
    """Project the base with both shares leaving, nobody coming new: what would follow, not that it can be had."""
    now, then = (_course(customers, yearly, share, years) for share in shares)
    more = 100 * (then.brought / now.brought - 1) if now.brought > 0 else None
    return Whatif(now, then, more)


def _course(customers: int, yearly: int, leaving: float, years: int) -> Course:
    """Who leaves does so before the margin of the year; the estimators of `analytics` hold the longer form."""
    held, base = [], float(customers)
    for _year in range(years):
        base *= 1 - min(max(leaving, 0.0), 1.0)
        held.append(base)
    return Course(tuple(round(each) for each in held), round(sum(held) * yearly), average_years(leaving))
