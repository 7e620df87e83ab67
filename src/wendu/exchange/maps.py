"""Map files: how the columns of a foreign file become ours, written in YAML and checked before anything is read."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

import yaml
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _n
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wendu.exchange.errors import BadMap

Kind = Literal[
    "users", "customers", "contacts", "touches", "opportunities", "influencers", "demands", "rewordings", "criteria",
    "effects", "trust_ratings", "interests", "benefit_cards", "value_messages", "concerns", "worths", "competitors",
    "expectations", "deal_sheets", "quote_lines", "promises", "commitments", "orders", "receipts", "subscriptions",
    "products", "contracts",
]  # fmt: skip


class Part(BaseModel):
    """A part of a map; a name we do not know is a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Split(Part):
    """One column that holds several things: cut at `by`, each piece goes to the next field."""

    column: str
    by: str = Field(min_length=1)
    into: tuple[str, ...] = Field(min_length=1)


class Lookup(Part):
    """Another file that knows more: where its column `key` equals our column `column`, its columns fill fields."""

    file: str
    column: str
    key: str
    take: Mapping[str, str]


class NewField(Part):
    """A field of the company's own, defined by the import if there is none of this code yet."""

    zh: str
    en: str
    type: Literal["text", "number", "date", "flag"] = "text"


class ImportMap(Part):
    """How one kind of file is read; with `columns` only these columns count, else names are recognised.

    `places` say the same by where a column stands (0 is the first): two columns may bear one name, or none.
    """

    kind: Kind
    columns: Mapping[str, str] = {}
    places: Mapping[int, str] = {}
    dates: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = {}
    defaults: Mapping[str, str] = {}
    compose: Mapping[str, str] = {}
    splits: tuple[Split, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    custom_fields: Mapping[str, NewField] = {}


_PROBLEMS = {
    "extra_forbidden": _n("is not known here. Check the spelling."),
    "missing": _n("is missing. Add it."),
    "literal_error": _n("is not one of the values allowed. Look at docs/howto/import.md."),
    "string_type": _n("must be a text. Put it between quotes."),
    "tuple_type": _n("must be a list."),
    "mapping_type": _n("must be a table of names and values."),
    "dict_type": _n("must be a table of names and values."),
    "model_type": _n("must be a table of names and values."),
    "too_short": _n("must not be empty."),
    "string_too_short": _n("must not be empty."),
}


def said(words: str, **params: object) -> str:
    """Words of a fault that are read later, in the language of whoever reads it then."""
    return lazy(partial(_told, words, params), str)()


def _told(words: str, params: Mapping[str, object]) -> str:
    return gettext(words) % params if params else gettext(words)


def load_map(path: Path, *, kind: str) -> ImportMap:
    """Read a map file and refuse, with its place, what does not fit."""
    try:
        given: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        raise BadMap(file=path.name, place="-", problem=said(_n("cannot be opened. Check the path."))) from None
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = said(_n("line %(line)s"), line=mark.line + 1) if mark else "-"
        raise BadMap(file=path.name, place=place, problem=said(_n("is not YAML. Check indents and colons."))) from None
    try:
        found = ImportMap.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "-"
        known = _PROBLEMS.get(first["type"])
        problem = said(known) if known else first["msg"]
        raise BadMap(file=path.name, place=place, problem=problem) from None
    if found.kind != kind:
        problem = said(_n("is for %(kind)s. Give --kind %(kind)s or another map."), kind=found.kind)
        raise BadMap(file=path.name, place="kind", problem=problem)
    return found
