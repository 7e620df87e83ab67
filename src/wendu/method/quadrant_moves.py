"""Which one question, answered anew, would move a customer to another class (method: 3.3, the class is evidence)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wendu.method.codes import Axis, Quadrant
from wendu.method.quadrant import AxisScore, axis_score, score_of
from wendu.method.reading import reaches
from wendu.method.scales import QuadrantScale
from wendu.method.state import StandingAnswer

HIGH: dict[Quadrant, dict[Axis, bool]] = {
    Quadrant.A: {Axis.WILLINGNESS: True, Axis.NEED: True},
    Quadrant.B: {Axis.WILLINGNESS: False, Axis.NEED: True},
    Quadrant.C: {Axis.WILLINGNESS: True, Axis.NEED: False},
    Quadrant.D: {Axis.WILLINGNESS: False, Axis.NEED: False},
}
UNANSWERED, STALE, FRESH = range(3)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to ask next: the answer that would carry its axis over the line, alone or as a first step."""

    axis: Axis
    indicator: str
    answer: int
    known: int | None
    score: float
    alone: bool


def asks_for(
    to: Quadrant,
    answers: Sequence[StandingAnswer],
    questions: Mapping[Axis, Sequence[str]],
    *,
    on: date,
    scale: QuadrantScale,
) -> tuple[Ask, ...]:
    """For each axis that speaks against a class, the question to ask; the axis that is nearest comes first.

    A question nobody asked goes before one whose answer is old, and that before one answered lately; among equals the
    smallest change of mind, then the order of the playbook. An unclassified target has no question.
    """
    found = []
    for axis, high in HIGH.get(to, {}).items():
        score = score_of(axis, answers, scale)
        if score.value is not None and reaches(score.value, scale.high_from) is high:
            continue
        asks = list(_candidates(axis, answers, questions[axis], high=high, scale=scale))
        if asks:
            ranks = [_rank(ask, answers, on, scale, high=high) for ask in asks]
            found.append((_distance(score, scale), asks[ranks.index(min(ranks))]))
    return tuple(ask for _, ask in sorted(found, key=lambda pair: pair[0]))


def _candidates(
    axis: Axis, answers: Sequence[StandingAnswer], codes: Sequence[str], *, high: bool, scale: QuadrantScale
) -> Iterator[Ask]:
    """Every answer that would push the axis the wanted way."""
    known = {answer.indicator: answer.score for answer in answers if answer.axis is axis}
    before = axis_score(list(known.values()), scale).value
    for code in codes:
        for answer in range(scale.top_answer + 1):
            after = axis_score(list({**known, code: answer}.values()), scale).value or 0.0
            if before is None or (after > before if high else after < before):
                alone = reaches(after, scale.high_from) is high
                if before is not None or alone:
                    yield Ask(axis, code, answer, known.get(code), after, alone)


def _rank(
    ask: Ask, answers: Sequence[StandingAnswer], on: date, scale: QuadrantScale, *, high: bool
) -> tuple[float, ...]:
    """Where a question stands among the others: what suffices alone by its age, the rest by how far it gets."""
    age = next(((on - answer.on).days for answer in answers if answer.indicator == ask.indicator), None)
    state = UNANSWERED if age is None else STALE if age > scale.stale_after_days else FRESH
    if not ask.alone:
        return 1, -ask.score if high else ask.score, state
    change = 0 if ask.known is None else abs(ask.answer - ask.known)
    return 0, state, change, ask.answer if high else scale.top_answer - ask.answer


def _distance(score: AxisScore, scale: QuadrantScale) -> float:
    """How far an axis is from its line; one nobody asked about is the nearest, for asking is all it takes."""
    return -1.0 if score.value is None else abs(score.value - scale.high_from)
