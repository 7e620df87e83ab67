"""What the method thought at the latest judgement, kept with its reasons and the playbook that judged."""

from collections.abc import Iterator
from datetime import date

from wendu.coach.facts import Course
from wendu.coach.frame import Frame
from wendu.method.explain import heat_reading
from wendu.method.journey import Journey, StandingFacts, rolled
from wendu.method.quadrant import quadrant_reading
from wendu.method.reading import Reading as Judgement
from wendu.method.windows import window_reading
from wendu.readings.models import Reading

KEPT = ("quadrant", "heat", "window")


def class_judgement(course: Course, on: date) -> Judgement:
    """The class with the sums of its axes, as of a day."""
    state = _state_on(course, on)
    return quadrant_reading(
        state.answers,
        on=on,
        visited=state.gap_from is not None,
        overridden=state.override.quadrant if state.override else None,
        ordered_on=state.ordered_on,
        scale=course.context.scale.quadrant,
    )


def readings_of(course: Course, facts: StandingFacts, frame: Frame, judged: Judgement) -> Iterator[Reading]:
    """The readings of one customer at its latest fact; what moves by arithmetic alone is told anew when it is shown."""
    on = facts.as_of
    if on is None:
        return
    yield _row(course, "quadrant", judged, on, frame)
    yield _row(course, "heat", heat_reading(_state_on(course, on), on, course.context), on, frame)
    if facts.window is not None:
        yield _row(course, "window", window_reading(facts.window, on, course.context), on, frame)


def _state_on(course: Course, on: date) -> Journey:
    """The journey at its end, or on a later day by which a person's own class may have run out."""
    state = course.journey
    return state if state.on is None or on <= state.on else rolled(state, on, course.context)


def _row(course: Course, code: str, judged: Judgement, on: date, frame: Frame) -> Reading:
    return Reading(
        subject_kind="customer",
        subject_id=course.customer_id,
        code=code,
        value=judged.value,
        band=judged.band,
        reasons=[reason.to_json() for reason in judged.reasons],
        missing=list(judged.missing),
        provisional=judged.provisional,
        pack_version=frame.version,
        as_of=on,
    )
