"""What stands in somebody's days beside the next touches: own plans, promises on both sides, days that were agreed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.agenda.queries import open_steps
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.kernel.prepared import Among
from wendu.touches.models import Touch
from wendu.touches.queries import commitments_due, promises_due

READ_AT_MOST = 500
ORDER = ("promise", "step", "commitment")


@dataclass(frozen=True, slots=True)
class Saying:
    """Something said or planned for a day; `due_on` is that day, even if it is over and the thing stands on today."""

    kind: str
    uuid: UUID
    customer_uuid: UUID
    customer: str
    what: str
    due_on: date
    is_late: bool


def sayings_of(user: User, person: User, today: date, last: date) -> Mapping[date, list[Saying]]:
    """What a person planned and promised, and what customers agreed to, as far as `user` sees the customers."""
    found = list(_all(person, today, last))
    seen = {row.pk for row in _named(user, {pk for pk, _row in found})} if found else set()
    days: dict[date, list[Saying]] = defaultdict(list)
    for pk, row in found:
        if pk in seen:
            days[max(row.due_on, today)].append(row)
    for rows in days.values():
        rows.sort(key=lambda row: (ORDER.index(row.kind), row.due_on, row.customer, str(row.uuid)))
    return days


def agreed_days(user: User, person: User, last: date) -> frozenset[tuple[int, date]]:
    """The days agreed with the customers of a person, up to a day: the touch of such a day is expected."""
    return frozenset((row.customer_id, row.agreed_on) for row in _agreed(user, person.pk, last))


class _Agreed(NamedTuple):
    customer_id: int
    agreed_on: date


@prepared_for(_Agreed)
def _agreed(me: Scope, owner_id: int, last: date) -> QuerySet[Any, Any]:
    rows = Touch.objects.visible_to(me).standing().filter(customer__owner_id=owner_id, agreed_on__lte=last)
    return rows.order_by().distinct()[: READ_AT_MOST * 10]


class _Named(NamedTuple):
    pk: int
    uuid: UUID
    name: str


@prepared_for(_Named)
def _named(me: Scope, keys: Collection[int]) -> QuerySet[Any, Any]:
    return Customer.objects.visible_to(me).filter(Among("pk", keys)).order_by()


def _all(person: User, today: date, last: date) -> Iterator[tuple[int, Saying]]:
    steps = list(open_steps(person, until=last)[:READ_AT_MOST])
    about = _named(person, {step.customer_id for step in steps}) if steps else ()
    named = {pk: (uuid, name) for pk, uuid, name in about}
    for step in steps:
        if step.customer_id in named:
            on = step.planned_on
            yield step.customer_id, Saying("step", step.uuid, *named[step.customer_id], step.do, on, on < today)
    for kind, rows in (("promise", promises_due(person, last)), ("commitment", commitments_due(person, last))):
        for row in rows[:READ_AT_MOST]:
            what = (row.customer__uuid, row.customer__name, row.what, row.due_on, row.due_on < today)
            yield row.customer_id, Saying(kind, row.uuid, *what)
