"""How a simulated deal opens, ends and comes back."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from __future__ import annotations

from datetime import date, timedelta

from wendu.ops.simulator.facts import DealLife, End, Rest
from wendu.ops.simulator.state import Course
from wendu.ops.simulator.talk import loss_log, order_log
from wendu.ops.simulator.words import table

WON_STAGES = ("ST2", "ST3", "ST4", "ST5")
REASON_OF_REST = {
    "no_decision": "no_budget",
    "cheaper_elsewhere": "with_competitor",
    "no_trust": "wavering",
    "value_too_low": "no_need_yet",
    "value_not_conveyed": "no_need_yet",
    "unknown": "timing",
}


def open_deal(course: Course, on: date) -> None:
    """A need we can satisfy has shown."""
    rng, life = course.rng, course.life
    products = table("names")["products"][life.market]
    product = rng.choice(products)
    amount = round(rng.uniform(product["low"], product["high"]) * 100) * 10_000
    pattern = {"b2b": (30, 120), "b2g": (80, 240), "b2c": (7, 30)}[life.market]
    note = str(rng.choice(table("talk")["deals_note"])).format(rival=rng.choice(table("names")["rivals"]))
    life.deals.append(
        DealLife(
            title=product["name"],
            product=product["name"],
            amount_minor=amount,
            opened_on=on,
            expected_on=on + timedelta(days=rng.randint(*pattern)),
            note=note,
        )
    )


def close_won(course: Course, on: date) -> None:
    """The order: a touch of its own, and the stages gone through."""
    deal = course.deal
    if deal is None:
        return
    position = course.life.deals.index(deal)
    last = course.life.logs[-1]
    if last.on == on:
        course.life.logs.pop()
    for log in course.life.logs:
        if log.agreed_on is not None and log.agreed_on > on:
            log.agreed_on = None
        pledge = log.commitment
        if pledge is not None and pledge.due_on > on:
            pledge.due_on, pledge.state, pledge.settled_on = on, "done", on
    course.life.logs.append(order_log(course, on, position))
    deal.moves += [(on, stage) for stage in WON_STAGES if stage > deal.stage]
    deal.ends.append(End(on=on, outcome="won"))
    course.phase = "after"


def close_lost(course: Course, on: date, reason: str) -> None:
    """A loss says why, and asks at once: nurture with a wake day, or drop."""
    rng, deal = course.rng, course.deal
    if deal is None:
        return
    position = course.life.deals.index(deal)
    rival = rng.choice(table("names")["rivals"]) if reason in ("cheaper_elsewhere", "no_trust") else ""
    log = loss_log(course, on, position, reason, rival)
    course.life.logs.append(log)
    deal.ends.append(End(on=on, outcome="lost", reason=reason, rival=rival, note=log.note))
    rest(course, on, dropped=rng.random() < 0.2, reason=REASON_OF_REST[reason])


def leave(course: Course, on: date) -> None:
    """An existing customer turned away: nobody is sent there any more."""
    reason = "people_change" if course.truth.trust > course.truth.need else "found_better"
    course.life.rests.append(Rest("churned", reason, str(table("talk")["rests"][reason]), on, None))
    _settle_what_was_said(course, on)
    course.is_over = True


def rest(course: Course, on: date, *, dropped: bool, reason: str = "no_need_yet") -> None:
    """Out of pursuit: asleep until a day, or not pursued any more."""
    reason = "no_fit" if dropped and course.rng.random() < 0.5 else reason
    wake = None if dropped else on + timedelta(days=course.rng.randint(50, 260))
    course.life.rests.append(
        Rest("dropped" if dropped else "nurturing", reason, str(table("talk")["rests"][reason]), on, wake)
    )
    _settle_what_was_said(course, on)
    course.is_over = dropped
    course.truth.willing *= 0.8


def _settle_what_was_said(course: Course, on: date) -> None:
    for log in course.life.logs:
        for pledge, state in ((log.commitment, "dropped"), (log.promise, "kept")):
            if pledge is not None and pledge.state == "open":
                pledge.state, pledge.settled_on = state, on


def reopen(course: Course, on: date) -> None:
    """Woken up, some take the old deal up again."""
    rng, life = course.rng, course.life
    lost = [deal for deal in life.deals if deal.ends and deal.ends[-1].outcome == "lost" and not deal.is_open]
    course.advances = 0
    if lost and rng.random() < 0.4:
        deal = lost[-1]
        deal.ends[-1].reopened_on = on
        if deal.stage > "ST2":
            deal.moves.append((on, "ST2"))
        course.phase, course.advances = "present", 2
