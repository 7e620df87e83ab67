"""What to do when: plays with their scripts, class cards, the nurture track and the advice words."""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from wendu.method.codes import Axis, Status
from wendu.playbooks.situations import Situation
from wendu.playbooks.text import Count, Offset, Part, Symbol, Text

LONGEST_SILENCE = 90
"""Whoever rests hears from us at least so often, in days (method: 2.2)."""

PlayClass = Literal["A", "B", "C", "D", "unclassified", "existing"]
Market = Literal["b2b", "b2g", "b2c"]


class Script(Part):
    """Words a good salesperson would say; without markets it suits everyone.

    The code tells one script of a play from the others when two versions are compared; left out, its place gives one.
    """

    code: Symbol
    markets: tuple[Market, ...] = ()
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def suits(self, market: str) -> bool:
        """Tell whether the script may be said in this market."""
        return not self.markets or market in self.markets

    @property
    def text(self) -> Text:
        """The words without their markets."""
        return Text(zh=self.zh, en=self.en)

    @model_validator(mode="after")
    def _reads_as_text(self) -> Self:
        Text(zh=self.zh, en=self.en)
        return self


class When(Part):
    """For whom a play is meant; an empty list means everyone."""

    situations: Annotated[tuple[Situation, ...], Field(min_length=1)]
    classes: tuple[PlayClass, ...] = ()
    markets: tuple[Market, ...] = ()
    sales: tuple[Symbol, ...] = ()
    statuses: tuple[Status, ...] = ()


class Play(Part):
    """One thing to do: the line on the list, what the customer should do next, and how to say it."""

    key: Symbol
    when: When
    do: Text
    why: Text | None = None
    objective: Text
    fallback: Text
    kinds: tuple[Symbol, ...]
    guard: Text
    scripts: Annotated[tuple[Script, ...], Field(min_length=1)]

    @field_validator("scripts", mode="before")
    @classmethod
    def _every_script_has_a_code(cls, scripts: Any) -> Any:
        return list(_coded(scripts)) if isinstance(scripts, list | tuple) else scripts

    @model_validator(mode="after")
    def _no_code_twice(self) -> Self:
        codes = [script.code for script in self.scripts]
        for code in codes:
            if codes.count(code) > 1:
                raise PydanticCustomError("duplicate", "a code is written twice", {"name": code})
        return self

    @model_validator(mode="after")
    def _has_words_for_every_market(self) -> Self:
        for market in self.when.markets or ("b2b", "b2g", "b2c"):
            if not any(script.suits(market) for script in self.scripts):
                raise PydanticCustomError("market_without_script", "no script for a market", {"market": market})
        return self


class SituationWords(Part):
    """The short name of a situation and the sentence that says why, by reason code."""

    name: Text
    why: dict[Symbol, Text]

    @model_validator(mode="after")
    def _has_a_plain_reason(self) -> Self:
        if "default" not in self.why:
            raise PydanticCustomError("no_default_reason", "why.default is missing")
        return self


class ClassCard(Part):
    """The strategy of one class on one card (method: 3.5)."""

    name: Text
    motto: Text
    direction: Text
    methods: Annotated[tuple[Text, ...], Field(min_length=1)]
    hard: tuple[Text, ...] = ()
    soft: tuple[Text, ...] = ()


class Indicator(Part):
    """One of the ten facts behind the class, with the question a rep can ask to learn it."""

    code: Symbol
    axis: Axis
    question: Text
    some: Text
    clear: Text
    ask: Text
    ask_b2c: Text


class ChecklistItem(Part):
    """One thing to have in hand before the visit that should decide, and what to do when it is missing."""

    code: Literal["chain", "trust", "concerns", "offer"]
    text: Text
    red: Text


class ChurnReason(Part):
    """One cause for which customers leave us for good; people choose it when they declare a customer gone."""

    code: Annotated[Symbol, Field(max_length=20)]
    text: Text


class LightWords(Part):
    """What to do and say at one light step."""

    do: Text
    script: Text


class TrackStep(LightWords):
    """One light step of the nurture track: words that suit everybody, and closer ones for some markets."""

    code: Symbol
    after_days: Offset
    kind: Symbol
    markets: dict[Market, LightWords] = {}

    def words(self, market: str) -> LightWords:
        """The words for this market, else those for everybody."""
        return next((words for name, words in self.markets.items() if name == market), self)


class TrackExit(Part):
    """What ends the nurture track."""

    code: Literal["reply", "willingness", "wake_date", "opt_out"]
    text: Text


class Track(Part):
    """The long, light road for customers who are not ready."""

    name: Text
    steps: Annotated[tuple[TrackStep, ...], Field(min_length=1)]
    exits: Annotated[tuple[TrackExit, ...], Field(min_length=1)]
    repeat_after_days: Annotated[Count, Field(le=LONGEST_SILENCE)]
    join_within_days: Offset

    @model_validator(mode="after")
    def _never_falls_silent(self) -> Self:
        days = [0, *(step.after_days for step in self.steps)]
        if any(not earlier <= later <= earlier + LONGEST_SILENCE for earlier, later in pairwise(days)):
            raise PydanticCustomError("track_order", "the steps do not follow each other", {"days": LONGEST_SILENCE})
        return self


class Neutral(Part):
    """What stands in for a missing value: in lines for the rep, and in words said to the customer."""

    rep: dict[Symbol, Text]
    customer: dict[Symbol, Text]


def _coded(scripts: Sequence[Any]) -> Iterator[Any]:
    """Scripts that were written without a code, called by their place."""
    taken = {each.get("code") for each in scripts if isinstance(each, dict)}
    for place, script in enumerate(scripts, 1):
        if isinstance(script, dict) and "code" not in script:
            code = next(code for number in count(place) if (code := f"s{number}") not in taken)
            taken.add(code)
            yield {"code": code, **script}
        else:
            yield script
