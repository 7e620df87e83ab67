"""Where the open deals of a customer are stuck: who decides and was not heard, who does not trust us, talk after talk.

Only deals about which something was written down are looked at: whoever sells without the deal room is not told every
morning that nobody's need is confirmed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from wendu.coach.case import DealCase
from wendu.coach.evidence import people_cases
from wendu.coach.frame import Frame
from wendu.discovery.models import Demand, TrustRating
from wendu.kernel.prepared import Among, prepared_records_of
from wendu.opportunities.models import Closure, Opportunity, Pause


@dataclass(frozen=True, slots=True)
class Stuck:
    """What speaks for going there: key people not heard, the lowest trust that counts, talks without a step."""

    unconfirmed: int = 0
    trust: float | None = None
    talks: int = 0


NOT_STUCK = Stuck()


def stuck_of(customers: Collection[int], frame: Frame) -> Mapping[int, Stuck]:
    """Give per customer where its deals are stuck: one question where nobody wrote anything down, else six."""
    deals = _told_of(customers) if customers else []
    if not deals:
        return {}
    found: dict[int, list[Stuck]] = {}
    for case in people_cases(deals, frame):
        found.setdefault(case.deal.customer_id, []).append(_stuck(case))
    return {pk: _worst(some) for pk, some in found.items()}


def _stuck(case: DealCase) -> Stuck:
    """One deal; a key person nobody rated says nothing about trust."""
    known = [trust.value for person, trust in case.trusted if trust.value is not None and person in case.keys]
    mean = case.trust.value
    if isinstance(mean, int | float):
        known.append(float(mean))
    return Stuck(
        unconfirmed=sum(not person.is_known for person in case.keys),
        trust=min(known, default=None),
        talks=int(case.stall.value or 0) if case.stall.band == "stalled" else 0,
    )


def _worst(some: Iterable[Stuck]) -> Stuck:
    every = list(some)
    return Stuck(
        unconfirmed=max(each.unconfirmed for each in every),
        trust=min((each.trust for each in every if each.trust is not None), default=None),
        talks=max(each.talks for each in every),
    )


@prepared_records_of
def _told_of(keys: Collection[int]) -> QuerySet[Opportunity]:
    """Deals still to be decided about which a need or a rating was written down."""
    told = [
        Exists(model.objects.filter(opportunity=OuterRef("pk"), removed_at__isnull=True))
        for model in (Demand, TrustRating)
    ]
    ended = Exists(Closure.objects.filter(opportunity=OuterRef("pk"), reopened_on__isnull=True))
    rests = Exists(Pause.objects.filter(opportunity=OuterRef("pk"), ended_on__isnull=True))
    rows = Opportunity.objects.filter(Among("customer_id", keys), Q(told[0]) | Q(told[1]), ~ended, ~rests)
    return rows.filter(deleted_at__isnull=True).order_by("pk")
