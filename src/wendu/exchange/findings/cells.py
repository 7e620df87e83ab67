"""Cells of findings into values: how each column is read follows from what it holds."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.utils.translation import override

from wendu.exchange.errors import BadScores
from wendu.exchange.findings.sorts import Sort
from wendu.exchange.loaders.fields import Reader, Words, column_reader, day_reader, remembered
from wendu.exchange.run import Run
from wendu.exchange.values import number_from, word_from
from wendu.exchange.vocabulary import key_of
from wendu.opportunities.actions import LINKS

LOOKED_UP = ("contact_id", "demand_id", *LINKS)
"""Columns that name another row: found once the deal is known."""
LARGEST_VERSION = 9999


def is_amount(column: str) -> bool:
    """Whether a column holds money, which is read in the currency of its deal."""
    return column.endswith("_minor")


def readers_of(sort: Sort, run: Run) -> dict[str, Reader]:
    """How each column of a kind is read, by what a file calls it; amounts and other rows are read later."""
    words, day, blank = Words(), day_reader(run), sort.model()
    plain = [name for name in sort.columns if name not in LOOKED_UP and not is_amount(name)]
    found = {sort.head(name): _reader(blank, name, words, day) for name in plain}
    if "unit_minor" in sort.columns:
        found |= {"valid_until": day, "version": remembered(lambda text: number_from(text, 1, LARGEST_VERSION))}
    return found


def _reader(blank: models.Model, name: str, words: Words, day: Reader) -> Reader:
    column = cast("models.Field[Any, Any]", blank._meta.get_field(name))
    if column.choices:
        return chosen(column)
    if isinstance(column, models.DateField):
        return day
    if isinstance(column, models.BooleanField):
        return remembered(lambda text: words.read(text, "flag") == "1")
    if isinstance(column, models.JSONField):
        return scores_from
    return column_reader(blank, name)


def chosen(column: "models.Field[Any, Any]") -> Callable[[str], Any]:
    """Read one of the symbols of a room: itself, or its word in one of our languages."""
    known: dict[str, Any] = {}
    symbols: dict[str, str] = {}
    exactly = {str(symbol): symbol for symbol, _label in column.flatchoices}  # -1 and 1 are compared alike as words
    for language, _name in settings.LANGUAGES:
        with override(language):
            for symbol, label in column.flatchoices:
                words = {key_of(str(label)): str(label), key_of(str(symbol)): str(symbol)}
                known |= dict.fromkeys(words, symbol)
                symbols |= words

    def read(text: str) -> Any:
        if text.strip() in exactly:
            return exactly[text.strip()]
        return known[key_of(word_from(text, symbols))]

    return remembered(read)


def scores_from(text: str) -> dict[str, int]:
    """Read what each rival scores: `Haichuan 7; Jinhui 5`."""
    found: dict[str, int] = {}
    for part in text.replace("；", ";").replace("，", ";").replace(",", ";").split(";"):
        name, _space, score = part.strip().rpartition(" ")
        if not part.strip():
            continue
        if not name.strip() or not score.isdecimal() or len(score) > 2:  # noqa: PLR2004  0 to 10
            raise BadScores(value=part.strip()[:40])
        found[name.strip()] = int(score)
    return found
