"""Opportunities as the method needs them, in bulk and with a fixed number of queries."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import DealEvent
from wendu.method.facts import DealFact
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity, Pause

Rows = QuerySet[Any, Any]


class DealDay(NamedTuple):
    """Something that happened to a deal; no day means it was imported open, without saying since when."""

    on: date | None
    fact: DealFact


class OpenDeal(NamedTuple):
    """A deal open at the end of a day, what it was thought to be worth, when it should sign, and how far it is now."""

    id: int
    opened_on: date | None
    amount_minor: int | None
    currency: str
    amount_is_estimated: bool
    owner_id: int | None
    expected_on: date | None = None
    stage: str = ""


class DealHistory(NamedTuple):
    """What happened to one customer's deals up to a day, and which of them were open at its end."""

    days: tuple[DealDay, ...] = ()
    open: tuple[OpenDeal, ...] = ()


def deal_histories(customer_ids: Collection[int], *, as_of: date) -> dict[int, DealHistory]:
    """Give per customer all events of its deals and those open at the end of a day (three queries at most)."""
    found = _deals_of(customer_ids)
    return {
        pk: DealHistory(tuple(_days_of(deals, as_of)), tuple(_open_of(deals, as_of))) for pk, deals in found.items()
    }


class _Spell(NamedTuple):
    """A time in which a deal was not open: how it began and on which day it was over, if it is."""

    began_on: date
    order: str
    event: DealEvent
    is_cancelled: bool
    ended_on: date | None


class _Deal(NamedTuple):
    row: OpenDeal
    spells: list[_Spell]

    def events(self, as_of: date) -> Iterator[DealDay]:
        """Tell the deal's life; a cancelled order is a win that was lost in the end, without an opening between."""
        if self.row.opened_on is None or self.row.opened_on <= as_of:
            yield self._day(self.row.opened_on, DealEvent.OPENED)
        known = [spell for spell in self._in_order() if spell.began_on <= as_of]
        for spell, following in zip_longest(known, known[1:]):
            yield self._day(spell.began_on, spell.event)
            is_over = spell.ended_on is not None and spell.ended_on <= as_of
            if is_over and not (following is not None and following.is_cancelled):
                yield self._day(spell.ended_on, DealEvent.REOPENED)

    def is_open_after(self, as_of: date) -> bool:
        """Whether it was open at the end of a day."""
        if self.row.opened_on is not None and self.row.opened_on > as_of:
            return False
        return not any(
            spell.began_on <= as_of and (spell.ended_on is None or spell.ended_on > as_of) for spell in self.spells
        )

    def _in_order(self) -> list[_Spell]:
        return sorted(self.spells, key=lambda spell: (spell.began_on, spell.order))

    def _day(self, on: date | None, event: DealEvent) -> DealDay:
        return DealDay(on, DealFact(self.row.id, event, self.row.expected_on))


def _days_of(deals: Iterable[_Deal], as_of: date) -> list[DealDay]:
    events = (day for deal in deals for day in deal.events(as_of))
    return sorted(events, key=lambda day: (day.on or date.min, day.fact.deal))


def _open_of(deals: Iterable[_Deal], as_of: date) -> list[OpenDeal]:
    live = (deal.row for deal in deals if deal.is_open_after(as_of))
    return sorted(live, key=lambda row: (row.opened_on or date.min, row.id))


def _deals_of(customer_ids: Collection[int]) -> dict[int, list[_Deal]]:
    """Load the standing deals of customers with the times in which they were not open (three queries at most)."""
    deals: dict[int, _Deal] = {}
    found: dict[int, list[_Deal]] = {}
    for customer_id, *row in _rows(customer_ids):
        deal = _Deal(OpenDeal(*row), [])
        deals[deal.row.id] = deal
        found.setdefault(customer_id, []).append(deal)
    for deal_id, uuid, outcome, began_on, ended_on in _closures(customer_ids) if deals else ():
        event = DealEvent.WON if outcome == Outcome.WON else DealEvent.LOST
        spell = _Spell(began_on, str(uuid), event, outcome == Outcome.CANCELLED, ended_on)
        deals[deal_id].spells.append(spell)
    for deal_id, uuid, began_on, ended_on in _pauses(customer_ids) if deals else ():
        deals[deal_id].spells.append(_Spell(began_on, str(uuid), DealEvent.PAUSED, False, ended_on))
    return found


@prepared
def _rows(customer_ids: Collection[int]) -> Rows:
    rows = Opportunity.objects.standing().filter(Among("customer_id", customer_ids))
    return rows.order_by("customer_id", "pk").values_list("customer_id", *_COLUMNS)


_COLUMNS = ("pk", "opened_on", "amount_minor", "currency", "amount_is_estimated", "owner_id", "expected_on", "stage")


@prepared
def _closures(customer_ids: Collection[int]) -> Rows:
    rows = Closure.objects.filter(Among("opportunity__customer_id", customer_ids), opportunity__deleted_at__isnull=True)
    return rows.values_list("opportunity_id", "uuid", "outcome", "closed_on", "reopened_on")


@prepared
def _pauses(customer_ids: Collection[int]) -> Rows:
    rows = Pause.objects.filter(Among("opportunity__customer_id", customer_ids), opportunity__deleted_at__isnull=True)
    return rows.values_list("opportunity_id", "uuid", "began_on", "ended_on")
