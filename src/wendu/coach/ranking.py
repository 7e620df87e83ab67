"""Customers in pursuit as the plan ranks them: alerts, day due, and score, from the rows that stand (method: plan)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wendu.coach.book import Book
from wendu.coach.heat import heat_today
from wendu.coach.lean import LeanStanding
from wendu.coach.sight import Same
from wendu.kernel.currencies import minor_digits
from wendu.method.codes import Quadrant, Status
from wendu.method.plan import ALERT_ORDER, Row
from wendu.method.priority import Score, Worth, priority, score, value_scale
from wendu.method.reading import Reading
from wendu.method.stops import NO_DAYS
from wendu.method.windows import Window, elapsed_share

RANKED_AT_MOST = 20_000  # some 25 MB of a process
_ranked: dict[int, tuple[tuple[Any, ...], Row]] = {}


class Ranking:
    """Everybody in pursuit with a bare score: no order yet, or an open opportunity.

    The parts of a score are told only for those who are shown; a book holds hundreds, a day a dozen.
    """

    def __init__(self, book: Book, planned: Mapping[int, date], median_cycle_days: float | None) -> None:
        pursued = [row for row in book.standings.values() if is_pursued(row, book)]
        self._book, self._median_cycle_days = book, median_cycle_days
        self._unit = 10 ** minor_digits(book.frame.currency)
        self._among = value_scale([self._value(row) for row in pursued])
        frame = book.frame
        around = (frame.today, Same(frame.scale), frame.axis, self._unit, self._among, median_cycle_days)
        self.rows = [self._known_row(row, planned.get(row.pk), around) for row in pursued]

    def priority(self, customer_id: int) -> Reading | None:
        """The score of one customer with its parts; none for whoever is not ranked."""
        row = self._book.standings.get(customer_id)
        if row is None or not is_pursued(row, self._book):
            return None
        found = priority(self._worth(row), self._among, self._book.frame.scale.plan)
        if not is_unmet(row):
            return found
        return replace(found, missing=(*found.missing, "two_way_touch"), provisional=True)

    def _known_row(self, row: LeanStanding, planned_on: date | None, around: tuple[Any, ...]) -> Row:
        """The row of a customer; from one visit to the next few have moved, and what has not is ranked as before."""
        book, pk = self._book, row.pk
        told = (row, book.deals.get(pk), planned_on, pk in book.quiet, book.silences.get(pk), around)
        kept = _ranked.get(pk)
        if kept is not None and kept[0] == told:
            return kept[1]
        if len(_ranked) >= RANKED_AT_MOST:
            _ranked.clear()
        _ranked[pk] = (told, found := self._row(row, planned_on))
        return found

    def _row(self, row: LeanStanding, planned_on: date | None) -> Row:
        book, today = self._book, self._book.frame.today
        unmet, again_on = is_unmet(row), _to_qualify_on(row, book)
        found = score(self._worth(row), self._among, book.frame.scale.plan)
        alerts = () if unmet else alerts_of(row, book, planned_on)
        return Row(
            customer=row.pk,
            priority=Score(found.value, provisional=True) if unmet else found,
            due_on=(book.begun_on(row.pk) or today) if unmet else row.due_on,
            planned_on=planned_on,
            alerts=tuple([code for code in alerts if not code.startswith("cold_gap")]) if again_on else alerts,
            is_quiet=row.pk in book.quiet,
            requalify_on=again_on,
        )

    def _worth(self, row: LeanStanding) -> Worth:
        share = (
            _deal_age_share(row, self._book, self._median_cycle_days) if is_unmet(row) else _elapsed(row, self._book)
        )
        return Worth(_QUADRANTS[row.quadrant], hottest(row, self._book), self._value(row), share)

    def _value(self, row: LeanStanding) -> float | None:
        return None if row.open_amount_minor is None else row.open_amount_minor / self._unit


_QUADRANTS = {"": Quadrant.UNCLASSIFIED, **{quadrant.value: quadrant for quadrant in Quadrant}}


def is_unmet(row: LeanStanding) -> bool:
    """Whether nobody has met this customer as far as the log tells; in pursuit, a gap begins with the first talk."""
    untold = row.latest_touch_on is None or (row.in_pursuit and row.gap_on is None)
    return untold or row.status == Status.UNVISITED


def is_pursued(row: LeanStanding, book: Book) -> bool:
    """Whether the customer stands on the ranked list."""
    return row.in_pursuit or (row.status == Status.UNVISITED and row.pk in book.deals)


def hottest(row: LeanStanding, book: Book) -> float:
    """The heat of the hottest open opportunity, else the customer's."""
    deals = book.deals.get(row.pk)
    return max(heat_today(deal, book.frame) for deal in deals) if deals else heat_today(row, book.frame)


def alerts_of(row: LeanStanding, book: Book, planned_on: date | None = None) -> tuple[str, ...]:
    """Alerts of one customer from its row, by the same rules as the method's own view of it."""
    today = book.frame.today
    if row.status != Status.IN_PURSUIT or row.pk in book.quiet or book.rests_today:
        return ()
    due = min((day for day in (row.due_on, planned_on) if day), default=today)
    found = set()
    for deal in book.deals.get(row.pk, ()):
        if deal.strike_since and deal.strike_since <= today and (deal.strike_since == today or due <= today):
            found.add("strike")
        if deal.missed_on and deal.missed_on <= today:
            found.add("missed_heat")
    if row.gap_on and row.gap_on <= today and not _is_given_back(row, today):
        found.add("cold_gap_severe" if row.severe_on and row.severe_on <= today else "cold_gap")
    return tuple([code for code in ALERT_ORDER if code in found]) if found else ()


def _to_qualify_on(row: LeanStanding, book: Book) -> date | None:
    """Since when a customer is to be judged anew: its window ran out twice, or it was never classed and fell silent."""
    today = book.frame.today
    if _is_given_back(row, today):
        return row.hard_on
    if row.quadrant or row.gap_on is None:
        return None
    silent_until = row.gap_on + timedelta(days=book.frame.scale.plan.silence_stale_days)
    return silent_until if today > silent_until else None


def _is_given_back(row: LeanStanding, today: date) -> bool:
    """Far beyond its window a customer stands in the queue of those to judge anew."""
    return row.hard_on is not None and today > row.hard_on


def _elapsed(row: LeanStanding, book: Book) -> float | None:
    """Used share of the signing window; unknown without one; quiet days use up nothing."""
    if row.window_from is None or row.expected_on is None or row.deadline_on is None or row.hard_on is None:
        return None
    window = Window(row.window_from, row.expected_on, row.deadline_on, row.hard_on)
    return elapsed_share(window, book.frame.today, book.silences.get(row.pk, NO_DAYS))


def _deal_age_share(row: LeanStanding, book: Book, median_cycle_days: float | None) -> float | None:
    """Age of one's own oldest open deal against the team's median won cycle; unknown without either."""
    begun_on = book.begun_on(row.pk)
    if begun_on is None or not median_cycle_days:
        return None
    return min(1.0, (book.frame.today - begun_on).days / median_cycle_days)
