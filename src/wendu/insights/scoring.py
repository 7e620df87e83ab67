"""From what a customer bought to the score that is kept of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from wendu.insights.facts import Book, Ground
from wendu.insights.models import Score
from wendu.method import repurchase
from wendu.method.lifecycle import OWN, PRODUCT, Lifecycle, lifecycle
from wendu.method.lifetime import Bought, CustomerValue, Dealings, Kept, customer_value, yearly_amount
from wendu.method.repurchase import OrderRhythm

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
HOUSE = ""
Shares = Mapping[str, Any]


class Stayed(NamedTuple):
    """Whether a customer was there a year ago, and is there today."""

    was_there: bool
    is_there: bool


def score_of(book: Book, ground: Ground, kept: Shares, foreseen: int | None = None) -> Score:
    """The row that lists are read from; the model's columns stay empty. `foreseen`: what goes on, where it speaks."""
    today, market = ground.today, book.context.profile.market
    worth = value_of(book, ground, kept, foreseen=foreseen)
    yearly = yearly_amount(book.bought, today, ground.scale.lifetime, worth.basis)
    rhythm, days = rhythm_of(book), book.bought_days
    return Score(
        customer_id=book.customer_id,
        on=today,
        market=market,
        stage=stage_on(book, today),
        stage_before=stage_on(book, today - MONTH),
        order_days=len(days),
        first_on=min(days, default=None),
        latest_on=max(days, default=None),
        every_days=rhythm.interval_days if rhythm else None,
        window_from=rhythm.window_from if rhythm else None,
        expected_on=rhythm.expected_on if rhythm else None,
        window_to=rhythm.window_to if rhythm else None,
        over_on=over_on(rhythm, ground.scale.cadence.rhythm_ends_after_missed) if rhythm else None,
        every_source=_source(book) if rhythm else "",
        revenue_minor=worth.revenue,
        margin_minor=worth.margin,
        first_minor=_first(book.bought),
        yearly_minor=round(yearly.amount) if yearly else 0,
        current_minor=None if worth.current is None else round(worth.current),
    )


def value_of(book: Book, ground: Ground, kept: Shares, **more: Any) -> CustomerValue:
    """The three parts of what a customer is worth; `more` is what is known beside its orders."""
    known = Dealings(
        bought=book.bought,
        stage=stage_on(book, ground.today),
        kept=kept_of(kept, book.context.profile.market, ground.scale.lifetime.kept_from_customers),
        currency=ground.currency,
        **more,
    )
    return customer_value(known, ground.today, ground.scale.lifetime)


def kept_of(shares: Shares, market: str, least: int) -> Kept | None:
    """The share of its market where that is enough customers, else of the house; None before the first study."""
    for name, source in ((market, "segment"), (HOUSE, "house")):
        stayed, of = shares.get(name) or (0, 0)
        if of >= least or (source == "house" and of):
            return Kept(stayed, of, source)
    return None


def stage_on(book: Book, on: date) -> str:
    """The stage on a day of the past, as far as today's facts tell."""
    return lifecycle(book.order_days, on, book.context, book.known.on(on)).band


def stayed(book: Book, on: date) -> Stayed:
    """Whether it was there a year ago, by the interval it had then, and is there today."""
    gone = (Lifecycle.INTRODUCTION.value, Lifecycle.CHURNED.value)
    return Stayed(stage_on(book, on - YEAR) not in gone, stage_on(book, on) not in gone)


def rhythm_of(book: Book) -> OrderRhythm | None:
    """The rhythm of orders, whether it is over or not: their own, else that of the product last bought (3.26)."""
    scale = book.context.scale.cadence
    return repurchase.rhythm_of(book.order_days[-1 - scale.rhythm_of_intervals :], book.known.lasting, scale)


def over_on(rhythm: OrderRhythm, missed: int) -> date:
    """The day from which on so many orders in a row did not come that nobody waits for the next one."""
    return rhythm.window_to + timedelta(days=(missed - 1) * rhythm.interval_days + 1)


def _source(book: Book) -> str:
    own = len(book.order_days) > book.context.scale.cadence.rhythm_from_intervals
    return OWN if own else PRODUCT


def _first(bought: tuple[Bought, ...]) -> int | None:
    orders = [each for each in bought if each.is_order]
    if not orders:
        return None
    first_on = min(each.on for each in orders)
    return sum(each.revenue for each in orders if each.on == first_on)
