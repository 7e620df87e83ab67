"""Versions of a requirement: what was told back, what it gains, whether the agreement still stands (method: 3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wendu.method.deals.codes import Gain, VersionState
from wendu.method.deals.demand import Criterion, chance, reconstruction
from wendu.method.deals.scales import DemandScale
from wendu.method.reading import exact


@dataclass(frozen=True, slots=True)
class Version:
    """One reconstruction: for which need it was told back, how well it meets it, and whether they agreed."""

    need: str
    fit: float | None = None
    agreed: bool = False
    brings: Criterion | None = None


class Gained(NamedTuple):
    """What a version is worth against what was asked for: in fit, in chance, and in the verdict of both."""

    more_fit: float | None
    more_chance: float | None
    gain: Gain


def gained(
    version: Version, asked_fit: float | None, criteria: Sequence[Criterion], scale: DemandScale, *, no_rival: bool
) -> Gained:
    """Compare a version with what was asked for; `criteria` are those they decide by without it.

    A version that brings no criterion leaves the chance as it is, known or not.
    """
    more_fit = None if version.fit is None or asked_fit is None else version.fit - asked_fit
    more_chance = 0.0 if version.brings is None else _more_chance(version.brings, criteria, scale, no_rival=no_rival)
    return Gained(more_fit, more_chance, reconstruction(more_fit, more_chance))


def version_state(version: Version, *, need: str, asked_fit: float | None) -> VersionState:
    """Where a version stands beside the need and the request as they are now."""
    if not same_need(version.need, need):
        return VersionState.STALE
    if not version.agreed:
        return VersionState.PROPOSED
    serves_less = version.fit is not None and asked_fit is not None and exact(version.fit - asked_fit) < 0
    return VersionState.WORSE if serves_less else VersionState.IN_FORCE


def in_force(versions: Sequence[Version], *, need: str, asked_fit: float | None) -> int | None:
    """The place of the version that counts: the latest in force, of versions in the order they were told back."""
    states = [version_state(each, need=need, asked_fit=asked_fit) for each in versions]
    return max((place for place, state in enumerate(states) if state is VersionState.IN_FORCE), default=None)


def same_need(first: str, second: str) -> bool:
    """Whether two wordings name the same need: spaces, case and marks do not make another one."""
    return _letters(first) == _letters(second)


def has_a_problem(*, why: str, said: Sequence[str], problems: Sequence[str]) -> bool:
    """Whether a wish rests on a problem: why now is told, or what is asked for or needed names one that was found."""
    return bool(why.strip()) or any(words and same_need(words, problem) for words in said for problem in problems)


def _more_chance(
    brings: Criterion, criteria: Sequence[Criterion], scale: DemandScale, *, no_rival: bool
) -> float | None:
    before = chance(criteria, scale, no_rival=no_rival).ahead
    after = chance([*criteria, brings], scale, no_rival=no_rival).ahead
    return None if before is None or after is None else after - before


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
