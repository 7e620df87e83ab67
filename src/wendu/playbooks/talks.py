"""What a talk is prepared with: the questions by the problem they are about, whom they suit, what to ask for."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wendu.playbooks.plays import Market
from wendu.playbooks.text import Line, Part, Symbol, Text

Advance = Literal["none", "ST1", "ST2", "ST3", "ST4", "household"]
_COMMA = re.compile(r"[,，、;；]")
STEPS = ("look_up", "situation", "problem", "implication", "payoff")
"""The lists of a problem: what to find out before going, then the four kinds in the order they are asked."""


class Audience(StrEnum):
    """Whom one speaks to: the same problem hurts each of them elsewhere."""

    DECIDER = "decider"
    TECHNICAL = "technical"
    USER = "user"
    PURCHASING = "purchasing"
    FINANCE = "finance"
    HOUSEHOLD = "household"


class SpinQuestion(Part):
    """One question; without roles it suits everybody."""

    code: Symbol
    roles: tuple[Audience, ...] = ()
    zh: Line
    en: Line

    @property
    def text(self) -> Text:
        """The words without their roles."""
        return Text(zh=self.zh, en=self.en)

    @model_validator(mode="after")
    def _reads_as_text(self) -> Self:
        Text(zh=self.zh, en=self.en)
        return self


class SpinProblem(Part):
    """A problem customers of some trades have, with a whole chain of questions about it (method: 3.9).

    Without industries it may come up anywhere; without markets it is one of firms and public bodies. `products` are
    words, parted by commas, of what we sell against it.
    """

    code: Symbol
    name: Text
    industries: tuple[Symbol, ...] = ()
    markets: tuple[Market, ...] = ()
    products: Text | None = None
    look_up: tuple[SpinQuestion, ...] = ()
    situation: tuple[SpinQuestion, ...] = ()
    problem: Annotated[tuple[SpinQuestion, ...], Field(min_length=1)]
    implication: Annotated[tuple[SpinQuestion, ...], Field(min_length=1)]
    payoff: Annotated[tuple[SpinQuestion, ...], Field(min_length=1)]

    def questions(self) -> Iterator[tuple[str, SpinQuestion]]:
        """Every question with the list it stands in, in the order they are asked."""
        for step in STEPS:
            yield from ((step, question) for question in getattr(self, step))

    def is_met_by(self, sold: str) -> bool:
        """Whether what is sold is named among the words of what helps."""
        return bool(self.products) and any(word in sold.casefold() for word in said_words(self.products))

    def suits(self, market: str) -> bool:
        """Whether customers of this market have the problem: private persons only those that are named theirs."""
        return market in self.markets if self.markets else market != "b2c"


class AudienceCard(Part):
    """How to be with one kind of person, and the one thing he should take with him."""

    name: Text
    mood: Text
    message: Text


class AdvanceWords(Part):
    """What the customer should do after the talk, and what would still be a step."""

    objective: Text
    fallback: Text


class MisuseHint(Part):
    """Words that spoil a question, parted by commas, and how to mend it."""

    code: Symbol
    hint: Text
    words: Text


class TalkWords(Part):
    """Everything around the questions of a talk."""

    audiences: dict[Audience, AudienceCard]
    advances: dict[Advance, AdvanceWords]
    misuse: tuple[MisuseHint, ...] = ()


def said_words(words: Text | None) -> frozenset[str]:
    """Words parted by commas of either language, in both of ours."""
    said = f"{words.zh},{words.en}" if words else ""
    return frozenset(word for part in _COMMA.split(said) if (word := part.strip().casefold()))


def loose_ends(problems: tuple[SpinProblem, ...], talks: TalkWords) -> Iterator[tuple[str, dict[str, str]]]:
    """What the questions refer to and the playbook lacks, and codes written twice.

    A trade the firm has taken out of its list may stay named here: nobody is in it, so nobody is asked.
    """
    for place, wanted, present in (
        ("talks.audiences", set(Audience), set(talks.audiences)),
        ("talks.advances", {"none", "ST1", "ST2", "ST3", "ST4", "household"}, set(talks.advances)),
    ):
        for name in sorted(wanted - present):
            yield "entry_missing", {"place": place, "name": name}
    for problem in problems:
        yield from _twice(f"{step}.{question.code}" for step, question in problem.questions())
    yield from _twice(problem.code for problem in problems)


def _twice(codes: Iterator[str]) -> Iterator[tuple[str, dict[str, str]]]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield "duplicate", {"name": code}
        seen.add(code)
