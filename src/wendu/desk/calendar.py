"""The rhythm calendar of one person: whom to touch on which day, how full each day is, and when clocks stand still."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope, people_in_scope
from wendu.access.verbs import can
from wendu.agenda.queries import snoozed_customer_ids
from wendu.coach.frame import Frame
from wendu.coach.heat import cooled
from wendu.coach.models import Standing
from wendu.desk.calendar_words import Saying, agreed_days, sayings_of
from wendu.desk.table.names import uuid_of
from wendu.desk.wording import screen_band
from wendu.identity.models import Organisation, User
from wendu.identity.queries import holidays_between
from wendu.method.temperature import band
from wendu.touches.models import QuietPeriod, Touch
from wendu.touches.queries import quiet_between

DAY, WEEK, MONTH = "day", "week", "month"
SHOWN = {DAY: 200, WEEK: 8, MONTH: 3}
SAID = {DAY: 100, WEEK: 4, MONTH: 2}
READ_AT_MOST, QUIET_AT_MOST = 3_000, 40
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One customer on the day it is to be touched; `due_on` is what its rhythm says, whatever was put off."""

    uuid: UUID
    name: str
    heat: float | None
    quadrant: str
    due_on: date
    is_late: bool
    is_moved: bool
    is_agreed: bool = False
    band: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what stands on it, against what one person can do; of days gone by, what was done."""

    on: date
    is_past: bool
    is_today: bool
    is_beside: bool
    is_off: bool
    holiday: str
    entries: tuple[Entry, ...]
    load: int
    late: int
    sayings: tuple[Saying, ...] = ()
    said: int = 0

    @property
    def unlisted(self) -> int:
        """How many there is no room for."""
        return 0 if self.is_past else self.load - len(self.entries) + self.said - len(self.sayings)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything the page shows."""

    person: User
    is_own: bool
    may_move: bool
    span: str
    on: date
    today: date
    capacity: int
    days: tuple[Day, ...]
    quiet: tuple[QuietPeriod, ...]
    earlier: date
    later: date
    is_cut: bool

    def is_over(self, day: Day) -> bool:
        """Whether a day holds more than one person can do."""
        return not day.is_past and day.load > self.capacity


def calendar_of(user: User, at: datetime, query: Mapping[str, Any]) -> Calendar:
    """The days an address asks for, of one person in scope; what cannot be read asks for one's own week."""
    frame = Frame.at(at)
    person, span, on = _person(user, query), _span(query), day_asked(query, frame.today)
    first, last = _bounds(span, on)
    placed, is_cut = _placed(user, person, frame, last)
    return Calendar(
        person=person,
        is_own=person.pk == user.pk,
        may_move=can(user, "plan.change", person),
        span=span,
        on=on,
        today=frame.today,
        capacity=person.daily_capacity or frame.scale.plan.capacity,
        days=tuple(
            _days(user, person, frame, (first, last), placed, month=on.month if span == MONTH else 0, span=span)
        ),
        quiet=tuple(quiet_between(user, person, first, last)[:QUIET_AT_MOST]),
        earlier=_beside(span, on, -1),
        later=_beside(span, on, 1),
        is_cut=is_cut,
    )


def due_day_of(user: User, customer_id: int) -> date | None:
    """The day the rhythm says, for a visible customer."""
    return Standing.objects.visible_to(user).filter(pk=customer_id).values_list("due_on", flat=True).first()


def _person(user: User, query: Mapping[str, Any]) -> User:
    wanted = uuid_of(str(query.get("owner", "")))
    found = people_in_scope(user).active().filter(uuid=wanted).first() if wanted else None
    return found or user


def _span(query: Mapping[str, Any]) -> str:
    wanted = str(query.get("by", WEEK))
    return wanted if wanted in SHOWN else WEEK


def day_asked(query: Mapping[str, Any], today: date) -> date:
    """The day an address is about; today when it says none, or one far away."""
    try:
        found = date.fromisoformat(str(query.get("on", "")))
    except ValueError:
        return today
    return found if abs((found - today).days) <= 3 * 366 else today


def _bounds(span: str, on: date) -> tuple[date, date]:
    """The first and last day shown; months begin on a Monday, so some days of their neighbours stand beside."""
    if span == DAY:
        return on, on
    if span == WEEK:
        first = on - timedelta(days=on.weekday())
        return first, first + timedelta(days=DAYS_OF_A_WEEK - 1)
    begin, end = on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
    return begin - timedelta(days=begin.weekday()), end + timedelta(days=DAYS_OF_A_WEEK - 1 - end.weekday())


def _beside(span: str, on: date, way: int) -> date:
    if span == MONTH:
        return (on.replace(day=1) - timedelta(days=1)).replace(day=1) if way < 0 else _bounds_of_month(on)
    return on + timedelta(days=way * (1 if span == DAY else DAYS_OF_A_WEEK))


def _bounds_of_month(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1]) + timedelta(days=1)


def _placed(user: User, person: User, frame: Frame, last: date) -> tuple[dict[date, list[Entry]], bool]:
    """Who stands on which day: on the day due, on the later one it was put off to, and what is late on today."""
    found = _due(user, person.pk, last)
    put_off = snoozed_customer_ids(person, frame.today)
    agreed = agreed_days(user, person, last)
    axis = frame.axis.at(frame.today)
    days: dict[date, list[Entry]] = defaultdict(list)
    for row in found[:READ_AT_MOST]:
        until = put_off.get(row.pk)
        is_moved = until is not None and until > row.due_on
        on = max(until if is_moved and until else row.due_on, frame.today)
        was_touched = row.latest_touch_on is not None or row.heat > 0
        heat = cooled(row.heat, row.cools_from_axis, row.half_life_days, axis) if was_touched else None
        days[on].append(
            Entry(
                uuid=row.customer__uuid,
                name=row.customer__name,
                heat=heat,
                quadrant=row.quadrant,
                due_on=row.due_on,
                is_late=not is_moved and row.due_on < frame.today,
                is_moved=is_moved,
                is_agreed=(row.pk, row.due_on) in agreed,
            )
        )
    for entries in days.values():
        entries.sort(key=lambda entry: (-(entry.heat or 0.0), entry.name, str(entry.uuid)))
    return days, len(found) > READ_AT_MOST


class _Due(NamedTuple):
    """What the calendar needs of a customer whose next touch falls into its days or before them."""

    pk: int
    customer__uuid: UUID
    customer__name: str
    quadrant: str
    due_on: date
    heat: float
    cools_from_axis: int | None
    half_life_days: float
    latest_touch_on: date | None


@prepared_for(_Due)
def _due(me: Scope, owner_id: int, last: date) -> QuerySet[Any, Any]:
    rows = Standing.objects.visible_to(me).filter(owner_id=owner_id, due_on__lte=last)
    return rows.order_by("due_on", "pk")[: READ_AT_MOST + 1]


def _coloured(entry: Entry, frame: Frame) -> Entry:
    """Only what is shown needs its band."""
    return entry if entry.heat is None else replace(entry, band=screen_band(band(entry.heat, frame.scale.heat)))


class _Done(NamedTuple):
    touched_on: date


@prepared_for(_Done)
def _done(me: Scope, author_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """What somebody logged on these days, a row per touch."""
    rows = Touch.objects.visible_to(me).standing()
    return rows.filter(author_id=author_id, touched_on__gte=first, touched_on__lte=last).order_by()


def _days(
    user: User,
    person: User,
    frame: Frame,
    bounds: tuple[date, date],
    placed: Mapping[date, list[Entry]],
    *,
    month: int,
    span: str,
) -> list[Day]:
    first, last = bounds
    house = Organisation.objects.current()
    holidays = {row.day: row.name for row in holidays_between(user, first, last)}
    done = Counter(row.touched_on for row in _done(user, person.pk, first, last))
    said = sayings_of(user, person, frame.today, last) if last >= frame.today else {}
    days = []
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        entries = placed.get(on, []) if on >= frame.today else []
        sayings = said.get(on, [])
        days.append(
            Day(
                on=on,
                is_past=on < frame.today,
                is_today=on == frame.today,
                is_beside=bool(month) and on.month != month,
                is_off=on in holidays or not house.works_on(on),
                holiday=holidays.get(on, ""),
                entries=tuple([_coloured(entry, frame) for entry in entries[: SHOWN[span]]]),
                load=done[on] if on < frame.today else len(entries),
                late=sum(entry.is_late for entry in entries),
                sayings=tuple(sayings[: SAID[span]]),
                said=len(sayings),
            )
        )
    return days
