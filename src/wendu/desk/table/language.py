"""How a filter is written in an address: `class.in:A,B;latest.over:14`, one text per group; groups are alternatives.

Pure: it knows neither which fields there are nor what they mean. Reading and writing are each other's inverse.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GROUPS_AT_MOST, CONDITIONS_AT_MOST, VALUES_AT_MOST, LONGEST = 8, 12, 50, 2_000
_SHAPE = re.compile(r"(?P<field>[a-z]+(?:_[\w-]+)?)\.(?P<op>[a-z]+)(?::(?P<values>.*))?", re.DOTALL)
_KEPT_APART = {"%": "%25", ",": "%2C", ";": "%3B"}


class Unreadable(ValueError):
    """A text that is no filter; carries the part that cannot be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class TooMuch(ValueError):
    """A filter longer than anybody writes one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a customer: a field, how it is compared, and with what."""

    field: str
    op: str
    values: tuple[str, ...] = ()


Group = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Groups of conditions: a customer meets all conditions of at least one group; no group asks nothing."""

    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)


EVERYBODY = Filter()


def read_filter(texts: Iterable[str]) -> Filter:
    """Read the groups of an address; empty ones ask nothing and are left out."""
    kept = [text for text in texts if text.strip(" ;")]
    if len(kept) > GROUPS_AT_MOST or sum(map(len, kept)) > LONGEST:
        raise TooMuch
    return Filter(tuple(read_group(text) for text in kept))


def read_group(text: str) -> Group:
    """Read one group."""
    parts = [part for part in text.split(";") if part.strip()]
    if len(parts) > CONDITIONS_AT_MOST:
        raise TooMuch
    return tuple(_condition(part.strip()) for part in parts)


def write_filter(asked: Filter) -> list[str]:
    """Write each group as the text of an address."""
    return [write_group(group) for group in asked.groups if group]


def write_group(group: Sequence[Condition]) -> str:
    """Write one group."""
    return ";".join(_written(condition) for condition in group)


def _condition(part: str) -> Condition:
    match = _SHAPE.fullmatch(part)
    if match is None or "\x00" in part:
        raise Unreadable(part[:80])
    values = tuple(_parted(value) for value in (match["values"] or "").split(",") if value)
    if len(values) > VALUES_AT_MOST:
        raise TooMuch
    return Condition(match["field"], match["op"], values)


def _written(condition: Condition) -> str:
    values = ",".join(_joined(value) for value in condition.values)
    return f"{condition.field}.{condition.op}" + (f":{values}" if values else "")


def _joined(value: str) -> str:
    return "".join(_KEPT_APART.get(sign, sign) for sign in value)


def _parted(value: str) -> str:
    for sign, written in reversed(_KEPT_APART.items()):
        value = value.replace(written, sign)
    return value
