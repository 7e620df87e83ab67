"""One touch in words and marks, as it fits the stage, the kind and what came of it."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wendu.ops.simulator.facts import Life, Log, Pledge, Problem, Silence
from wendu.ops.simulator.state import Course
from wendu.ops.simulator.words import GROUPS, table

KINDS = {
    "demand": (("phone", 5), ("message", 3), ("visit", 4), ("online_meeting", 2), ("article", 1), ("event", 1)),
    "present": (("online_meeting", 4), ("visit", 4), ("demo", 2), ("phone", 3), ("message", 2)),
    "trust": (("visit", 4), ("phone", 3), ("online_meeting", 2), ("demo", 1), ("message", 2)),
    "sign": (("visit", 4), ("negotiation", 3), ("phone", 3), ("message", 1)),
    "after": (("phone", 3), ("service", 3), ("care", 2), ("visit", 1), ("message", 2)),
    "sleep": (("article", 4), ("care", 2), ("message", 3), ("mass_message", 1)),
}
ONE_WAY = ("article", "mass_message")
LIGHT = ("message", *ONE_WAY)
STILL_OPEN_DAYS, STILL_OPEN = 12, 0.12
FIRST_STAGES = ("demand", "present", "trust", "sign")


def touch(course: Course, on: date, phase: str) -> Log:
    """What one contact brought."""
    rng, life, truth = course.rng, course.life, course.truth
    names, weights = zip(*KINDS[phase], strict=True)
    kind = rng.choices(names, weights)[0]
    if truth.letter == "D" and kind in ("visit", "negotiation") and rng.random() < 0.6:
        kind = "message"
    person = _person(rng, life, phase)
    log = Log(on=on, kind=kind, people=(person,), note=note(rng, life, kind, phase, person))
    log.deal = next((position for position, deal in enumerate(life.deals) if deal.is_open), None)
    log.two_way = kind not in ONE_WAY and not (kind == "message" and rng.random() < 0.2)
    if phase == "sleep" and log.two_way:  # whoever rests seldom answers; then the class is asked anew
        log.two_way = rng.random() < 0.08
        log.answers = truth.answer(rng, life, 2) if log.two_way and rng.random() < 0.6 else log.answers
    log.proactive = kind != "service" and rng.random() > truth.willing * 0.25
    if phase in FIRST_STAGES and log.two_way:
        _outcome(course, log, phase, person)
        log.answers = truth.answer(rng, life, 3 if kind not in LIGHT else 1)
        log.objective = rng.choice(table("talk")["objectives"][phase]) if rng.random() < 0.5 else ""
    _marks(course, log, phase, person)
    return log


def note(rng: Random, life: Life, kind: str, phase: str, person: int) -> str:
    """A sentence as a rep writes it on the way back."""
    texts = table("talk")[life.market][phase]
    choices = texts.get(GROUPS[kind]) or texts.get("meet") or texts["call"]
    return _filled(rng, str(rng.choice(choices)), life, person)


def order_log(course: Course, on: date, deal: int) -> Log:
    """The signature."""
    rng, life = course.rng, course.life
    person = _person(rng, life, "sign")
    text = _filled(rng, str(rng.choice(table("talk")["orders"])), life, person)
    kind = rng.choice(("visit", "negotiation"))
    return Log(on=on, kind=kind, note=text, people=(person,), deal=deal, outcome="order", benefit=8, cost=1)


def loss_log(course: Course, on: date, deal: int, reason: str, rival: str) -> Log:
    """The refusal."""
    rng, life = course.rng, course.life
    person = _person(rng, life, "sign")
    text = str(rng.choice(table("talk")["losses"][reason])).format(who=_called(life, person), rival=rival)
    return Log(
        on=on,
        kind="phone",
        note=text,
        people=(person,),
        deal=deal,
        outcome="no_sale",
        refusal="purchase",
        has_news=True,
    )


def _outcome(course: Course, log: Log, phase: str, person: int) -> None:
    rng, truth, words = course.rng, course.truth, table("talk")
    chance = (
        (0.62 if log.kind not in (*LIGHT, "phone") else 0.22) * (0.35 + 0.9 * truth.willing) * (0.6 + 0.5 * truth.skill)
    )
    roll = rng.random()
    if roll < chance:
        due_on = course.working_day(log.on + timedelta(days=rng.randint(2, 9)))
        log.outcome = "advance"
        log.commitment = Pledge(person, rng.choice(words["commitments"][phase]), due_on)
        log.value_note = rng.choice(words["values"])
        _settle(rng, log.commitment, course, kept=0.45 + 0.5 * truth.willing, states=("done", "dropped"))
    elif roll < chance + 0.3:
        log.outcome, log.has_news = "continuation", rng.random() < 0.5
    elif roll > 0.975:
        log.outcome, log.refusal = "no_sale", "objective"
        log.note = str(rng.choice(words["refusals"])).format(who=_called(course.life, person))


def _marks(course: Course, log: Log, phase: str, person: int) -> None:
    """Promises, open problems, feelings, guesses and days of silence."""
    rng, life, truth, words = course.rng, course.life, course.truth, table("talk")
    if not log.two_way:
        return
    if rng.random() < 0.22:
        log.promise = Pledge(
            person, rng.choice(words["promises"][phase]), course.working_day(log.on + timedelta(days=rng.randint(1, 8)))
        )
        _settle(rng, log.promise, course, kept=0.5 + 0.45 * truth.skill, states=("kept", "broken"))
    position = len(life.logs)
    if phase in FIRST_STAGES and life.market != "b2c" and rng.random() < 0.1:
        log.problem = Problem(rng.choice(words["tails"]))
        course.tails.append(position)
    elif course.tails and rng.random() < 0.35 + 0.4 * truth.skill:
        opened = life.logs[course.tails.pop(0)].problem
        if opened is not None:
            opened.closed_in = position
    if rng.random() < 0.45:
        bad = rng.random() < 0.12 * (1.3 - truth.skill)
        log.benefit, log.cost = (
            (rng.randint(2, 4), rng.randint(5, 7)) if bad else (rng.randint(5, 9), rng.randint(0, 3))
        )
    if rng.random() < 0.15:
        log.guess = min(100, max(5, int(100 * truth.willing + rng.gauss(12, 16))))
    if log.outcome in ("none", "continuation") and phase in FIRST_STAGES and rng.random() < 0.1:
        log.agreed_on = course.working_day(log.on + timedelta(days=rng.randint(3, 20)))
    _silence(course, log, phase)


def _silence(course: Course, log: Log, phase: str) -> None:
    rng, life = course.rng, course.life
    reason = ""
    if life.market == "b2g" and phase == "sign" and rng.random() < 0.35:
        reason = "tender"
    elif life.market == "b2b" and rng.random() < 0.012:
        reason = "shutdown"
    if reason:
        starts_on = log.on + timedelta(days=1)
        note_text = str(table("talk")["quiet"][reason])
        log.silence = Silence(starts_on, starts_on + timedelta(days=rng.randint(7, 25)), reason, note_text)


def _settle(rng: Random, pledge: Pledge, course: Course, *, kept: float, states: tuple[str, str]) -> None:
    """What became of a pledge whose day has come."""
    good, bad = states
    is_recent = pledge.due_on >= course.today - timedelta(days=STILL_OPEN_DAYS)
    if pledge.due_on >= course.today or (is_recent and rng.random() < STILL_OPEN):
        return
    if rng.random() < kept:
        pledge.state, pledge.settled_on = good, pledge.due_on
        if good == "kept" and rng.random() < 0.15:
            late = pledge.due_on + timedelta(days=rng.randint(1, 4))
            pledge.state, pledge.settled_on = "kept_late", min(late, course.today)
    else:
        pledge.state, pledge.settled_on = bad, min(pledge.due_on + timedelta(days=rng.randint(1, 10)), course.today)


def _person(rng: Random, life: Life, phase: str) -> int:
    if len(life.people) == 1 or phase in ("trust", "sign"):
        return 0
    return rng.randrange(len(life.people))


def _called(life: Life, person: int) -> str:
    who = life.people[person]
    if life.market == "b2c":
        return who.name
    short = {"总经理": "总", "生产总监": "总监", "财务总监": "总监", "采购经理": "经理", "设备经理": "经理"}
    ending = short.get(who.title, who.title if len(who.title) <= 2 else who.title[-2:])
    return f"{who.name[0]}{ending}"


def _filled(rng: Random, text: str, life: Life, person: int) -> str:
    return text.format(who=_called(life, person), place=rng.choice(table("names")["places"]), n=rng.randint(2, 9))
