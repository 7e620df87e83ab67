"""Customers as the method needs them, in bulk and with a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, Self

from django.db.models import Exists, OuterRef, QuerySet

from wendu.customers.choices import NurtureKind
from wendu.customers.models import Contact, Customer, Nurture
from wendu.kernel.prepared import Among, prepared
from wendu.method.facts import Profile

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class NurtureMark:
    """What a day did to the pursuit: resting until a day, dropped, declared gone, or woken before the day set."""

    on: date
    until: date | None = None
    dropped: bool = False
    woken: bool = False
    churned: bool = False


def profiles(customer_ids: Collection[int]) -> dict[int, Profile]:
    """Give the profile of each customer, which stretches its windows and rhythm (one query)."""
    return {pk: Profile(*row) for pk, *row in _profiles(customer_ids)}


def nurture_marks(customer_ids: Collection[int], *, as_of: date | None = None) -> dict[int, list[NurtureMark]]:
    """Give per customer, in order of day, when it was put to rest, dropped or woken, as known on a day (one query).

    A spell that simply ran to its wake day leaves no mark at its end: the day to wake says it already.
    """
    spells: dict[int, list[_Spell]] = {}
    as_of = as_of or date.max
    for customer_id, *row in _nurtures(customer_ids, as_of):
        spells.setdefault(customer_id, []).append(_spell(*row, as_of=as_of))
    return {customer_id: _marks(of_customer) for customer_id, of_customer in spells.items()}


def opted_out(customer_ids: Collection[int]) -> set[int]:
    """Give the customers of whom everybody we know wants no more messages (one query); unknown people said nothing."""
    return {pk for (pk,) in _opted_out(customer_ids)} if customer_ids else set()


class Newcomer(NamedTuple):
    """A customer just written, of whom nothing is known but its row: what the coach needs to begin with it."""

    pk: int
    owner_id: int | None
    team_id: int | None
    market: str
    product_kind: str
    industry: str
    sale_kind: str
    tier: str

    @classmethod
    def of(cls, pk: int, columns: Mapping[str, Any]) -> Self:
        """Take what is needed from the columns of the row."""
        return cls(pk, *_READ(columns))


_READ = itemgetter(*Newcomer._fields[1:])


def profile_of(customer: Customer | Newcomer) -> Profile:
    """Give the profile of a customer at hand."""
    return Profile(
        market=customer.market,
        product=customer.product_kind,
        industry=customer.industry,
        sale=customer.sale_kind,
        tier=customer.tier,
    )


@dataclass(frozen=True, slots=True)
class _Spell:
    mark: NurtureMark
    ended_on: date | None

    @property
    def outlives_its_day(self) -> bool:
        return self.ended_on != self.mark.on


def _spell(kind: str, began_on: date, wake_on: date | None, ended_on: date | None, *, as_of: date) -> _Spell:
    is_drop, is_gone = kind == NurtureKind.DROPPED, kind == NurtureKind.CHURNED
    is_known = ended_on is not None and ended_on <= as_of
    mark = NurtureMark(on=began_on, until=wake_on, dropped=is_drop, churned=is_gone)
    return _Spell(mark=mark, ended_on=ended_on if is_known else None)


def _marks(spells: list[_Spell]) -> list[NurtureMark]:
    """Judge each day at its end: a rest begun and ended on one day, or renewed on the day it ended, is no waking."""
    lasting = [spell for spell in spells if spell.outlives_its_day]
    begun = {spell.mark.on for spell in lasting}
    marks = [spell.mark for spell in lasting]
    for spell in lasting:
        is_early = spell.ended_on is not None and (spell.mark.until is None or spell.ended_on < spell.mark.until)
        if is_early and spell.ended_on is not None and spell.ended_on not in begun:
            marks.append(NurtureMark(on=spell.ended_on, woken=True))
    return sorted(marks, key=lambda mark: mark.on)


@prepared
def _opted_out(customer_ids: Collection[int]) -> Rows:
    people = Contact.objects.filter(deleted_at=None, left_on=None).order_by()
    willing = people.filter(customer_id=OuterRef("customer_id"), do_not_contact=False)
    refusing = people.filter(Among("customer_id", customer_ids), do_not_contact=True)  # few: an index of their own
    return refusing.filter(~Exists(willing)).values_list("customer_id").distinct()


@prepared
def _profiles(customer_ids: Collection[int]) -> Rows:
    rows = Customer.objects.filter(Among("pk", customer_ids))
    return rows.values_list("pk", "market", "product_kind", "industry", "sale_kind", "tier")


@prepared
def _nurtures(customer_ids: Collection[int], as_of: date) -> Rows:
    rows = Nurture.objects.filter(Among("customer_id", customer_ids), began_on__lte=as_of)
    return rows.order_by("customer_id", "began_on", "uuid").values_list(
        "customer_id", "kind", "began_on", "wake_on", "ended_on"
    )
