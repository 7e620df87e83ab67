"""What customers who have one thing also have: confidence and lift of pairs of products.

Source: Brin, Motwani, Ullman & Tsur 1997, SIGMOD Record 26(2):255-264. Lift is P(A and B) / (P(A) P(B)): how
many times as often both are held as if one said nothing about the other.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

FEWEST_CUSTOMERS = 5
ONE_SIDED_95 = 1.645


class Pair(NamedTuple):
    """Who has `has` also has `also`."""

    has: object
    also: object
    support: int  # customers who have both
    confidence: float  # P(also | has)
    lift: float
    lift_at_least: float  # lower end of a one-sided 95 % interval: above 1, it is hardly chance


def pairs(
    customer: ArrayLike, product: ArrayLike, *, customers: int | None = None, fewest: int = FEWEST_CUSTOMERS
) -> list[Pair]:
    """All pairs at least `fewest` customers have, the surest first; `customers` counts those without a product too."""
    people, rows = np.unique(np.atleast_1d(np.asarray(customer)), return_inverse=True)
    goods, columns = np.unique(np.atleast_1d(np.asarray(product)), return_inverse=True)
    held = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(people), len(goods))).tocsr()
    held.data[:] = 1.0
    total = max(customers or 0, len(people))
    alone = np.asarray(held.sum(axis=0)).ravel()
    both = (held.T @ held).tocoo()
    found = [
        _pair(goods[first].item(), goods[second].item(), (int(count), alone[first], alone[second], total))
        for first, second, count in zip(both.row, both.col, both.data, strict=True)
        if first != second and count >= fewest
    ]
    return sorted(found, key=lambda pair: (-pair.lift_at_least, -pair.support, str(pair.has), str(pair.also)))


def _pair(has: object, also: object, counts: tuple[int, float, float, int]) -> Pair:
    """Lift with its interval by the delta method for multinomial shares."""
    both, first, second, total = counts
    lift = both * total / (first * second)
    variance = (total / both - total / first - total / second + 2 * lift - 1) / total
    width = ONE_SIDED_95 * np.sqrt(max(variance, 0.0))
    return Pair(has, also, both, float(both / first), float(lift), float(lift * np.exp(-width)))
