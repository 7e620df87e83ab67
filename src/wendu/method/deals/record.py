"""What closed deals say: how often won, how long it took, and whether won ones differ (method: 3.3, 7.12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median, quantiles

from wendu.method.reading import Reading, because

PERCENT = 100.0
SURE = 1.96  # standard errors: a difference chance alone would make in one of twenty comparisons is none
QUARTERED_FROM = 4  # fewer values have no quarters


@dataclass(frozen=True, slots=True)
class Spread:
    """Some values: how many, the middle one, and the middle half as soon as there are four."""

    count: int
    middle: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One behaviour in won and in lost deals; `verdict` is `more`, `less`, `same` or, of too few, `few`."""

    won: Spread | None
    lost: Spread | None
    verdict: str


def win_rate(won: int, deals: int, at_least: int) -> Reading:
    """The share won in per cent; of too few it is not known, and how many there are is said."""
    reasons = (because("ended_deals", won=won, deals=deals),)
    if deals < at_least:
        return Reading(None, "few", reasons)
    return Reading(PERCENT * won / deals, "known", reasons)


def stage_rates(ended: Mapping[str, tuple[int, int]], stages: Sequence[str], at_least: int) -> Mapping[str, Reading]:
    """How often deals that had come to a stage before they ended were won; `ended` is won and all by furthest stage.

    What is passed on the day of the end itself tells nothing: it was passed because the deal was won.
    """
    found = {}
    for place, stage in enumerate(stages):
        come = [counts for reached, counts in ended.items() if _place(reached, stages) >= place]
        found[stage] = win_rate(sum(won for won, _all in come), sum(count for _won, count in come), at_least)
    return found


def chance_at(stage: str, rates: Mapping[str, Reading]) -> tuple[str, Reading] | None:
    """What an open deal at a stage counts on: the rate of its stage, else of the latest earlier one that is known."""
    stages = list(rates)
    for each in reversed(stages[: _place(stage, stages) + 1]):
        if rates[each].value is not None:
            return each, rates[each]
    return None


def spread(values: Iterable[float | None]) -> Spread | None:
    """The middle of what is known, and its middle half; nothing of nothing."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    if len(known) < QUARTERED_FROM:
        return Spread(len(known), float(median(known)))
    low, middle, high = quantiles(known, n=4, method="inclusive")
    return Spread(len(known), middle, low, high)


def compared(won: Sequence[float | None], lost: Sequence[float | None], at_least: int) -> Compared:
    """Whether a behaviour differs between won and lost deals, by the ranks of all values together."""
    ours, theirs = [v for v in won if v is not None], [v for v in lost if v is not None]
    shown = Compared(spread(ours), spread(theirs), "few")
    if min(len(ours), len(theirs)) < at_least:
        return shown
    lean = _lean(ours, theirs)
    verdict = "same" if abs(lean) < SURE else "more" if lean > 0 else "less"
    return Compared(shown.won, shown.lost, verdict)


def differ(one: tuple[int, int], other: tuple[int, int], at_least: int) -> str:
    """Whether two shares, each as (won, deals), differ: `more`, `less`, `same` or `few`."""
    (won, deals), (others_won, others) = one, other
    if min(deals, others) < at_least:
        return "few"
    together = (won + others_won) / (deals + others)
    error = sqrt(together * (1 - together) * (1 / deals + 1 / others))
    lean = (won / deals - others_won / others) / error if error else 0.0
    return "same" if abs(lean) < SURE else "more" if lean > 0 else "less"


def _place(stage: str, stages: Sequence[str]) -> int:
    return stages.index(stage) if stage in stages else len(stages) - 1 if stage > stages[-1] else 0


def _lean(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many standard errors the ranks of our values lie above what chance would give (Mann and Whitney)."""
    ranks, tied = _ranks(sorted([*ours, *theirs]))
    count, rest = len(ours), len(theirs)
    total = count + rest
    above = sum(ranks[value] for value in ours) - count * (count + 1) / 2
    variance = count * rest / 12 * (total + 1 - tied / (total * (total - 1)))
    return (above - count * rest / 2) / sqrt(variance) if variance > 0 else 0.0


def _ranks(values: Sequence[float]) -> tuple[dict[float, float], float]:
    """The rank of each value, equals sharing theirs, and what ties take from the variance."""
    first: dict[float, int] = {}
    number: dict[float, int] = {}
    for place, value in enumerate(values, start=1):
        first.setdefault(value, place)
        number[value] = number.get(value, 0) + 1
    ranks = {value: first[value] + (number[value] - 1) / 2 for value in first}
    return ranks, float(sum(n**3 - n for n in number.values()))
