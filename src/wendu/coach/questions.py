"""What is asked about many deals at once: who decides, what was promised, how talks went, who was met, what is won."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Max, QuerySet

from wendu.kernel.prepared import Among, prepared, prepared_records_of
from wendu.method.codes import Outcome
from wendu.method.deals.progress import Call
from wendu.method.deals.trust_course import Settled
from wendu.opportunities.choices import Outcome as Ending
from wendu.opportunities.models import Closure, Influencer
from wendu.touches.choices import PromiseState
from wendu.touches.models import Promise, Touch, TouchContact

OVER = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN)


def influencers_in(keys: Collection[int]) -> dict[int, list[Influencer]]:
    """Who takes part in each decision, the weightiest first; `boss` and `swayed` name whom his lines lead to."""
    found: dict[int, list[Influencer]] = defaultdict(list)
    for row in _parts_in(keys):
        found[row.opportunity_id].append(row)
    return found


@prepared_records_of
def _parts_in(keys: Collection[int]) -> QuerySet[Influencer]:
    rows = Influencer.objects.filter(Among("opportunity_id", keys)).select_related("contact")
    named = rows.annotate(boss=F("reports_to__name"), swayed=F("sways__name"))
    return named.order_by("-weight", "pk")


@prepared
def won_by(keys: Collection[int], on: date) -> QuerySet[Any, Any]:
    """Which of them stand as won by a day."""
    ended = Closure.objects.filter(Among("opportunity_id", keys), outcome=Ending.WON, reopened_on__isnull=True)
    return ended.filter(closed_on__lte=on).values_list("opportunity_id")


class Word(NamedTuple):
    """What became of our promises: to each person, and to each customer as a whole where nobody there was meant."""

    to_one: Mapping[int, tuple[Settled, ...]]
    to_all: Mapping[int, tuple[Settled, ...]]


def settled_with(customers: Collection[int], on: date) -> Word:
    """When each of our promises was over, and how (one query); one agreed anew lives on in its successor."""
    to_one, to_all = (defaultdict[int, list[Settled]](list) for _ in range(2))
    for customer, contact, state, day in _settled(customers, on):
        (to_all[customer] if contact is None else to_one[contact]).append(Settled(day, state))
    return Word(*({key: tuple(each) for key, each in found.items()} for found in (to_one, to_all)))


@prepared
def _settled(customers: Collection[int], on: date) -> QuerySet[Any, Any]:
    rows = Promise.objects.standing().filter(Among("customer_id", customers), state__in=OVER, settled_on__lte=on)
    return rows.order_by("settled_on", "pk").values_list("customer_id", "contact_id", "state", "settled_on")


def calls_about(keys: Collection[int], on: date) -> dict[int, list[Call]]:
    """The two-way talks about each deal in order of time."""
    found: dict[int, list[Call]] = defaultdict(list)
    for deal, outcome, objective in _talks(keys, on):
        found[deal].append(Call(_OUTCOMES[outcome], bool(objective)))
    return found


@prepared
def _talks(keys: Collection[int], on: date) -> QuerySet[Any, Any]:
    rows = Touch.objects.standing().filter(Among("opportunity_id", keys), is_two_way=True, touched_on__lte=on)
    return rows.order_by("touched_on", "pk").values_list("opportunity_id", "outcome", "objective")


@prepared
def met_on(customers: Collection[int], people: Collection[int], on: date) -> QuerySet[Any, Any]:
    """The latest two-way touch with each person."""
    rows = TouchContact.objects.filter(
        Among("contact_id", people),
        Among("touch__customer_id", customers),
        touch__is_two_way=True,
        touch__undone_at__isnull=True,
        touch__touched_on__lte=on,
    )
    return rows.order_by().values_list("contact_id").annotate(on=Max("touch__touched_on"))


_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
