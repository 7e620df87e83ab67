"""How full the days of a team's people are: how many customers stand on each day, against what one person can do."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count

from wendu.access.scope import people_in_scope, scope_of
from wendu.access.verbs import can
from wendu.agenda.queries import put_off_by
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.desk.calendar import DAYS_OF_A_WEEK, day_asked
from wendu.desk.table.names import uuid_of
from wendu.identity.choices import Role
from wendu.identity.models import Organisation, Team, User
from wendu.identity.queries import holidays_between, teams
from wendu.touches.models import Touch

PEOPLE_AT_MOST = 20  # with 500 customers each, all of them due, what a page may cost
Loads = Counter[tuple[int, date]]


@dataclass(frozen=True, slots=True)
class Load:
    """What stands on one day of one person; of days gone by, how many touches were logged."""

    on: date
    number: int
    is_past: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class PersonDays:
    """One person's days, and how many customers that person can touch on one of them."""

    person: User
    capacity: int
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A week of a team and the teams below it, a row for everybody who sells; `is_cut` when there are more people."""

    team: Team
    on: date
    today: date
    days: tuple[date, ...]
    off: frozenset[date]
    people: tuple[PersonDays, ...]
    total: tuple[int, ...]
    is_cut: bool


def teams_to_see(user: User) -> list[Team]:
    """The teams whose days one may look at; nobody but those who lead or look after people has any."""
    if not can(user, "team.view"):
        return []
    scope = scope_of(user)
    return [team for team in teams(user) if scope.sees_all or team.pk in scope.team_ids]


def asked_team(user: User, seen: Sequence[Team], query: Mapping[str, Any]) -> Team | None:
    """The one of these teams an address names; without a name one's own, for who has no customers to touch."""
    if named := str(query.get("owner", "")):
        uuid = uuid_of(named)
        return next((team for team in seen if team.uuid == uuid), None)
    if not seen or Standing.objects.visible_to(user).filter(owner_id=user.pk).exists():
        return None
    return next((team for team in seen if team.pk == user.team_id), None)


def week_of(user: User, team: Team, query: Mapping[str, Any], at: datetime) -> TeamWeek:
    """The week an address asks for, of a team the caller found by `asked_team`; a fixed number of queries."""
    frame = Frame.at(at)
    on = day_asked(query, frame.today)
    first = on - timedelta(days=on.weekday())
    days = tuple(first + timedelta(days=number) for number in range(DAYS_OF_A_WEEK))
    sellers = people_in_scope(user).active().filter(role__in=(Role.REP, Role.MANAGER))
    inside = sellers.filter(team__path__startswith=team.path)
    people = list(inside.order_by("full_name", "username", "pk")[: PEOPLE_AT_MOST + 1])
    shown = people[:PEOPLE_AT_MOST]
    numbers = _numbers(user, shown, frame.today, days)
    drawn = (_row(person, numbers, days, frame) for person in shown)
    rows = tuple(row for row in drawn if row.person.role == Role.REP or any(load.number for load in row.loads))
    return TeamWeek(
        team=team,
        on=on,
        today=frame.today,
        days=days,
        off=_off(user, days),
        people=rows,
        total=tuple(sum(row.loads[place].number for row in rows) for place in range(DAYS_OF_A_WEEK)),
        is_cut=len(people) > PEOPLE_AT_MOST,
    )


def _row(person: User, numbers: Loads, days: Sequence[date], frame: Frame) -> PersonDays:
    capacity = person.daily_capacity or frame.scale.plan.capacity
    loads = tuple(
        Load(day, numbers[person.pk, day], day < frame.today, day >= frame.today and numbers[person.pk, day] > capacity)
        for day in days
    )
    return PersonDays(person, capacity, loads)


def _numbers(user: User, people: Collection[User], today: date, days: Sequence[date]) -> Loads:
    """How many stand on which day of whom: what is late stands on today, what was put off on its later day."""
    first, last, keys = days[0], days[-1], [person.pk for person in people]
    numbers: Loads = Counter()
    if first < today:
        numbers.update(_done(user, keys, first, min(last, today - timedelta(days=1))))
    if last < today:
        return numbers
    seen = Standing.objects.filter(Standing.objects.sight(user), owner_id__in=keys)
    due = seen.filter(due_on__lte=last).order_by().values_list("owner_id", "due_on").annotate(many=Count("*"))
    for owner, day, many in due:  # told by the index alone
        numbers[owner, max(day, today)] += many
    put_off = put_off_by(user, keys, today)
    moved = seen.filter(pk__in={customer for _owner, customer in put_off}, due_on__lte=last)
    for customer, owner, day in moved.values_list("pk", "owner_id", "due_on"):
        until = put_off.get((owner, customer))
        if until is not None and day is not None and until > day:
            numbers[owner, max(day, today)] -= 1
            numbers[owner, until] += 1
    return numbers


def _done(user: User, keys: Collection[int], first: date, last: date) -> Loads:
    """How many touches people logged on which day."""
    rows = Touch.objects.visible_to(user).standing().filter(author_id__in=keys, touched_on__range=(first, last))
    counted = rows.order_by().values_list("author_id", "touched_on").annotate(many=Count("pk"))
    return Counter({(author, day): many for author, day, many in counted})


def _off(user: User, days: Sequence[date]) -> frozenset[date]:
    house = Organisation.objects.current()
    holidays = {row.day for row in holidays_between(user, days[0], days[-1])}
    return frozenset(day for day in days if day in holidays or not house.works_on(day))
