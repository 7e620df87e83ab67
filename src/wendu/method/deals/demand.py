"""Requirement, need, motive: the three checks of a requirement, and what a reconstruction is worth (method: 3.8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from wendu.method.deals.codes import Answer, Gain, Verdict
from wendu.method.deals.scales import DemandScale
from wendu.method.reading import exact

PERCENT = 100.0
WHOLE_NEED = ("what", "who", "when", "how_much", "why", "by_what_standard")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the customer decides by: its weight 1 to 5, our score 0 to 10, and each rival's."""

    weight: int
    ours: float | None = None
    rivals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chance:
    """How far we are ahead of the best rival in the customer's own criteria, in points of 10; None is unknown."""

    ahead: float | None
    rival: str = ""
    ours: float | None = None
    theirs: float | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """The answers to: does it meet the need, is it the best for them, have we a chance."""

    true_need: Answer
    best_for_them: Answer
    can_win: Answer

    @property
    def verdict(self) -> Verdict:
        """A no weighs more than an unknown; only three times yes is accepted."""
        answers = (self.true_need, self.best_for_them, self.can_win)
        if Answer.NO in answers:
            return Verdict.RECONSTRUCT
        return Verdict.INVESTIGATE if Answer.UNKNOWN in answers else Verdict.ACCEPT


@dataclass(frozen=True, slots=True)
class Must:
    """One thing an influencer insists on: about what, and which way."""

    person: int
    topic: str
    position: str


class Conflict(NamedTuple):
    """Two influencers who insist on opposite things."""

    topic: str
    first: Must
    second: Must


def chance(criteria: Sequence[Criterion], scale: DemandScale, *, no_rival: bool = False) -> Chance:
    """Our weighted score minus the best rival's, over the criteria scored for both.

    The best rival has the highest weighted score of all. While no rival is known the chance is unknown, unless somebody
    said that there is none (they would do nothing): then any score of ours is ahead.
    """
    total = sum(criterion.weight for criterion in criteria)
    scored = [criterion for criterion in criteria if criterion.ours is not None]
    names = sorted({name for criterion in scored for name in criterion.rivals})
    if not scored or (not names and not no_rival):
        return Chance(None)
    if not names:
        ours = _mean([(criterion.weight, criterion.ours or 0.0) for criterion in scored])
        known = sum(criterion.weight for criterion in scored) / total
        return Chance(ours, "", ours, 0.0, known < scale.certain_from_share)
    best = max(names, key=lambda name: (sum(each.weight * each.rivals.get(name, 0.0) for each in scored), name))
    both = [criterion for criterion in scored if best in criterion.rivals]
    ours = _mean([(criterion.weight, criterion.ours or 0.0) for criterion in both])
    theirs = _mean([(criterion.weight, criterion.rivals[best]) for criterion in both])
    known = sum(criterion.weight for criterion in both) / total
    return Chance(ours - theirs, best, ours, theirs, known < scale.certain_from_share)


def three_checks(*, fit: float | None, best_for_them: bool | None, ahead: float | None, scale: DemandScale) -> Checks:
    """Judge a requirement by how well it fits the need (0 to 10), by a better idea for them, and by our chance."""
    return Checks(
        true_need=_answer(None if fit is None else fit >= scale.fit_from),
        best_for_them=_answer(best_for_them),
        can_win=can_win(ahead),
    )


def can_win(ahead: float | None) -> Answer:
    """Whether we have a chance in what they decide by: level with the best rival is enough."""
    return _answer(None if ahead is None else exact(ahead) >= 0)


def reconstruction(more_fit: float | None, more_chance: float | None) -> Gain:
    """What a new wording gains: `dual` for both sides, `single` for one; against the customer's fit is rejected (U9).

    A better fit that costs us a chance is allowed, but said (`warned`); neither better is no gain, and refused.
    """
    if more_fit is not None and exact(more_fit) < 0:
        return Gain.REJECTED
    if more_fit is None or more_chance is None:
        return Gain.UNKNOWN
    fit, ahead = exact(more_fit), exact(more_chance)
    if fit == 0 and ahead <= 0:
        return Gain.NO_GAIN
    if ahead < 0:
        return Gain.WARNED
    return Gain.DUAL if fit > 0 and ahead > 0 else Gain.SINGLE


def completeness(known: Iterable[str]) -> tuple[float, tuple[str, ...]]:
    """How much of a need is told, 0 to 100, and which of the six questions are still to be asked."""
    told = set(known)
    open_ = tuple(part for part in WHOLE_NEED if part not in told)
    return PERCENT * (len(WHOLE_NEED) - len(open_)) / len(WHOLE_NEED), open_


def conflicts(musts: Iterable[Must]) -> tuple[Conflict, ...]:
    """Pairs of influencers who insist on different things about the same topic."""
    by_topic: dict[str, list[Must]] = {}
    for must in musts:
        by_topic.setdefault(must.topic, []).append(must)
    return tuple(
        Conflict(topic, first, second)
        for topic, found in sorted(by_topic.items())
        for first, second in combinations(found, 2)
        if first.person != second.person and first.position != second.position
    )


def _answer(said: bool | None) -> Answer:  # noqa: FBT001 - it is the answer itself
    if said is None:
        return Answer.UNKNOWN
    return Answer.YES if said else Answer.NO


def _mean(weighted: Sequence[tuple[int, float]]) -> float:
    return sum(weight * score for weight, score in weighted) / sum(weight for weight, _ in weighted)
