"""The two engines of revenue, new and existing customers, and what becomes of fees that come again (3.28)."""

from typing import NamedTuple


class Fees(NamedTuple):
    """Yearly fees: at the start, and what was added, reduced and ended since, of those who were there at the start."""

    start: int
    expansion: int = 0
    contraction: int = 0
    churn: int = 0


def net_retention(fees: Fees) -> float | None:
    """NRR: what is left of a fee of the start, 100 + 15 - 5 - 8 of 100 is 1.02; None where there was none."""
    if fees.start <= 0:
        return None
    return (fees.start + fees.expansion - fees.contraction - fees.churn) / fees.start


def moved(before: int, after: int) -> Fees:
    """What became of one fee: kept, raised, lowered or ended."""
    if after <= 0:
        return Fees(before, churn=before)
    return Fees(before, max(0, after - before), max(0, before - after))
