"""Concerns: which block a deal, and when one is suspected that nobody spoke out (method: 3.14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from wendu.method.deals.codes import ConcernState
from wendu.method.deals.scales import ConcernScale
from wendu.method.reading import Reading, because

OPEN = frozenset({ConcernState.OPEN, ConcernState.ANSWERING})


@dataclass(frozen=True, slots=True)
class Concern:
    """What somebody fears about deciding: how bad it would be, 1 to 5, and where it stands."""

    id: int
    severity: int
    state: ConcernState


class Signs(NamedTuple):
    """What may stand for a fear nobody spoke out; counts and yes or no, from the log of the deal."""

    postponements: int = 0
    re_raised: bool = False
    sudden_price_complaint: bool = False
    new_silence: bool = False
    refuses_to_meet: bool = False


def open_concerns(concerns: Iterable[Concern], scale: ConcernScale) -> Reading:
    """How many concerns are open, and whether one is so severe that nobody should sign over it: `met` or `missing`."""
    open_ = sorted((each for each in concerns if each.state in OPEN), key=lambda each: (-each.severity, each.id))
    blocking = [each for each in open_ if each.severity >= scale.blocking_severity]
    return Reading(
        value=len(open_),
        band="missing" if blocking else "met",
        reasons=tuple(because("concern_open", concern=each.id, severity=each.severity) for each in blocking),
    )


def resolved_state(*, confirmed_by_customer: bool) -> ConcernState:
    """A concern answered stays `answering` until the customer says that it is settled."""
    return ConcernState.RESOLVED if confirmed_by_customer else ConcernState.ANSWERING


def hidden_concern(signs: Signs, scale: ConcernScale) -> Reading:
    """Whether to ask for the worry behind what they do: `ask` with the signs, else `quiet`. Meant from ST3 on."""
    found = []
    if signs.postponements >= scale.postponements:
        found.append(because("postponed", times=signs.postponements))
    found += [
        because(code)
        for code in ("re_raised", "sudden_price_complaint", "new_silence", "refuses_to_meet")
        if getattr(signs, code)
    ]
    return Reading(len(found), "ask" if found else "quiet", tuple(found))
