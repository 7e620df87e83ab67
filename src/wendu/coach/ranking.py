"""Customers in pursuit as the plan ranks them: alerts, day due, and score, from the rows that stand (method: plan)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from wendu.coach.book import Book
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.kernel.currencies import minor_digits
from wendu.method.codes import Quadrant, Status
from wendu.method.plan import ALERT_ORDER, Row
from wendu.method.priority import ValueScale, Worth, priority, value_scale
from wendu.method.stops import NO_DAYS
from wendu.method.windows import Window, elapsed_share


def ranked_rows(book: Book, planned: Mapping[int, date], median_cycle_days: float | None) -> list[Row]:
    """One row per customer in pursuit: no order yet, or an open opportunity."""
    pursued = [row for row in book.standings.values() if is_pursued(row, book)]
    worths = {row.pk: _value(row, book) for row in pursued}
    among = value_scale(worths.values())
    return [_row(row, worths[row.pk], among, book, planned.get(row.pk), median_cycle_days) for row in pursued]


def is_pursued(row: Standing, book: Book) -> bool:
    """Whether the customer stands on the ranked list."""
    return row.in_pursuit or (row.status == Status.UNVISITED and bool(book.deals.get(row.pk)))


def hottest(row: Standing, book: Book) -> float:
    """The heat of the hottest open opportunity, else the customer's."""
    deals = [heat_today(deal, book.frame) for deal in book.deals.get(row.pk, ())]
    return max(deals) if deals else heat_today(row, book.frame)


def alerts_of(row: Standing, book: Book, planned_on: date | None = None) -> tuple[str, ...]:
    """Alerts of one customer from its row, by the same rules as the method's own view of it."""
    today = book.frame.today
    if row.status != Status.IN_PURSUIT or row.pk in book.quiet or today in book.frame.holidays:
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
    return tuple(code for code in ALERT_ORDER if code in found)


def _row(  # noqa: PLR0917 - what ranks a customer
    row: Standing,
    value: float | None,
    among: ValueScale,
    book: Book,
    planned_on: date | None,
    median_cycle_days: float | None,
) -> Row:
    today = book.frame.today
    unmet = row.status == Status.UNVISITED or row.pk not in book.touched
    share = _deal_age_share(row, book, median_cycle_days) if unmet else _elapsed(row, book)
    again_on = _to_qualify_on(row, book)
    alerts = () if unmet else alerts_of(row, book, planned_on)
    worth = Worth(Quadrant(row.quadrant or "unclassified"), hottest(row, book), value, share)
    score = priority(worth, among, book.frame.scale.plan)
    if unmet:
        score = replace(score, missing=(*score.missing, "two_way_touch"), provisional=True)
    return Row(
        customer=row.pk,
        priority=score,
        due_on=(book.begun_on(row.pk) or today) if unmet else row.due_on,
        planned_on=planned_on,
        alerts=tuple(code for code in alerts if not again_on or not code.startswith("cold_gap")),
        is_quiet=row.pk in book.quiet,
        requalify_on=again_on,
    )


def _to_qualify_on(row: Standing, book: Book) -> date | None:
    """Since when a customer is to be judged anew: its window ran out twice, or it was never classed and fell silent."""
    today = book.frame.today
    if _is_given_back(row, today):
        return row.hard_on
    if row.quadrant or row.gap_on is None:
        return None
    silent_until = row.gap_on + timedelta(days=book.frame.scale.plan.silence_stale_days)
    return silent_until if today > silent_until else None


def _is_given_back(row: Standing, today: date) -> bool:
    """Far beyond its window a customer stands in the queue of those to judge anew."""
    return row.hard_on is not None and today > row.hard_on


def _value(row: Standing, book: Book) -> float | None:
    if row.open_amount_minor is None:
        return None
    return row.open_amount_minor / 10 ** minor_digits(book.frame.currency)


def _elapsed(row: Standing, book: Book) -> float | None:
    """Used share of the signing window; unknown without one; quiet days use up nothing."""
    if row.window_from is None or row.expected_on is None or row.deadline_on is None or row.hard_on is None:
        return None
    window = Window(row.window_from, row.expected_on, row.deadline_on, row.hard_on)
    return elapsed_share(window, book.frame.today, book.silences.get(row.pk, NO_DAYS))


def _deal_age_share(row: Standing, book: Book, median_cycle_days: float | None) -> float | None:
    """Age of one's own oldest open deal against the team's median won cycle; unknown without either."""
    begun_on = book.begun_on(row.pk)
    if begun_on is None or not median_cycle_days:
        return None
    return min(1.0, (book.frame.today - begun_on).days / median_cycle_days)
