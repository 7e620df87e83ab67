"""What stands beside the list of Today: promises and commitments to settle, where the week went, who waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.coach.plan import Day
from wendu.customers.models import Customer
from wendu.desk.days import day_name
from wendu.desk.wording import advice_words
from wendu.identity.models import User
from wendu.kernel.prepared import Among
from wendu.method.codes import Quadrant
from wendu.method.strategy import time_advice
from wendu.touches.models import Touch
from wendu.touches.queries import Word

SETTLED_AT_MOST, WAITING_AT_MOST = 6, 6
MINUTES = 60
PERCENT = 100


@dataclass(frozen=True, slots=True)
class ToSettle:
    """Something agreed that falls due, and whose turn it is."""

    kind: str
    uuid: UUID
    what: str
    customer: str
    customer_uuid: UUID
    contact: str
    when: str
    days_late: int


@dataclass(frozen=True, slots=True)
class WeekShare:
    """Where the week went so far, by class, as far as the log tells."""

    hours: float
    parts: tuple[tuple[str, float], ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer with nothing to do yet, and until when."""

    uuid: UUID
    name: str
    until: date
    is_snoozed: bool


def to_settle(day: Day) -> list[ToSettle]:
    """Promises of ours and commitments of theirs, due within three days, nearest to today first; as many as shown."""
    today = day.frame.today
    rows = [("promise", row) for row in day.owed] + [("commitment", row) for row in day.agreed]
    first = nsmallest(SETTLED_AT_MOST, rows, key=lambda row: (abs((today - row[1].due_on).days), row[1].uuid))
    return [_settle(kind, row, today) for kind, row in first]


def week_share(user: User, day: Day) -> WeekShare | None:
    """This week's own touches by class, weighed by the usual minutes of their kind; nothing logged, nothing said."""
    monday = day.frame.today - timedelta(days=day.frame.today.weekday())
    kinds = day.frame.scale.heat.kinds
    minutes: dict[str, float] = {}
    for kind, letter in _own_touches(user, monday):
        if kind in kinds and letter:
            minutes[letter] = minutes.get(letter, 0.0) + kinds[kind].effort_minutes
    total = sum(minutes.values())
    if not total:
        return None
    shares = {Quadrant(letter): spent / total for letter, spent in minutes.items()}
    found = time_advice(shares, day.frame.scale.plan.long_war_share)
    parts = tuple((letter, PERCENT * minutes.get(letter, 0.0) / total) for letter in "ABCD")
    share = round(PERCENT * shares.get(Quadrant.D, 0.0))
    advice = advice_words(found.code, day.frame.playbook, share=share) if found else ""
    return WeekShare(hours=total / MINUTES, parts=tuple(part for part in parts if part[1]), advice=advice)


def waiting(user: User, day: Day) -> list[Waiting]:
    """Who waits until when: put off by hand first, then what falls due next (one query)."""
    until = dict(sorted(day.snoozed.items(), key=lambda pair: pair[1]))
    for pk, due in day.waiting:
        if len(until) >= WAITING_AT_MOST:
            break
        until.setdefault(pk, due)
    names = {row.pk: row for row in _names(user, list(until)[:WAITING_AT_MOST])} if until else {}
    return [Waiting(names[pk].uuid, names[pk].name, due, pk in day.snoozed) for pk, due in until.items() if pk in names]


class _OwnTouch(NamedTuple):
    kind: str
    customer__standing__quadrant: str | None


@prepared_for(_OwnTouch)
def _own_touches(me: Scope, since: date) -> QuerySet[Touch]:
    return Touch.objects.visible_to(me).standing().filter(author_id=me.user_id, touched_on__gte=since)


class _Name(NamedTuple):
    pk: int
    uuid: UUID
    name: str


@prepared_for(_Name)
def _names(me: Scope, customer_ids: Collection[int]) -> QuerySet[Customer]:
    return Customer.objects.visible_to(me).filter(Among("pk", customer_ids))


def _settle(kind: str, row: Word, today: date) -> ToSettle:
    return ToSettle(
        kind=kind,
        uuid=row.uuid,
        what=row.what,
        customer=row.customer__name,
        customer_uuid=row.customer__uuid,
        contact=row.contact__name or "",
        when=day_name(row.due_on, today),
        days_late=(today - row.due_on).days,
    )
