"""Where a customer stands on the long, light road: its steps, the next one and its day, or what ended it."""

from dataclasses import dataclass
from datetime import date

from wendu.coach.frame import Frame
from wendu.desk.days import by_day
from wendu.desk.plan import Line
from wendu.desk.wording import kind_words, lang
from wendu.method.track import TrackFacts
from wendu.method.view import CustomerView


@dataclass(frozen=True, slots=True)
class Stone:
    """One step of the track: what is done, in which way, and whether it was, is next, or comes later."""

    do: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Road:
    """The track of one customer as its page shows it; ended, it says why and has no steps."""

    name: str
    began_on: date | None
    stones: tuple[Stone, ...]
    round_number: int
    next_on: date | None
    next_when: str
    wakes_on: date | None
    ended: str
    ended_on: date | None
    asks_again: bool


def road_of(seen: CustomerView, frame: Frame, line: Line, *, is_opted_out: bool) -> Road | None:
    """The road of a customer that rests or is in class D, or that has just left it because its day had come."""
    track = seen.facts.track
    if track is None:
        woken = next((reason for reason in line.reasons if reason.code == "nurture_wake"), None)
        if woken is None:
            return None
        return _ended(frame, "wake_date", date.fromisoformat(str(woken.numbers["since"])), None)
    if is_opted_out or track.ended:
        return _ended(frame, "opt_out" if is_opted_out else str(track.ended), track.ended_on, track)
    steps = frame.playbook.track.steps
    rounds, taken = divmod(track.taken, len(steps))
    return Road(
        name=frame.playbook.track.name.of(lang()),
        began_on=track.began_on,
        stones=tuple(
            Stone(step.words(line.record.market).do.of(lang()), kind_words(step.kind), _state(place, taken))
            for place, step in enumerate(steps)
        ),
        round_number=rounds + 1,
        next_on=track.due_on,
        next_when=by_day(track.due_on, frame.today) if track.due_on else "",
        wakes_on=seen.facts.wake_on,
        ended="",
        ended_on=None,
        asks_again=False,
    )


def _state(place: int, taken: int) -> str:
    if place < taken:
        return "done"
    return "next" if place == taken else "later"


def _ended(frame: Frame, code: str, ended_on: date | None, track: TrackFacts | None) -> Road:
    """Why it ended; only an answer, or willingness that grew, asks for a new judgement."""
    words = next((leave.text.of(lang()) for leave in frame.playbook.track.exits if leave.code == code), code)
    return Road(
        name=frame.playbook.track.name.of(lang()),
        began_on=track.began_on if track else None,
        stones=(),
        round_number=1,
        next_on=None,
        next_when="",
        wakes_on=None,
        ended=words,
        ended_on=ended_on,
        asks_again=code in ("reply", "willingness"),
    )
