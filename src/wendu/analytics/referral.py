"""What customers are worth by those they bring: credit that adds up, and downstream value that ranks.

A customer has at most one referrer, an older one, so referrals form trees and no search for circles is needed. The two
numbers are never mixed: credit divides what is there and sums to it exactly; downstream value looks at the same money
several times over and is good for an order only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import FloatColumn, IntColumn

NOBODY = -1
PARTS = 1_000_000  # a share handed on is counted in millionths, so that credit stays in whole minor units


@dataclass(frozen=True, slots=True, eq=False)
class Referrals:
    """Who brought whom: for each customer the place of the referrer, and all places from the oldest on."""

    referrer: IntColumn
    oldest_first: IntColumn
    refused: int  # contacts that cannot have brought anybody: not older, or only after the first purchase

    @classmethod
    def of(cls, first_day: ArrayLike, referrer: ArrayLike, referred: ArrayLike, day: ArrayLike) -> "Referrals":
        """Contacts as places in `first_day`; the earliest that stood before the referred one began counts."""
        begun = np.atleast_1d(np.asarray(first_day, dtype=np.int64))
        giver, taker = (np.atleast_1d(np.asarray(places, dtype=np.int64)) for places in (referrer, referred))
        met = np.atleast_1d(np.asarray(day, dtype=np.int64))
        possible = (begun[giver] < begun[taker]) & (met <= begun[taker])
        giver, taker, met = giver[possible], taker[possible], met[possible]
        chosen = np.full(len(begun), NOBODY, dtype=np.int64)
        latest_first = np.lexsort((giver, met))[::-1]
        chosen[taker[latest_first]] = giver[latest_first]  # of several writes the last stays: the earliest contact
        return cls(chosen, np.argsort(begun, kind="stable"), int((~possible).sum()))

    def credited_value(self, value: ArrayLike, *, share: float = 0.2) -> IntColumn:
        """Value in whole minor units when everybody hands on `share` of what they have and were handed themselves.

        Sums exactly to the sum of `value`.
        """
        held = [int(amount) for amount in np.atleast_1d(np.asarray(value, dtype=np.int64))]
        parts, referrer = round(min(max(share, 0.0), 1.0) * PARTS), self.referrer.tolist()
        for place in reversed(self.oldest_first.tolist()):
            if referrer[place] != NOBODY:
                handed = held[place] * parts // PARTS
                held[place] -= handed
                held[referrer[place]] += handed
        return np.asarray(held, dtype=np.int64)

    def downstream_value(self, value: ArrayLike, *, share: float = 0.5) -> FloatColumn:
        """The value of all brought directly or through others, `share` of it per step; own value is not in it."""
        own, referrer = np.atleast_1d(np.asarray(value, dtype=np.float64)).tolist(), self.referrer.tolist()
        below = [0.0] * len(own)
        for place in reversed(self.oldest_first.tolist()):
            if referrer[place] != NOBODY:
                below[referrer[place]] += share * (own[place] + below[place])
        return np.asarray(below)
