"""What stands in a person's days ahead, for their own calendar programme: touches, plans, promises on both sides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from wendu.agenda.models import Step as PlannedStep
from wendu.agenda.queries import open_steps, snoozed_customer_ids
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.plan import Day, Step, daily_plan
from wendu.customers.models import Customer
from wendu.desk.around import read_around
from wendu.desk.days import weekday
from wendu.desk.plan import Line, lines_of
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.method.reading import because
from wendu.playbooks import pick_play
from wendu.touches.queries import Word, commitments_due, promises_due

AHEAD = timedelta(days=60)
AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing on one day; `key` stays the same when it moves to another day."""

    key: str
    on: date
    customer_uuid: UUID
    customer: str
    do: str
    why: str
    objective: str = ""


def occasions_of(user: User, at: datetime) -> list[Occasion]:
    """The days ahead of a person, late things on today, by day; a fixed number of queries."""
    day = daily_plan(user, at=at)
    today, last = day.frame.today, day.frame.today + AHEAD
    planned = list(open_steps(user, until=last)[:AT_MOST])
    names = Customer.objects.visible_to(user).in_bulk({step.customer_id for step in planned})
    found = [
        *_touches(user, day, last),
        *(_planned(step, names[step.customer_id], today) for step in planned if step.customer_id in names),
        *_words("promise", promises_due(user, last), today),
        *_words("commitment", commitments_due(user, last), today),
    ]
    return sorted(found, key=lambda each: (each.on, each.customer, each.key))[:AT_MOST]


def _touches(user: User, day: Day, last: date) -> Iterator[Occasion]:
    """Whom to touch on which day: today's from the plan of today, later ones with what is usual for their class."""
    today = day.frame.today
    worded = {step.customer_id for step in (*day.steps, *day.left_out)}
    now_due = {step.customer_id: step for step in (*day.steps, *day.left_out)}
    put_off = snoozed_customer_ids(user, today)
    comes = Q(due_on__lte=last) | Q(pk__in=[pk for pk, until in put_off.items() if until <= last])
    rows = Standing.objects.visible_to(user).filter(comes, owner=user).order_by("due_on", "pk")
    placed: list[tuple[date, Step]] = []
    for row in rows.select_related("customer")[:AT_MOST]:
        on = max(put_off.get(row.pk, today), row.due_on or today, today)
        if on > last:
            continue
        step = now_due.pop(row.pk, None) if on == today else None
        placed.append((on, step or _later(row, row.customer, day.frame)))
    placed += [(today, step) for step in now_due.values()]
    placed.sort(key=lambda each: each[0])
    around = read_around(replace(day, steps=tuple(step for _on, step in placed), left_out=()))
    for on, group in groupby(placed, key=lambda each: each[0]):
        that_day = replace(day, frame=replace(day.frame, today=on))
        for line in lines_of([step for _on, step in group], that_day, around, lang()):
            yield _touch(line, on, is_known=line.step.customer_id in worded)


def _later(row: Standing, customer: Customer, frame: Frame) -> Step:
    """The ordinary next step with a customer, as it looks from here."""
    reason = because("routine")
    play = pick_play(
        frame.playbook,
        quadrant=row.quadrant or "unclassified",
        situation=reason.code,
        market=customer.market,
        status=row.status,
    )
    return Step(
        customer_id=row.pk,
        group="ranked",
        situation=reason.code,
        reason=reason,
        others=(),
        play=play,
        due_on=row.due_on,
        priority=None,
        heat=None,
        seen=None,
        context=None,
        standing=row,
        deal=None,
    )


def _touch(line: Line, on: date, *, is_known: bool) -> Occasion:
    stands = line.step.standing
    latest = stands.latest_touch_on if stands is not None else None
    if is_known:
        why = line.why
    elif latest is not None:
        why = _("Latest contact on %(day)s") % {"day": _day(latest)}
    else:
        why = _("No contact yet")
    return Occasion(f"touch-{line.customer_uuid}", on, line.customer_uuid, line.customer, line.do, why, line.objective)


def _planned(step: PlannedStep, customer: Customer, today: date) -> Occasion:
    why = _("Planned for %(day)s") % {"day": _day(step.planned_on)}
    on = max(step.planned_on, today)
    return Occasion(f"step-{step.uuid}", on, customer.uuid, customer.name, step.do, why, step.objective)


def _words(kind: str, rows: Iterable[Word], today: date) -> Iterator[Occasion]:
    for row in rows:
        told = {"what": row.what, "day": _day(row.due_on)}
        if kind == "promise":
            do, why = _("Keep the promise: %(what)s") % told, _("Promised for %(day)s") % told
        else:
            do, why = _("Ask about: %(what)s") % told, _("They agreed to do it by %(day)s") % told
        yield Occasion(f"{kind}-{row.uuid}", max(row.due_on, today), row.customer__uuid, row.customer__name, do, why)


def _day(on: date) -> str:
    return f"{on:%m-%d} {weekday(on)}"
