"""How often talks move a deal on, and when it has stalled (method: 3.15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from wendu.method.codes import Outcome
from wendu.method.deals.scales import ProgressScale
from wendu.method.reading import Reading, because

PERCENT = 100.0
MOVED = frozenset({Outcome.ORDER, Outcome.ADVANCE})


@dataclass(frozen=True, slots=True)
class Call:
    """One two-way talk about a deal, in order of time."""

    outcome: Outcome
    had_objective: bool


def advance_rate(calls: Sequence[Call]) -> Reading:
    """Orders and advances among the talks that had an objective, 0 to 100; None while none had."""
    meant = [call for call in calls if call.had_objective]
    moved = sum(call.outcome in MOVED for call in meant)
    value = PERCENT * moved / len(meant) if meant else None
    return Reading(value, "known" if meant else "unknown", (because("talks", meant=len(meant), moved=moved),))


def stalled(calls: Sequence[Call], scale: ProgressScale) -> Reading:
    """How many talks in a row went on without moving anything; `stalled` from three on, until something moves."""
    idle = 0
    for call in reversed(calls):
        if call.outcome is not Outcome.CONTINUATION:
            break
        idle += 1
    return Reading(idle, "stalled" if idle >= scale.stalled_after else "moving")
