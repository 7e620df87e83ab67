"""Places in a playbook's content, written `window.classes.A.expected_months` or `temperature.bands[0].start`."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_STEP = re.compile(r"[^.\[\]]+")
NAMES = ("key", "code")
"""By which of its values an entry of a list is told from the others."""
ORDER = "#"
"""The last step of the place that stands for the order of a list; no entry can be called so."""


class NoSuchPlace(LookupError):
    """A path that leads nowhere in this playbook."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two playbooks differ; None where one of them has nothing."""

    path: str
    before: Any
    after: Any


def value_at(content: Any, path: str) -> Any:
    """What stands at a place."""
    found = content
    for step in _steps(path):
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            raise NoSuchPlace(path) from None
    return found


def named_path(content: Any, path: str) -> str:
    """The same place with the names of entries instead of their numbers: `plays[0].do` becomes `plays.strike.do`."""
    found, words = content, list[str]()
    for step in _steps(path):
        entries = found if isinstance(found, list) else []
        entry = entries[step] if isinstance(step, int) and step < len(entries) else None
        name = next((entry[name] for name in NAMES if name in entry), step) if isinstance(entry, dict) else step
        words.append(str(name))
        found = entry if entry is not None else found.get(step) if isinstance(found, dict) else None
    return ".".join(words)


def with_values(content: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The same content with other values at these places, each of which must be there."""
    changed = copy.deepcopy(dict(content))
    for path, value in values.items():
        *way, last = _steps(path)
        value_at(changed, path)
        place: Any = changed
        for step in way:
            place = place[step]
        place[last] = value
    return changed


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Where two contents differ, place by place; entries of lists are told by their own name where they have one.

    What stands in another order differs at the place `ORDER` of its list, by the names of the entries.
    """
    old, new = _named(before), _named(after)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            place = f"{path}.{name}" if path else str(name)
            yield from differences(old.get(name), new.get(name), place)
        if isinstance(before, list) and not in_step(old, new):
            yield Difference(f"{path}.{ORDER}", list(old), list(new))
    elif before != after:
        yield Difference(path, before, after)


def in_step(old: Iterable[Any], new: Iterable[Any]) -> bool:
    """Whether the names both have stand in the same order."""
    was, comes = list(old), list(new)
    return [name for name in was if name in comes] == [name for name in comes if name in was]


def _named(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for name in NAMES:
            if all(name in each for each in value):
                return {each[name]: each for each in value}
        return dict(enumerate(value))
    return value


def _steps(path: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in _STEP.findall(path)]
