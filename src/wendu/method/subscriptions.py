"""A fee that comes again: when it is due for renewal, and when it has come to more than buying once (2.4, 3.28)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wendu.method.windows import add_months

LONGEST_TERMS = 600
DAYS_OF_A_MONTH = 365 / 12


class Renewal(StrEnum):
    """Where a subscription stands between two terms."""

    RUNNING = "running"
    DUE = "due"
    LAPSED = "lapsed"
    ENDED = "ended"


class Paid(NamedTuple):
    """A stretch that is paid for: from a day until another, at so much a term, in minor units."""

    on: date
    fee_minor: int
    until: date


class Sum(NamedTuple):
    """What all fees have come to on a day, in minor units."""

    on: date
    minor: int


def renewal(renews_on: date, *, on: date, ahead_days: int, ended_on: date | None = None) -> Renewal:
    """Tell whether it is time to renew: from so many days ahead; the term over and nobody renewed, it has lapsed."""
    if ended_on is not None and ended_on <= on:
        return Renewal.ENDED
    if renews_on < on:
        return Renewal.LAPSED
    return Renewal.DUE if (renews_on - on).days <= ahead_days else Renewal.RUNNING


def ahead_of(term_months: int, *, ahead_days: int, share: float) -> int:
    """Give the days ahead of a renewal on which it is time: so many, but never more than a share of the term.

    A fee of a month would otherwise be about to end every day of its life.
    """
    return min(ahead_days, max(1, round(term_months * DAYS_OF_A_MONTH * share)))


def renewal_asked_on(
    renews_on: date, talked_on: date | None, *, on: date, ahead_days: int, every_days: int, stale_days: int
) -> date | None:
    """Tell when to ask about a renewal: as it comes near, on its day, and so long after each talk since (2.4).

    None: it lapsed so long ago that it is history, not a step of a day.
    """
    if (on - renews_on).days > stale_days:
        return None
    mark = renews_on if on >= renews_on else renews_on - timedelta(days=ahead_days)
    if talked_on is None or talked_on < mark:
        return mark
    again = talked_on + timedelta(days=every_days)
    return min(again, renews_on) if talked_on < renews_on else again


def cumulative(stretches: Iterable[Paid], *, term_months: int, upto: date) -> list[Sum]:
    """The sum of fees after each term that began up to a day, in order of time; each term is paid when it begins."""
    found: list[Sum] = []
    for on, fee_minor in sorted(terms_of(stretches, term_months)):
        if on <= upto:
            found.append(Sum(on, fee_minor + (found[-1].minor if found else 0)))
    return found


def overtakes_on(sums: list[Sum], *, price_minor: int, fee_minor: int, term_months: int, next_on: date) -> date | None:
    """The first day on which the fees reach the price of buying once, renewed at this fee from `next_on` on.

    None: a fee of nothing never reaches it.
    """
    reached = next((each.on for each in sums if each.minor >= price_minor), None)
    if reached is not None:
        return reached
    rest = price_minor - (sums[-1].minor if sums else 0)
    if fee_minor <= 0:
        return None
    terms = -(-rest // fee_minor)
    return add_months(next_on, term_months * (terms - 1)) if terms <= LONGEST_TERMS else None


def terms_of(stretches: Iterable[Paid], term_months: int) -> Iterator[tuple[date, int]]:
    """The day each term begins and its fee; counted in months, so that one from a month's last day is one term."""
    for each in stretches:
        months = (each.until.year - each.on.year) * 12 + each.until.month - each.on.month
        for number in range(min(max(1, -(-months // term_months)), LONGEST_TERMS)):
            yield add_months(each.on, term_months * number), each.fee_minor
