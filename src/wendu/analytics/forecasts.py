"""Ways to forecast how often customers will buy, asked in the same words: a model and the plain rules it must beat."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from wendu.analytics.columns import FloatColumn, group_starts
from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState
from wendu.analytics.transaction_model import TransactionModel

FEWEST_GAPS = 2
GONE_AFTER_GAPS = 3  # so many of their own gaps in silence, and a rule calls a customer gone (method: 3.27)


class Known(NamedTuple):
    """What was known on the evening of a day: all rows, and those who had bought, with histories in days."""

    rows: DayRows
    state: RfmState
    histories: Histories

    @classmethod
    def on(cls, rows: DayRows, day: int) -> "Known":
        """Forget all that came later."""
        past = rows.until(day)
        state = RfmState.of(past)
        buyers = state.where(state.n_days > 0)
        return cls(past, buyers, Histories.of_state(buyers, on=day))


class Forecast(NamedTuple):
    """Purchase days to expect of each customer, and the chance of at least one."""

    purchases: FloatColumn
    chance: FloatColumn


Forecaster = Callable[[Known, float], Forecast]  # what is known, and days ahead


def by_model(make: Callable[[], TransactionModel]) -> Forecaster:
    """Fit a model to what is known and ask it."""

    def forecast(known: Known, within: float) -> Forecast:
        model = make().fit(known.histories)
        return Forecast(
            model.expected_purchases(known.histories, within=within),
            model.probability_purchase(known.histories, within=within),
        )

    return forecast


def by_rate(known: Known, within: float) -> Forecast:
    """Everybody goes on as before: own repeat purchases per day so far."""
    purchases = within * known.histories.frequency / np.maximum(known.histories.age, 1.0)
    return Forecast(purchases, -np.expm1(-purchases))


def by_rhythm(known: Known, within: float) -> Forecast:
    """The method's rule: orders are due a median gap apart from the latest on; after three gaps of silence none is.

    With fewer than two gaps a customer is taken as the mean of all.
    """
    gap = median_gaps(known)
    silent = known.histories.age - known.histories.recency
    rate = known.histories.frequency.sum() / max(float(known.histories.age.sum()), 1.0)
    own = ~np.isnan(gap)
    length = np.where(own, np.maximum(gap, 1.0), 1.0)
    here = silent <= GONE_AFTER_GAPS * length
    due = np.where(here, np.floor((silent + within) / length) - np.floor(silent / length), 0.0)
    overdue = here & (silent >= length)
    return Forecast(
        np.where(own, due, rate * within),
        np.where(own, ((due > 0) | overdue).astype(np.float64), -np.expm1(-rate * within)),
    )


def median_gaps(known: Known) -> FloatColumn:
    """The median gap between purchase days of each customer; not a number where there are fewer than two gaps."""
    bought = known.rows.purchases > 0
    customer, day = known.rows.customer[bought], known.rows.day[bought]
    same = customer[1:] == customer[:-1]
    who = np.searchsorted(known.state.customer, customer[1:][same])
    gap = np.diff(day)[same].astype(np.float64)
    order = np.lexsort((gap, who))
    who, gap = who[order], gap[order]
    starts = group_starts(who)
    sizes = np.diff(np.append(starts, len(who)))
    middle = (gap[starts + (sizes - 1) // 2] + gap[starts + sizes // 2]) / 2 if len(starts) else gap
    medians = np.full(len(known.state.customer), np.nan)
    medians[who[starts]] = np.where(sizes >= FEWEST_GAPS, middle, np.nan)
    return medians
