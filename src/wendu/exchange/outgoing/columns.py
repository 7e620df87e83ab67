"""One column of a table that goes out: what is read for it, and how a stretch of values becomes cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

Cells = Sequence[str]
BARE_UUID = 32


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field our importer knows it by, or a code of its own; what is read of a row; and how it is written.

    `write` is given the values of each path for some rows at once, in their order. `typed` says that people typed
    what stands there, so that it may look like a formula. `head` is what it is called where that is no field of ours.
    """

    name: str
    paths: tuple[str, ...]
    write: Callable[..., Cells]
    typed: bool = False
    head: str = ""


def text(name: str, path: str = "") -> Column:
    """A text as people typed it."""
    return Column(name, (path or name,), _as_it_is, typed=True)


def ident(name: str = "uuid", path: str = "uuid") -> Column:
    """The number we ourselves know a thing by: a row that bears it is found again, whatever else changed."""
    return Column(name, (path,), lambda values: [_dashed(value) for value in values])


def code(name: str, words: Mapping[Any, str], path: str = "") -> Column:
    """A symbol of a closed list, by its word; one without a word as it is."""
    return Column(name, (path or name,), lambda values: [words.get(value, value) for value in values], typed=True)


def day(name: str, path: str = "") -> Column:
    """A day."""
    return Column(name, (path or name,), days)


def number(name: str, path: str = "") -> Column:
    """A whole number; nothing while it is unknown."""
    return Column(name, (path or name,), lambda values: ["" if value is None else str(value) for value in values])


def flag(name: str, words: tuple[str, str], path: str = "") -> Column:
    """Yes or no, by the two words for them."""
    yes, no = words
    return Column(name, (path or name,), lambda values: [yes if value else no for value in values])


def looked_up(name: str, path: str, found: Mapping[Any, str]) -> Column:
    """What a key stands for, as far as it may be named."""
    return Column(name, (path,), lambda keys: [found.get(key, "") for key in keys], typed=True)


def days(values: Iterable[date | str | None]) -> Cells:
    """Days as every program reads them; one database gives them as days, the other as texts."""
    return [value if isinstance(value, str) else value.isoformat() if value is not None else "" for value in values]


def local_days(values: Iterable[datetime | None]) -> Cells:
    """Moments by the day they fell on here."""
    return ["" if value is None else timezone.localtime(value).date().isoformat() for value in values]


def _dashed(value: str) -> str:
    """An id as we write it; one database keeps it without its dashes."""
    if len(value) != BARE_UUID:
        return value
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def _as_it_is(values: Cells) -> Cells:
    return values
