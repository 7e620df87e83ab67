"""Named texts into checked columns of a row of ours."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from wendu.exchange.errors import BrokenCode, ValueMissing
from wendu.exchange.run import Run
from wendu.exchange.values import day_from, word_from
from wendu.exchange.vocabulary import word_list
from wendu.kernel.changes import checked, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line

Reader = Callable[[str], Any]
MOST_REMEMBERED = 5000
_CUT_SHORT = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")


class Words:
    """The closed lists of one import, each looked up once."""

    def __init__(self) -> None:
        self._lists: dict[str, dict[str, str]] = {}

    def read(self, text: str, name: str) -> str:
        """Give the symbol a word of a list means."""
        if name not in self._lists:
            self._lists[name] = word_list(name)
        return word_from(text, self._lists[name])


def gather(values: Mapping[str, str], readers: Mapping[str, Reader], refusals: list[ActionError]) -> dict[str, Any]:
    """Read every field that is there; what cannot be read goes to the refusals, with its field."""
    found = {}
    for name, text in values.items():
        if text and name in readers:
            try:
                found[name] = readers[name](text)
            except ActionError as refusal:
                refusal.field = name
                refusals.append(refusal)
    return found


def column_reader(blank: models.Model, name: str) -> Reader:
    """Read a text as its column demands; what is short enough for a column without choices needs no more checks."""
    column: Any = blank._meta.get_field(name)
    longest = column.max_length
    if not isinstance(column, models.CharField) or column.choices or not longest:
        return lambda text: checked(blank, name, text)

    def read(text: str) -> Any:
        line = tidy_line(text)
        return line if 0 < len(line) <= longest else checked(blank, name, text)

    return read


def whole_code(read: Reader) -> Reader:
    """Read a number another system knows a thing by; one a spreadsheet cut short would mean several things."""

    def look(text: str) -> Any:
        if "+" in text and _CUT_SHORT.fullmatch(text):
            raise BrokenCode(value=text[:40])
        return read(text)

    return look


def remembered(read: Reader) -> Reader:
    """Read what comes again and again only once: cities, kinds, days, yes and no."""
    known: dict[str, Any] = {}

    def look(text: str) -> Any:
        if text in known:
            return known[text]
        found = read(text)
        if len(known) < MOST_REMEMBERED:
            known[text] = found
        return found

    return look


def day_reader(run: Run) -> Reader:
    """Read a day by the formats of the map."""
    return remembered(lambda text: day_from(text, run.shape.map.dates))


def need(values: Mapping[str, str], name: str, refusals: list[ActionError]) -> None:
    """Refuse a row in which a field is empty that must not be."""
    if not values.get(name):
        refusals.append(ValueMissing().at(name))


def differing(row: models.Model, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put given values on a row and tell, in plain form, what was and what is where they differ."""
    before, after = {}, {}
    for name, value in given.items():
        old = getattr(row, name)
        if old != value:
            before[name], after[name] = plain(old), plain(value)
            setattr(row, name, value)
    return before, after
