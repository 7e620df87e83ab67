"""What the library of solutions has earned: how often one was used, and how many of those deals were won (3.13)."""

from wendu.method.deals.scales import PresentationScale
from wendu.method.reading import Reading, because

PERCENT = 100.0


def win_rate(won: int, lost: int, scale: PresentationScale) -> Reading:
    """The share of decided deals with a solution that were won, 0 to 100; `few` while too few say nothing.

    Three won of three is luck or a friend; only from a number of decided deals on a rate is shown.
    """
    decided = won + lost
    if decided < scale.win_rate_from_deals:
        reason = because("few_decided", decided=decided, need=scale.win_rate_from_deals)
        return Reading(None, "few", (reason,), ("decided_deals",))
    return Reading(PERCENT * won / decided, "known", (because("decided", won=won, decided=decided),))
