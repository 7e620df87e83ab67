"""What is asked about many deals at once: who decides, what was promised, how talks went, who was met, what is won."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from wendu.kernel.prepared import Among, prepared, prepared_records_of
from wendu.method.codes import Outcome
from wendu.method.deals.progress import Call
from wendu.method.deals.trust_course import Settled
from wendu.opportunities.choices import Outcome as Ending
from wendu.opportunities.models import Closure, Influencer
from wendu.touches.choices import PromiseState
from wendu.touches.models import Promise, Touch, TouchContact


def influencers_in(keys: Collection[int]) -> dict[int, list[Influencer]]:
    """Who takes part in each decision, the weightiest first."""
    found: dict[int, list[Influencer]] = defaultdict(list)
    for row in _parts_in(keys):
        found[row.opportunity_id].append(row)
    return found


@prepared_records_of
def _parts_in(keys: Collection[int]) -> QuerySet[Influencer]:
    rows = Influencer.objects.filter(Among("opportunity_id", keys)).select_related("contact")
    return rows.order_by("-weight", "pk")


@prepared
def won_by(keys: Collection[int], on: date) -> QuerySet[Any, Any]:
    """Which of them stand as won by a day."""
    ended = Closure.objects.filter(Among("opportunity_id", keys), outcome=Ending.WON, reopened_on__isnull=True)
    return ended.filter(closed_on__lte=on).values_list("opportunity_id")


def settled_with(people: Collection[int], on: date) -> Mapping[int, tuple[Settled, ...]]:
    """When each of our promises to each person was over, and how; one agreed anew lives on in its successor."""
    found: dict[int, list[Settled]] = defaultdict(list)
    for contact, state, day in _settled(people, on):
        found[contact].append(Settled(day, state))
    return {contact: tuple(each) for contact, each in found.items()}


@prepared
def _settled(people: Collection[int], on: date) -> QuerySet[Any, Any]:
    over = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN)
    rows = Promise.objects.standing().filter(Among("contact_id", people), state__in=over, settled_on__lte=on)
    return rows.order_by("settled_on", "pk").values_list("contact_id", "state", "settled_on")


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
