"""Who and what a day's steps speak of: customers, people, deals and open problems, read at once."""

from dataclasses import dataclass, field
from typing import NamedTuple

from wendu.coach.plan import Day
from wendu.customers.models import Contact, Customer
from wendu.method.codes import Reach
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer, Opportunity
from wendu.touches.facts import reach_of
from wendu.touches.models import Tail

DECIDERS = frozenset({InfluencerRole.DECISION_MAKER.value, InfluencerRole.APPROVER.value})
_VOICE = ("opportunity_id", "contact_id", "role", "is_powerful")


class Voice(NamedTuple):
    """One person in the decision of a deal."""

    contact_id: int
    role: str
    is_powerful: bool


@dataclass(slots=True)
class Around:
    """Names and texts of the customers on the plan, read in a fixed number of queries."""

    customers: dict[int, Customer] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    of_deals: dict[int, Opportunity] = field(default_factory=dict)
    tails: dict[int, str] = field(default_factory=dict)
    voices: dict[int, list[Voice]] = field(default_factory=dict)

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
    """Read it all for the steps of a day, in five queries whatever their number."""
    steps = (*day.steps, *day.left_out)
    ids = [step.customer_id for step in steps]
    around = Around(customers=Customer.objects.in_bulk(ids))
    for contact in Contact.objects.filter(customer_id__in=ids, deleted_at=None, left_on=None).order_by(
        "is_main", "-pk"
    ):
        around.contacts[contact.customer_id] = contact
    deal_ids = [step.deal.pk for step in steps if step.deal]
    around.of_deals = Opportunity.objects.in_bulk(deal_ids)
    voices = Influencer.objects.filter(opportunity_id__in=deal_ids).order_by("pk")
    for deal_id, contact_id, role, is_powerful in voices.values_list(*_VOICE):
        around.voices.setdefault(deal_id, []).append(Voice(contact_id, role, is_powerful))
    tails = Tail.objects.open().filter(customer_id__in=ids).order_by("-opened_on", "-pk")
    for customer_id, what in tails.values_list("customer_id", "what"):
        around.tails[customer_id] = what
    return around
