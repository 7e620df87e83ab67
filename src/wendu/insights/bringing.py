"""What customers bring by bringing others: how many a year, how many of these buy, and for how much at first (3.28).

How many one customer brings is its own record; how many of those who are brought buy, and what their first year brings,
is the house's, looked at once a night.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery

from wendu.customers.models import Customer, CustomerQuerySet
from wendu.identity.models import Organisation
from wendu.insights.facts import Book, Ground, books_of
from wendu.insights.models import Study
from wendu.method.lifetime import DAYS_OF_A_YEAR, Referrals
from wendu.method.scales import LifetimeScale
from wendu.touches.models import Touch

AT_ONCE, FIRST_YEAR = 500, timedelta(days=365)


class House(NamedTuple):
    """Of all that others brought: how many, how many bought, how many first years are over and what they bring."""

    brought: int = 0
    bought: int = 0
    first_years: int = 0
    first_year_minor: int = 0

    @classmethod
    def of(cls, study: Study | None) -> "House":
        """As the latest night found it; nobody before the first one."""
        return cls(**study.referrals) if study is not None else cls()

    def conversion(self, scale: LifetimeScale) -> float | None:
        """The share that bought, where enough were brought to name one."""
        return self.bought / self.brought if self.brought >= max(scale.referrals_from_customers, 1) else None

    def first_year(self, scale: LifetimeScale) -> float | None:
        """What a first year brings, in revenue, where enough of them are over."""
        return float(self.first_year_minor) if self.first_years >= max(scale.referrals_from_years, 1) else None


class Begun(NamedTuple):
    """The first day anything is known of a customer, and which other brought it."""

    on: date
    referrer: int | None


def house_of(ground: Ground) -> House:
    """Look at all that others brought, in pieces (a fixed number of queries each)."""
    found, first = House(), 0
    for books in _brought_books(ground):
        orders = [book for book in books if book.order_days]
        over = [book for book in orders if book.order_days[0] + FIRST_YEAR <= ground.today]
        first += sum(_first_year(book) for book in over)
        found = House(found.brought + len(books), found.bought + len(orders), found.first_years + len(over))
    mean = round(first / found.first_years) if found.first_years else 0
    return found._replace(first_year_minor=mean)


def referrals_of(
    customer_ids: Collection[int], seen: CustomerQuerySet, study: Study | None, ground: Ground
) -> dict[int, Referrals]:
    """What each of these will bring by the customers it brought; `seen` are the customers the reader sees (one query).

    Nobody is in it before the house wrote down of any customer who brought it.
    """
    if not House.of(study).brought:
        return {}
    begun = begun_of(seen.filter(Q(pk__in=customer_ids) | Q(referrer__in=customer_ids)))
    return _referrals({pk: begun[pk] for pk in customer_ids if pk in begun}, begun, study, ground)


def referrals_of_all(seen: CustomerQuerySet, study: Study | None, ground: Ground) -> dict[int, Referrals]:
    """The same of everybody who brought anybody among the customers the reader sees (one query)."""
    if not House.of(study).brought:
        return {}
    bringing = seen.filter(referrer__isnull=False).values("referrer")
    begun = begun_of(seen.filter(Q(pk__in=bringing) | Q(referrer__isnull=False)))
    by = {each.referrer for each in begun.values()}
    return _referrals({pk: each for pk, each in begun.items() if pk in by}, begun, study, ground)


def _referrals(
    asked: Mapping[int, Begun], begun: Mapping[int, Begun], study: Study | None, ground: Ground
) -> dict[int, Referrals]:
    house, scale = House.of(study), ground.scale.lifetime
    brought: dict[int, list[date]] = defaultdict(list)
    for each in begun.values():
        if each.referrer is not None:
            brought[each.referrer].append(each.on)
    conversion, first_year = house.conversion(scale), house.first_year(scale)
    return {
        pk: Referrals(_a_year(each.on, brought[pk], ground), conversion, first_year, house.brought)
        for pk, each in asked.items()
    }


def begun_of(customers: CustomerQuerySet) -> dict[int, Begun]:
    """Since when each of these is known: taken up, talked with, or ordering, whichever came first (one query)."""
    house = Organisation.objects.current()
    talks = Touch.objects.standing().filter(customer=OuterRef("pk")).order_by("touched_on").values("touched_on")[:1]
    rows = customers.annotate(talked_on=Subquery(talks)).order_by()
    told = rows.values_list("pk", "referrer_id", "created_at", "talked_on", "score__first_on")
    return {
        pk: Begun(min(day for day in (house.today(at), talked_on, first_on) if day is not None), referrer)
        for pk, referrer, at, talked_on, first_on in told
    }


def _a_year(since: date, brought: Iterable[date], ground: Ground) -> float:
    """The mean of a year over the latest `years`, as far back as one is known; less than a year counts as one."""
    years, today = ground.scale.lifetime.years, ground.today
    known = min(max((today - since).days / DAYS_OF_A_YEAR, 1.0), float(years))
    lately = [
        day for day in brought if today.toordinal() - years * DAYS_OF_A_YEAR < day.toordinal() <= today.toordinal()
    ]
    return len(lately) / known


def _brought_books(ground: Ground) -> Iterable[list[Book]]:
    after = 0
    rows = Customer.objects.standing().filter(referrer__isnull=False, referrer__deleted_at__isnull=True).order_by("pk")
    while ids := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:AT_ONCE]):
        yield books_of(ids, ground)
        after = ids[-1]


def _first_year(book: Book) -> int:
    """What the first year since the first order brought, less what went back."""
    first_on = book.order_days[0]
    return sum(each.revenue for each in book.bought if first_on <= each.on < first_on + FIRST_YEAR)
