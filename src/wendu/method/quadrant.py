"""Willingness against need: which of the four classes a customer is in (method: 3.3)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.codes import Axis, Quadrant
from wendu.method.reading import Reading, Reason, because, reaches
from wendu.method.scales import QuadrantScale
from wendu.method.state import StandingAnswer

PERCENT = 100.0


class AxisScore(NamedTuple):
    """How high one axis stands over the indicators that were answered; None while none was."""

    value: float | None
    answered: int


def axis_score(scores: Sequence[int], scale: QuadrantScale) -> AxisScore:
    """The share of the clearest possible answers, over what is known."""
    if not scores:
        return AxisScore(None, 0)
    return AxisScore(PERCENT * sum(scores) / (scale.top_answer * len(scores)), len(scores))


def score_of(axis: Axis, answers: Iterable[StandingAnswer], scale: QuadrantScale) -> AxisScore:
    """The score of one axis from the latest answers."""
    return axis_score([answer.score for answer in answers if answer.axis is axis], scale)


def classify(willingness: AxisScore, need: AxisScore, scale: QuadrantScale) -> Quadrant:
    """The class of two axes; with an axis unknown there is no class, and never D."""
    if willingness.value is None or need.value is None:
        return Quadrant.UNCLASSIFIED
    return _CLASS_OF[reaches(willingness.value, scale.high_from), reaches(need.value, scale.high_from)]


_AXES = (Axis.WILLINGNESS, Axis.NEED)
_CLASS_OF = {
    (True, True): Quadrant.A,
    (False, True): Quadrant.B,
    (True, False): Quadrant.C,
    (False, False): Quadrant.D,
}


def judged_class(answers: Sequence[StandingAnswer], scale: QuadrantScale) -> Quadrant:
    """The class the latest answers speak for."""
    return classify(score_of(Axis.WILLINGNESS, answers, scale), score_of(Axis.NEED, answers, scale), scale)


def stale_from(answers: Sequence[StandingAnswer], scale: QuadrantScale) -> date | None:
    """The first day on which some of the evidence is too old to trust unasked."""
    if not answers:
        return None
    return min(answer.on for answer in answers) + timedelta(days=scale.stale_after_days + 1)


def quadrant_reading(
    answers: Sequence[StandingAnswer],
    *,
    on: date,
    visited: bool,
    overridden: Quadrant | None,
    ordered_on: date | None,
    scale: QuadrantScale,
) -> Reading:
    """The class with the sum of each axis, what was not asked, and what should be asked again."""
    axes = {axis: score_of(axis, answers, scale) for axis in _AXES}
    judged = classify(axes[Axis.WILLINGNESS], axes[Axis.NEED], scale) if visited else Quadrant.UNCLASSIFIED
    reasons = [_axis_reason(axis, score, scale) for axis, score in axes.items() if score.value is not None]
    if overridden is not None:
        reasons.append(because("class_overridden", judged=judged.value, standing=overridden.value))
    reasons += _doubts(answers, on, ordered_on, scale)
    missing = [axis.value for axis, score in axes.items() if score.value is None]
    value = overridden or judged
    few = any(score.answered < scale.certain_from_answers for score in axes.values())
    outdated = any(reason.code == "answered_before_order" for reason in reasons)
    return Reading(
        value=value.value,
        band=value.value,
        reasons=tuple(reasons),
        missing=(*missing, *(() if visited else ("two_way_touch",))),
        provisional=overridden is None and value is not Quadrant.UNCLASSIFIED and (few or outdated),
    )


def _axis_reason(axis: Axis, score: AxisScore, scale: QuadrantScale) -> Reason:
    high = score.value is not None and reaches(score.value, scale.high_from)
    return because(f"{axis}_score", value=score.value, answered=score.answered, high=high)


def _doubts(
    answers: Sequence[StandingAnswer], on: date, ordered_on: date | None, scale: QuadrantScale
) -> Iterable[Reason]:
    fresh_from = on - timedelta(days=scale.stale_after_days)
    for answer in answers:
        if answer.on < fresh_from:
            days = (on - answer.on).days
            yield because("answer_stale", axis=answer.axis.value, indicator=answer.indicator, days=days)
    if ordered_on is not None and any(answer.on < ordered_on for answer in answers):
        yield because("answered_before_order", on=ordered_on.isoformat())
