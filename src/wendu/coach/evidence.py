"""Gathering what is known about deals by a day, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from wendu.coach.case import DealCase
from wendu.coach.frame import Frame
from wendu.discovery.facts import DealFindings, deal_findings, told_and_rated
from wendu.method.codes import Outcome
from wendu.method.deals.progress import Call
from wendu.method.deals.trust import Promises
from wendu.offers.facts import OfferFindings, offer_findings
from wendu.opportunities.choices import Outcome as Ending
from wendu.opportunities.models import Closure, Influencer, Opportunity
from wendu.touches.choices import PromiseState
from wendu.touches.models import Promise, Touch, TouchContact

NOBODY: Mapping[int, Promises] = {}


def deal_cases(deals: Sequence[Opportunity], frame: Frame) -> dict[int, DealCase]:
    """Gather what is known about deals by the day of the frame, in a fixed number of queries (seventeen)."""
    keys, on = [deal.pk for deal in deals], frame.today
    customers = {deal.customer_id for deal in deals}
    influencers = _influencers(keys)
    found, offered = deal_findings(keys, as_of=on), offer_findings(keys)
    people = {each.contact_id for some in influencers.values() for each in some}
    promises, calls, met = _promises(people, on), _calls(keys, on), _met(customers, people, on)
    won = set(
        Closure.objects.filter(
            opportunity__in=keys, outcome=Ending.WON, reopened_on__isnull=True, closed_on__lte=on
        ).values_list("opportunity_id", flat=True)
    )
    return {
        deal.pk: DealCase(
            deal=deal,
            on=on,
            scale=frame.scale.deal,
            influencers=tuple(influencers.get(deal.pk, ())),
            found=found.get(deal.pk) or DealFindings(),
            offered=offered.get(deal.pk) or OfferFindings(),
            promises=promises,
            calls=tuple(calls.get(deal.pk, ())),
            met_on=met,
            won=deal.pk in won,
        )
        for deal in deals
    }


def people_cases(deals: Sequence[Opportunity], frame: Frame) -> list[DealCase]:
    """Only what is known about the people of deals, and the talks (five queries): nothing of what was offered."""
    keys, on = [deal.pk for deal in deals], frame.today
    influencers, found = _influencers(keys), told_and_rated(keys, as_of=on)
    promises = _promises({each.contact_id for some in influencers.values() for each in some}, on)
    calls = _calls(keys, on)
    return [
        DealCase(
            deal=deal,
            on=on,
            scale=frame.scale.deal,
            influencers=tuple(influencers.get(deal.pk, ())),
            found=found.get(deal.pk) or DealFindings(),
            promises=promises,
            calls=tuple(calls.get(deal.pk, ())),
        )
        for deal in deals
    ]


def deal_case(deal: Opportunity, frame: Frame) -> DealCase:
    """The same for one."""
    return deal_cases([deal], frame)[deal.pk]


def _influencers(keys: Collection[int]) -> dict[int, list[Influencer]]:
    found: dict[int, list[Influencer]] = defaultdict(list)
    rows = Influencer.objects.filter(opportunity__in=keys).select_related("contact").order_by("-weight", "pk")
    for row in rows:
        found[row.opportunity_id].append(row)
    return found


def _promises(people: Collection[int], on: date) -> Mapping[int, Promises]:
    """What became of our promises to each person; one agreed anew lives on in the one that renewed it."""
    if not people:
        return NOBODY
    over = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN)
    rows = Promise.objects.standing().filter(contact__in=people, state__in=over, settled_on__lte=on)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for contact, state in rows.values_list("contact_id", "state"):
        counts[contact][state] += 1
    return {
        contact: Promises(each[PromiseState.KEPT], each[PromiseState.KEPT_LATE], each[PromiseState.BROKEN])
        for contact, each in counts.items()
    }


def _calls(keys: Collection[int], on: date) -> dict[int, list[Call]]:
    """The two-way talks about each deal in order of time."""
    rows = Touch.objects.standing().filter(opportunity__in=keys, is_two_way=True, touched_on__lte=on)
    found: dict[int, list[Call]] = defaultdict(list)
    for deal, outcome, objective in rows.order_by("touched_on", "pk").values_list(
        "opportunity_id", "outcome", "objective"
    ):
        found[deal].append(Call(Outcome(outcome), bool(objective)))
    return found


def _met(customers: Collection[int], people: Collection[int], on: date) -> Mapping[int, date]:
    """The latest two-way touch with each person."""
    rows = TouchContact.objects.filter(
        contact__in=people,
        touch__customer__in=customers,
        touch__is_two_way=True,
        touch__undone_at__isnull=True,
        touch__touched_on__lte=on,
    ).values_list("contact_id", "touch__touched_on")
    latest: dict[int, date] = {}
    for contact, day in rows:
        latest[contact] = max(day, latest.get(contact, day))
    return latest
