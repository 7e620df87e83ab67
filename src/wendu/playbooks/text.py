"""Words in both languages, and the placeholders they may carry."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

PLACEHOLDERS: frozenset[str] = frozenset(
    {
        "amount", "band", "contact", "count", "customer", "date", "days", "drops", "guess", "hours", "kind", "max_days",
        "me", "need", "peak", "points", "problem", "product", "promise", "quadrant", "share", "source", "temperature",
    }
)  # fmt: skip
"""Every name a text may ask for; whoever fills a text knows them all."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_ONE = re.compile(r"(?<![\d.,])1 (day|hour|time|drop|talk|problem|deal|customer)s\b")
_ADDRESS = re.compile(r"(?P<before>^|[.?。？]\s*)\{contact\}(?:，|,\s|(?=您好))(?P<next>.)")
_EXTRA_SPACE = re.compile(r" {2,}")
_CHINESE_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Symbol = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Amount = Annotated[float, Field(strict=True, ge=0)]
Factor = Annotated[float, Field(strict=True, gt=0)]
Count = Annotated[int, Field(strict=True, ge=1)]
Offset = Annotated[int, Field(strict=True, ge=0)]


class Part(BaseModel):
    """A part of a playbook: unknown keys are errors and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """The same words in Chinese and in English; neither may be empty."""

    zh: Line
    en: Line

    def of(self, lang: str) -> str:
        """Return the words for a language code such as `zh-hans` or `en`."""
        return self.zh if lang.lower().startswith("zh") else self.en

    @model_validator(mode="after")
    def _asks_only_for_known_values(self) -> Self:
        for words in (self.zh, self.en):
            unknown = placeholders(words) - PLACEHOLDERS
            if unknown:
                name = min(unknown) or "{}"
                raise PydanticCustomError("unknown_placeholder", "unknown placeholder", {"name": name})
            if "{" in _SLOT.sub("", words) or "}" in _SLOT.sub("", words):
                raise PydanticCustomError("loose_brace", "a brace without its partner", {"text": words})
        return self


def placeholders(words: str) -> set[str]:
    """Return the names in braces that a text asks for."""
    return set(_SLOT.findall(words))


def fill(words: str, values: Mapping[str, object], neutral: Callable[[str], str] = lambda _name: "") -> str:
    """Put the values in; what is missing becomes the neutral wording of its name, and no brace is ever shown.

    A form of address nobody can fill ("{contact}, ...") goes away together with its comma. English counts one day,
    not one days.
    """
    addressed = words if "{" not in words or _said(values, "contact") else _without_address(words)
    filled = _SLOT.sub(lambda slot: _said(values, slot[1]) or neutral(slot[1]), addressed)
    opening = _SLOT.match(addressed)
    if opening and not _said(values, opening[1]):
        filled = filled[:1].upper() + filled[1:]
    return _ONE.sub(r"1 \1", _EXTRA_SPACE.sub(" ", _CHINESE_SPACE.sub("", filled))).strip()


def _said(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    said = "" if value is None else str(value)
    return said if said.strip() else ""


def _without_address(words: str) -> str:
    """Drop "{contact}, " where it opens a sentence and start that sentence with a capital."""
    return _ADDRESS.sub(lambda found: found["before"] + found["next"].upper(), words)
