"""The long, light road of who is not ready yet: its steps, what ends it, and when class D is judged again (3.5)."""

from datetime import date, timedelta
from typing import NamedTuple

from wendu.method.codes import Axis, Quadrant, Status
from wendu.method.facts import Context, DayFacts
from wendu.method.quadrant import score_of
from wendu.method.reading import reaches
from wendu.method.scales import StrategyScale, TrackScale
from wendu.method.state import Journey, Track


class TrackFacts(NamedTuple):
    """Where a customer stands on the track: steps taken, the next one with its day, or what ended it and when.

    `since` is the day of the latest touch, or of the beginning; `step` counts from 0 through the steps of the playbook.
    No day is due once it has ended, or the customer wakes first.
    """

    began_on: date
    judged_on: date
    since: date
    taken: int
    step: int
    due_on: date | None
    ended: str | None
    ended_on: date | None


def walked(track: Track | None, day: DayFacts, *, anew: bool) -> Track:
    """The track at the end of a day; the day on which it begins belongs to what was before."""
    if track is None or anew:
        return Track(day.on, day.on)
    judged = bool(day.answers or day.override or day.requalified)
    if not day.touches and not judged:
        return track
    replied = day.on if any(touch.two_way for touch in day.touches) else track.replied_on
    return Track(
        began_on=track.began_on,
        judged_on=day.on if judged else track.judged_on,
        steps=track.steps + any(touch.proactive for touch in day.touches),
        touched_on=day.on if day.touches else track.touched_on,
        replied_on=None if judged else replied,
    )


def track_facts(state: Journey, status: Status, due_on: date | None, ctx: Context) -> TrackFacts | None:
    """Where the customer stands; `due_on` is the day of a contact that is due anyway."""
    track = state.track
    if track is None:
        return None
    step, on = next_step(track, ctx.scale.track)
    ended = _ended(track, state, status, ctx)
    return TrackFacts(
        began_on=track.began_on,
        judged_on=track.judged_on,
        since=track.touched_on or track.began_on,
        taken=track.steps,
        step=step,
        due_on=None if ended else _due_on(on, due_on, state, ctx),
        ended=ended,
        ended_on=(track.replied_on or track.judged_on) if ended else None,
    )


def next_step(track: Track, scale: TrackScale) -> tuple[int, date]:
    """The next light step and its day, counted from the latest touch; after a full round one follows now and then."""
    steps = len(scale.after_days)
    place = track.steps % steps
    wait = scale.repeat_after_days
    if track.steps < steps:
        wait = scale.after_days[place] - (scale.after_days[place - 1] if place else 0)
    return place, (track.touched_on or track.began_on) + timedelta(days=wait)


def track_exit(
    *, on: date, replied: bool, willingness: float | None, wake_on: date | None, opted_out: bool, scale: StrategyScale
) -> str | None:
    """What ends the nurture track today, if anything does."""
    if opted_out:
        return "opt_out"
    if replied:
        return "reply"
    if willingness is not None and reaches(willingness, scale.nurture_exit_willingness):
        return "willingness"
    return "wake_date" if wake_on is not None and wake_on <= on else None


def review_due_on(state: Journey, ctx: Context) -> date | None:
    """The day on which a class D customer is judged again."""
    if state.quadrant is not Quadrant.D or state.track is None:
        return None
    due = state.track.judged_on + timedelta(days=ctx.scale.strategy.review_days)
    return ctx.stops.first_running(due) if ctx.stops.is_quiet(due) else due


def _ended(track: Track, state: Journey, status: Status, ctx: Context) -> str | None:
    """What ended the track; willingness only if it was judged since, for many a willing customer is put to rest."""
    judged = status is Status.NURTURING and track.judged_on > track.began_on
    return track_exit(
        on=track.began_on,
        replied=track.replied_on is not None,
        willingness=score_of(Axis.WILLINGNESS, state.answers, ctx.scale.quadrant).value if judged else None,
        wake_on=None,
        opted_out=False,
        scale=ctx.scale.strategy,
    )


def _due_on(on: date, contact_on: date | None, state: Journey, ctx: Context) -> date | None:
    """The day of the step: not before an agreed date, together with a contact due soon after, never once they wake."""
    if state.agreed is not None:
        on = max(on, state.agreed.agreed_on)
    if contact_on is not None and on <= contact_on <= on + timedelta(days=ctx.scale.track.join_within_days):
        on = contact_on
    if ctx.stops.is_quiet(on):
        on = ctx.stops.first_running(on)
    return None if state.nurture_until is not None and on >= state.nurture_until else on
