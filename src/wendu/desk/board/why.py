"""Why a customer stands in its class, and which question could move it: the answer to wanting it elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wendu.access.verbs import can
from wendu.coach.board import CLASSES
from wendu.coach.facts import CLASS
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.customers.models import Customer
from wendu.desk.customer_parts import Question, questions
from wendu.desk.plan import card_of
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.method.codes import Axis, Quadrant, Status
from wendu.method.quadrant import AxisScore, score_of
from wendu.method.quadrant_moves import Ask, asks_for
from wendu.method.reading import reaches
from wendu.method.state import StandingAnswer
from wendu.readings.models import Override
from wendu.readings.queries import standing_override
from wendu.touches.choices import Answer


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis: its score against the line, and the five questions behind it."""

    code: str
    words: str
    score: float | None
    is_high: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to ask, with the answer that would count and how far it carries."""

    question: Question
    answer: str
    score: float
    alone: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The way to another class: which axes are in the way, and what to ask about each."""

    letter: str
    motto: str
    asked: tuple[Asked, ...]

    @property
    def first(self) -> Asked | None:
        """The one question to ask first."""
        return self.asked[0] if self.asked else None


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the page shows."""

    customer: Customer
    quadrant: str
    motto: str
    line: float
    axes: tuple[AxisShown, ...]
    ways: tuple[Way, ...]
    wanted: Way | None
    held: Override | None
    may: Mapping[str, bool]


def why_here(user: User, customer: Customer, at: datetime, *, wanted: str = "") -> Why:
    """Read why a visible customer stands where it stands; `wanted` is the class somebody would like instead."""
    frame = Frame.at(at)
    rows = questions(user, customer, frame)
    answers = [
        StandingAnswer(Axis(row.axis), row.code, row.value, row.answered_on)
        for row in rows
        if row.value is not None and row.answered_on is not None
    ]
    standing = Standing.objects.visible_to(user).filter(customer=customer).first()
    letter = standing.quadrant if standing else ""
    ways = tuple(_way(each, answers, rows, frame) for each in CLASSES if each != letter)
    return Why(
        customer=customer,
        quadrant=letter,
        motto=_motto(letter, frame) if letter else "",
        line=frame.scale.quadrant.high_from,
        axes=tuple(_axis(axis, answers, rows, frame) for axis in Axis),
        ways=ways,
        wanted=next((way for way in ways if way.letter == wanted), None),
        held=standing_override(customer, CLASS, frame.today),
        may={"answer": can(user, "indicator.answer", customer), "override": can(user, "override.set", customer)},
    )


def _motto(letter: str, frame: Frame) -> str:
    return card_of(frame.playbook, letter, Status.IN_PURSUIT.value).motto.of(lang())


def _axis(axis: Axis, answers: list[StandingAnswer], rows: list[Question], frame: Frame) -> AxisShown:
    mine = tuple(row for row in rows if row.axis == axis.value)
    score: AxisScore = score_of(axis, answers, frame.scale.quadrant)
    high = score.value is not None and reaches(score.value, frame.scale.quadrant.high_from)
    return AxisShown(axis.value, mine[0].axis_words if mine else axis.value, score.value, high, mine)


def _way(letter: str, answers: list[StandingAnswer], rows: list[Question], frame: Frame) -> Way:
    codes = {axis: [row.code for row in rows if row.axis == axis.value] for axis in Axis}
    asks = asks_for(Quadrant(letter), answers, codes, on=frame.today, scale=frame.scale.quadrant)
    return Way(letter, _motto(letter, frame), tuple(_asked(asks, rows)))


def _asked(asks: Iterable[Ask], rows: list[Question]) -> Iterable[Asked]:
    by_code: dict[str, Any] = {row.code: row for row in rows}
    for ask in asks:
        yield Asked(by_code[ask.indicator], str(Answer(ask.answer).label), ask.score, ask.alone)
