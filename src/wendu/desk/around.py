"""Who and what a day's steps speak of: customers, people, deals and open problems, read at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from wendu.coach.plan import Day
from wendu.coach.quoting import bargains
from wendu.customers.models import Contact, Customer
from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import Reach
from wendu.method.suggestion import Bargain
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer, Opportunity
from wendu.touches.facts import reach_of
from wendu.touches.models import Tail

DECIDERS = frozenset({InfluencerRole.DECISION_MAKER.value, InfluencerRole.APPROVER.value})

Rows = QuerySet[Any, Any]


class Subject(NamedTuple):
    """The customer a step is about."""

    pk: int
    uuid: UUID
    name: str
    owner_id: int | None
    market: str
    source_text: str


class Partner(NamedTuple):
    """The person a step speaks to."""

    pk: int
    customer_id: int
    name: str
    job_title: str


class Affair(NamedTuple):
    """The deal a step speaks of."""

    pk: int
    title: str
    product: str


class Voice(NamedTuple):
    """One person in the decision of a deal."""

    contact_id: int
    role: str
    is_powerful: bool


@dataclass(slots=True)
class Around:
    """Names and texts of the customers on the plan, read in a fixed number of queries."""

    customers: dict[int, Subject] = field(default_factory=dict)
    contacts: dict[int, Partner] = field(default_factory=dict)
    of_deals: dict[int, Affair] = field(default_factory=dict)
    tails: dict[int, str] = field(default_factory=dict)
    voices: dict[int, list[Voice]] = field(default_factory=dict)
    bargains: dict[int, Bargain] = field(default_factory=dict)

    def knows_decider(self, deal_id: int) -> bool | None:
        """Whether somebody who decides is known; unknown for a deal that names nobody."""
        voices = self.voices.get(deal_id)
        return any(voice.role in DECIDERS for voice in voices) if voices else None

    def reach(self, deal_id: int | None, contact_id: int | None) -> Reach:
        """How deep a touch with a contact reaches into the decision of a deal."""
        if deal_id is None or contact_id is None:
            return Reach.INFLUENCER
        voices = {voice.contact_id: voice for voice in self.voices.get(deal_id, ())}
        found = voices.get(contact_id)
        return reach_of(found.role, is_powerful=found.is_powerful) if found else Reach.OTHER


def read_around(day: Day) -> Around:
    """Read it all for the steps of a day, in six queries at most."""
    steps = (*day.steps, *day.left_out)
    if not steps:
        return Around()
    ids = [step.customer_id for step in steps]
    deal_ids = [step.deal.pk for step in steps if step.deal]
    around = Around(
        customers={row.pk: row for row in map(Subject._make, _subjects(ids))},
        contacts={row.customer_id: row for row in map(Partner._make, _partners(ids))},
        of_deals={row.pk: row for row in map(Affair._make, _affairs(deal_ids) if deal_ids else ())},
        tails=dict(_open_tails(ids)),
        bargains=bargains([deal.deal for step in steps if step.seen for deal in step.seen.facts.deals]),
    )
    for deal_id, *voice in _voices(deal_ids) if deal_ids else ():
        around.voices.setdefault(deal_id, []).append(Voice(*voice))
    return around


def subject_of(customer: Customer) -> Subject:
    """The same of a customer at hand."""
    return Subject(*[getattr(customer, name) for name in Subject._fields])


def partner_of(contact: Contact) -> Partner:
    """The same of a person at hand."""
    return Partner(*[getattr(contact, name) for name in Partner._fields])


def affair_of(deal: Opportunity) -> Affair:
    """The same of a deal at hand."""
    return Affair(*[getattr(deal, name) for name in Affair._fields])


@prepared
def _subjects(customer_ids: Collection[int]) -> Rows:
    return Customer.objects.filter(Among("pk", customer_ids)).values_list(*Subject._fields)


@prepared
def _partners(customer_ids: Collection[int]) -> Rows:
    """Of several the last one stands: the main contact, else the longest known."""
    people = Contact.objects.filter(Among("customer_id", customer_ids), deleted_at__isnull=True, left_on__isnull=True)
    return people.order_by("is_main", "-pk").values_list(*Partner._fields)


@prepared
def _affairs(deal_ids: Collection[int]) -> Rows:
    return Opportunity.objects.filter(Among("pk", deal_ids)).values_list(*Affair._fields)


@prepared
def _voices(deal_ids: Collection[int]) -> Rows:
    voices = Influencer.objects.filter(Among("opportunity_id", deal_ids)).order_by("pk")
    return voices.values_list("opportunity_id", *Voice._fields)


@prepared
def _open_tails(customer_ids: Collection[int]) -> Rows:
    tails = Tail.objects.open().filter(Among("customer_id", customer_ids))
    return tails.order_by("-opened_on", "-pk").values_list("customer_id", "what")
