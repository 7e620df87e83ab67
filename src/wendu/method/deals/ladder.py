"""The ladder of plus and minus: which part of what is delivered sets us apart from each other choice (method: 3.16)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wendu.method.reading import exact


@dataclass(frozen=True, slots=True)
class Parts:
    """What one choice gives and takes, part by part in one unit; None is unknown. To do nothing has no parts."""

    name: str = ""
    plus: Mapping[str, float | None] = field(default_factory=dict)
    minus: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def delivered(self) -> float | None:
        """What is left to the customer; one unknown part leaves it unknown."""
        gives, takes = list(self.plus.values()), list(self.minus.values())
        if None in gives or None in takes:
            return None
        return sum(each or 0.0 for each in gives) - sum(each or 0.0 for each in takes)


class Rung(NamedTuple):
    """One part: ours, theirs, how far they are ahead in it, and whether it alone would close the gap."""

    part: str
    ours: float | None
    theirs: float | None
    behind: float | None
    closes: bool


class Ladder(NamedTuple):
    """We against one other choice: how far ahead we are, what is still needed to lead, the largest gap first."""

    name: str
    theirs: float | None
    ahead: float | None
    needed: float | None
    rungs: tuple[Rung, ...]


def ladder(ours: Parts, other: Parts) -> Ladder:
    """Hold us against one other choice. A part is behind by what the customer loses in it by taking us."""
    mine, theirs = ours.delivered, other.delivered
    ahead = None if mine is None or theirs is None else exact(mine - theirs)
    needed = None if ahead is None else max(0.0, -ahead)
    rungs = [_rung(part, ours.plus.get(part), other.plus.get(part), 1, needed) for part in other.plus]
    rungs += [_rung(part, ours.minus.get(part), other.minus.get(part), -1, needed) for part in other.minus]
    rungs.sort(key=lambda rung: (rung.behind is None, -(rung.behind or 0.0)))
    return Ladder(other.name, theirs, ahead, needed, tuple(rungs))


def _rung(part: str, ours: float | None, theirs: float | None, sign: int, needed: float | None) -> Rung:
    behind = None if ours is None or theirs is None else exact(sign * (theirs - ours))
    closes = bool(needed) and behind is not None and needed is not None and behind >= needed
    return Rung(part, ours, theirs, behind, closes)
