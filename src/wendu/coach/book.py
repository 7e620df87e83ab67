"""One person's book of customers on a day: what stands about each, from the rows kept or from the facts of that day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope, scope_of
from wendu.agenda.due import start_of
from wendu.agenda.models import Step
from wendu.agenda.queries import Plan
from wendu.coach.actions import copies_of
from wendu.coach.facts import folded, gather
from wendu.coach.frame import Frame
from wendu.coach.lean import LeanDeal, LeanStanding, lean_deal, lean_standing
from wendu.coach.models import DealStanding, DealStandingQuerySet, Standing, StandingQuerySet
from wendu.coach.queries import states_of
from wendu.coach.rows import current, deal_row, standing_row
from wendu.customers.facts import profiles
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import Status
from wendu.method.facts import Context
from wendu.method.journey import Journey
from wendu.method.stops import DaySet, Interval
from wendu.opportunities.models import Opportunity
from wendu.touches.facts import quiet_facts

CHUNK = 500

Rows = QuerySet[Any, Any]


class Nameless(NamedTuple):
    """A person's deals whose customer is unknown: how many, and since when the oldest is open."""

    deals: int
    oldest_on: date | None
    market: str = "b2b"


@dataclass
class Book:
    """Standings and deals of one person, with a way to look closer at a few of them."""

    frame: Frame
    standings: dict[int, LeanStanding] = field(default_factory=dict)
    deals: dict[int, list[LeanDeal]] = field(default_factory=dict)
    quiet: set[int] = field(default_factory=set)
    spells: dict[int, tuple[Interval, ...]] = field(default_factory=dict)
    silences: dict[int, DaySet] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    born: dict[int, date] = field(default_factory=dict)
    buckets: dict[int, Nameless] = field(default_factory=dict)
    held: dict[int, tuple[Journey, Context]] = field(default_factory=dict)

    @cached_property
    def rests_today(self) -> bool:
        """Whether the whole firm rests today."""
        return self.frame.today in self.frame.holidays

    def begun_on(self, customer_id: int) -> date | None:
        """Since when this person's oldest open deal with a customer runs; unknown without one that has a day."""
        days = (deal.opened_on for deal in self.deals.get(customer_id, ()) if deal.opened_on is not None)
        return min(days, default=None)

    def look_closer(self, customer_ids: Collection[int]) -> dict[int, tuple[Journey, Context]]:
        """The journey and context of these customers (three queries at most, none for a book of facts)."""
        missing = [pk for pk in customer_ids if pk not in self.held]
        if missing:
            known, quiet = profiles(missing), self._quiet_spells(missing)
            for pk, journey in states_of(missing).items():
                self.held[pk] = (journey, self.frame.context(known[pk], quiet[pk]))
        return {pk: self.held[pk] for pk in customer_ids if pk in self.held}

    def _quiet_spells(self, customer_ids: Collection[int]) -> dict[int, tuple[Interval, ...]]:
        """The quiet periods of these customers; only those of strangers to the book are asked for."""
        strangers = [pk for pk in customer_ids if pk not in self.standings]
        if strangers:
            self.spells |= {pk: tuple(found) for pk, found in quiet_facts(strangers).items() if found}
        return {pk: self.spells.get(pk, ()) for pk in customer_ids}


def stored_book(user: User, frame: Frame) -> Book:
    """The book as it stands today, from the rows the coach keeps; a fixed number of queries."""
    book = Book(frame)
    book.standings = {row.customer_id: row for row in _standings(user)}
    for deal in _deals(user):
        book.deals.setdefault(deal.customer_id, []).append(deal)
    book.touched = {pk for pk, row in book.standings.items() if row.latest_touch_on is not None}
    _hush(book)
    _date_leads(book)
    book.buckets = _buckets(user, frame.today)
    return book


def book_as_of(user: User, frame: Frame) -> Book:
    """The book as the facts up to a day tell it; later outcomes, amounts and edits do not exist yet."""
    book = Book(frame)
    ids = _known_by(user, frame.today)
    for start in range(0, len(ids), CHUNK):
        _fold_into(book, ids[start : start + CHUNK], frame)
    own = Q(owner=user) | Q(owner__isnull=True, customer__owner=user)
    mine = set(Opportunity.objects.filter(own, customer_id__in=ids).values_list("pk", flat=True))
    kept = {pk: [row for row in rows if row.pk in mine] for pk, rows in book.deals.items()}
    book.deals = {pk: rows for pk, rows in kept.items() if rows}
    book.touched = {pk for pk, row in book.standings.items() if row.latest_touch_on is not None}
    _hush(book)
    _date_leads(book)
    book.buckets = _buckets(user, frame.today)
    return book


def steps_known_on(user: User, day: date) -> list[Plan]:
    """What a person had planned and not yet done at the end of a day, earliest first."""
    if scope_of(user).sees_nothing:
        return []
    end = start_of(day + timedelta(days=1))
    is_open = (Q(done_at__isnull=True) | Q(done_at__gte=end)) & (
        Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=end)
    )
    rows = Step.objects.of(user).filter(is_open, created_at__lt=end).order_by("planned_on", "pk")
    return list(map(Plan._make, rows.values_list(*Plan._fields)))


@prepared_for(LeanStanding)
def _standings(me: Scope) -> StandingQuerySet:
    """What a person follows: own customers, and those of own open deals."""
    deals = DealStanding.objects.filter(owner_id=me.user_id).values("customer_id")
    return Standing.objects.visible_to(me).filter(Q(owner_id=me.user_id) | Q(pk__in=deals), is_hidden=False)


@prepared_for(LeanDeal)
def _deals(me: Scope) -> DealStandingQuerySet:
    return DealStanding.objects.visible_to(me).filter(owner_id=me.user_id)


def _known_by(user: User, on: date) -> list[int]:
    deals = Opportunity.objects.open_on(on).filter(owner=user)
    rows = Customer.objects.visible_to(user).filter(bucket_of__isnull=True)
    return list(
        rows.filter(Q(owner=user) | Q(pk__in=deals.values("customer_id"))).order_by("pk").values_list("pk", flat=True)
    )


def _fold_into(book: Book, ids: list[int], frame: Frame) -> None:
    copies = copies_of(ids)
    for case in gather(ids, frame):
        course = folded(case)
        facts = current(course.journey, course.context, frame.today)
        pk = course.customer_id
        book.standings[pk] = lean_standing(standing_row(course, facts, frame, copies[pk]))
        rows = (deal_row(course, facts, deal, frame, copies[pk]) for deal in course.deals)
        book.deals[pk] = [lean_deal(row) for row in rows if row is not None]
        book.held[pk] = (course.journey, course.context)


def _hush(book: Book) -> None:
    """Note the quiet periods of the book's customers, and who is to be left in peace today (one query)."""
    today = book.frame.today
    if not book.standings:
        return
    book.spells = {pk: tuple(found) for pk, found in quiet_facts(book.standings, as_of=today).items() if found}
    book.silences = {pk: DaySet.of(found) for pk, found in book.spells.items()}
    book.quiet = {pk for pk, days in book.silences.items() if today in days}


def _date_leads(book: Book) -> None:
    """Since when we know those whom nobody met yet and who have no deal to tell it (one query)."""
    leads = [pk for pk, row in book.standings.items() if row.status == Status.UNVISITED and not book.deals.get(pk)]
    organisation, today = Organisation.objects.current(), book.frame.today
    for pk, created_at in _created(leads) if leads else ():
        if (day := organisation.today(created_at)) <= today:
            book.born[pk] = day


@prepared
def _created(customer_ids: Collection[int]) -> Rows:
    return Customer.objects.filter(Among("pk", customer_ids)).values_list("pk", "created_at")


class _Bucket(NamedTuple):
    pk: int
    market: str


@prepared_for(_Bucket)
def _buckets_of(me: Scope) -> Rows:
    return Customer.objects.filter(bucket_of_id=me.user_id, deleted_at__isnull=True)


def _buckets(user: User, on: date) -> dict[int, Nameless]:
    """The person's deals whose customer is unknown, under their bucket."""
    found: dict[int, Nameless] = {}
    for pk, market in _buckets_of(user):  # one at most; asked for first, for most people have none
        days = list(Opportunity.objects.open_on(on).filter(customer_id=pk).values_list("opened_on", flat=True))
        if days:
            found[pk] = Nameless(len(days), min((day for day in days if day), default=None), market)
    return found
