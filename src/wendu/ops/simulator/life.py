"""A customer's life day by day: what the truths, the rep and luck make of it."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from wendu.ops.simulator.course import close_lost, close_won, leave, open_deal, reopen, rest
from wendu.ops.simulator.facts import Life, Log
from wendu.ops.simulator.state import Course
from wendu.ops.simulator.talk import touch
from wendu.ops.simulator.truth import Truth

PACE = {"A": 3, "B": 6, "C": 11, "D": 24}
SLOW = ("project", "key_account")
LOYAL_DAYS, OUT_OF_LUCK = 120, 0.12  # before which nobody turns away, and who does then
PATIENCE = {"A": 60, "B": 100, "C": 160, "D": 210}
NEVER_TOUCHED = 0.01
ROAD, EVER_AFTER = (7, 21, 24, 25, 15), 90  # days between the light touches of the nurture track
REVISIT = {"strategic": 28, "key": 80, "normal": 160, "basic": 330}


def live(rng: Random, life: Life, *, skill: float, today: date, stopped: frozenset[date], limit: int = 400) -> Life:
    """Let a customer live until today."""
    course = Course(rng, life, Truth.of(rng, skill), today, stopped, limit)
    is_fresh = life.created_on >= today - timedelta(days=6)
    if (is_fresh and rng.random() < 0.6) or rng.random() < NEVER_TOUCHED:
        return life
    day = course.working_day(life.created_on + timedelta(days=rng.randint(0, 4)))
    for on in _days(course, day):
        _happen(course, on)
    _plan(course)
    return life


def _days(course: Course, day: date) -> Iterator[date]:
    """The days on which somebody gets in touch."""
    while day <= course.today and not course.is_over and len(course.life.logs) < course.limit:
        yield day
        day = course.working_day(_next(course, day))


def _next(course: Course, day: date) -> date:
    rng, life, truth = course.rng, course.life, course.truth
    nap = next((each for each in life.rests if each.ended_on is None), None)
    if nap is not None:
        wake = nap.wake_on or course.today + timedelta(days=1)
        sent = sum(log.on > nap.began_on for log in life.logs)
        wait = ROAD[sent] if sent < len(ROAD) else EVER_AFTER
        return min(wake, day + timedelta(days=round(wait * rng.uniform(0.9, 1.5 - 0.5 * truth.skill))))
    agreed = life.logs[-1].agreed_on if life.logs else None
    if agreed is not None and agreed > day and rng.random() < 0.35 + 0.6 * truth.skill:
        return agreed
    if course.phase == "after":
        return day + timedelta(days=max(5, int(REVISIT[life.tier] * rng.uniform(0.5, 1.7 - 0.6 * truth.skill))))
    pace = PACE[truth.letter] * (2 if life.sale_kind in SLOW or life.market == "b2g" else 1)
    days = pace * rng.uniform(0.5, 1.5 - 0.45 * truth.skill)
    if rng.random() < 0.16 * (1.25 - truth.skill):
        days *= rng.uniform(2.0, 4.5)
        truth.cool(int(days - pace))
    silence = life.logs[-1].silence if life.logs else None
    start = silence.ends_on if silence else day
    return max(start + timedelta(days=1), day + timedelta(days=max(1, round(days))))


def _happen(course: Course, on: date) -> None:
    """One day with a touch, and what it leads to."""
    rng, life, truth = course.rng, course.life, course.truth
    nap = next((each for each in life.rests if each.ended_on is None), None)
    if nap is not None and nap.wake_on is not None and on >= nap.wake_on:
        course.phase, nap.ended_on = "demand", nap.wake_on
        reopen(course, on)
    elif nap is not None:
        life.logs.append(touch(course, on, "sleep"))
        return
    if course.phase == "after":
        _look_after(course, on)
        return
    if course.deal is None and len(life.logs) >= 1 and truth.need > 0.3 and rng.random() < 0.75:
        open_deal(course, on)
    log = touch(course, on, course.phase)
    life.logs.append(log)
    truth.warm(rng, strong=log.outcome == "advance")
    _move(course, log)
    _end(course, on)


def _move(course: Course, log: Log) -> None:
    """Advances carry a deal through its stages."""
    if log.outcome != "advance" or course.deal is None:
        return
    course.advances += 1
    stage = {2: "ST2", 4: "ST3", 6: "ST4"}.get(course.advances)
    if stage is not None and stage > course.deal.stage:
        course.deal.moves.append((log.on, stage))
        course.phase = {"ST2": "present", "ST3": "trust", "ST4": "sign"}[stage]


def _end(course: Course, on: date) -> None:
    """Won when need, will and trust are there; lost when patience ran out or the customer said no."""
    rng, truth, deal = course.rng, course.truth, course.deal
    if deal is None:
        worn_out = (on - course.life.created_on).days > PATIENCE["D"] and truth.need < 0.45
        if worn_out and rng.random() < 0.4:
            rest(course, on, dropped=rng.random() < 0.25)
        return
    chance = 0.16 + 0.5 * truth.skill * truth.luck + (0.1 if truth.trust > 0.6 else 0)
    if (
        deal.stage == "ST4"
        and truth.letter in "AB"
        and on > deal.opened_on + timedelta(days=8)
        and rng.random() < chance
    ):
        close_won(course, on)
        return
    slow = 1.8 if course.life.sale_kind in SLOW or course.life.market == "b2g" else 1.0
    is_late = (on - deal.opened_on).days > PATIENCE[truth.letter] * slow
    if rng.random() < (0.4 if is_late else 0.012):
        close_lost(course, on, truth.loss_reason(rng))


def _look_after(course: Course, on: date) -> None:
    """An existing customer is revisited, serviced, and sometimes needs more."""
    rng, life = course.rng, course.life
    bought = max(end.on for deal in life.deals for end in deal.ends if end.outcome == "won")
    if course.deal is None and (on - bought).days > 120 and rng.random() < 0.2 * (0.5 + course.truth.skill):
        course.phase, course.advances = "demand", 0
        open_deal(course, on)
    life.logs.append(touch(course, on, "after"))
    if course.deal is None and (on - bought).days > LOYAL_DAYS and course.truth.luck < OUT_OF_LUCK:
        leave(course, on)


def _plan(course: Course) -> None:
    """Some reps have planned their next step."""
    rng, life = course.rng, course.life
    if course.phase in ("demand", "after") and life.logs and rng.random() < 0.06 * course.truth.skill:
        day = course.working_day(course.today + timedelta(days=rng.randint(0, 6)))
        life.steps.append((day, "把省电报告送过去" if course.phase == "after" else "打电话问近况"))
