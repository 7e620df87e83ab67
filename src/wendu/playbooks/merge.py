"""Two playbooks that grew from the same one, brought together place by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wendu.playbooks.paths import NAMES, ORDER, Difference, differences, in_step

_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Clash:
    """One place both wrote on, each something else; None where one of them has nothing."""

    path: str
    before: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Ours with what only they changed; where both did, ours stands, or theirs where it was asked for."""

    content: dict[str, Any]
    taken: tuple[Difference, ...]
    clashes: tuple[Clash, ...]


def merged(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], *, taking: frozenset[str] = frozenset()
) -> Merged:
    """Bring together what two people made of the same playbook; key and version stay ours.

    A list only they put in another order stands in theirs; where both did, ours stands.
    """
    known = {name: ours[name] for name in ("key", "version") if name in ours}
    merging = _Merging(taking)
    content = merging.of({**base, **known}, dict(ours), {**theirs, **known}, "")
    return Merged(content, tuple(merging.taken), tuple(merging.clashes))


class _Merging:
    def __init__(self, taking: frozenset[str]) -> None:
        self.taking = taking
        self.taken: list[Difference] = []
        self.clashes: list[Clash] = []

    def of(self, base: Any, ours: Any, theirs: Any, path: str) -> Any:
        """What stands at one place afterwards."""
        if theirs in (ours, base):
            return ours
        if ours == base:
            self.taken.extend(differences(_plain(ours), _plain(theirs), path))
            return theirs
        mine, other = _named(ours), _named(theirs)
        if mine is not None and other is not None:
            known = _named(base) or {}
            found = self._entries(known, mine, other, path)
            if not isinstance(ours, list):
                return found
            if known and in_step(known, mine) and not in_step(known, other):
                self.taken.append(Difference(f"{path}.{ORDER}", list(mine), list(other)))
                found = {name: found[name] for name in (*other, *found) if name in found}
            return list(found.values())
        self.clashes.append(Clash(path, _plain(base), _plain(ours), _plain(theirs)))
        return theirs if path in self.taking else ours

    def _entries(self, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], path: str) -> dict[str, Any]:
        names = dict.fromkeys((*ours, *theirs))
        found = {}
        for name in names:
            old, mine, other = (side.get(name, _NOTHING) for side in (base, ours, theirs))
            found[name] = self.of(old, mine, other, f"{path}.{name}" if path else name)
        return {name: value for name, value in found.items() if value is not _NOTHING}


def _named(value: Any) -> dict[str, Any] | None:
    """The entries of a mapping, or of a list whose entries bear names of their own; None for anything else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        name = next((name for name in NAMES if all(name in each for each in value)), None)
        return {each[name]: each for each in value} if name else None
    return None


def _plain(value: Any) -> Any:
    return None if value is _NOTHING else value
