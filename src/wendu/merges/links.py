"""Everything that refers to a customer or to a person, and what becomes of it when two are one.

A test walks all tables: whoever adds one that refers to either must say here what a merge does with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db.models import Model, Q

from wendu.agenda.models import Due, Notification, Snooze, Step
from wendu.agreements.models import Contract, Order, Subscription
from wendu.bulk.models import Change
from wendu.care.models import Satisfaction
from wendu.coach.models import Checkpoint, ClassSpell, DealStanding, Effect, Memory, Requalification, Standing
from wendu.customers.models import Collaborator, Contact, ContactPoint, Customer, Nurture, Tagging
from wendu.discovery.models import CallPlan, Demand, TrustRating
from wendu.handovers.models import Move
from wendu.insights.models import Score
from wendu.journal.models import Entry
from wendu.merges.choices import Kind
from wendu.merges.models import Distinct, Merge, Pair
from wendu.offers.models import STANDING, BenefitCard, Competitor, Concern, Interest, ValueMessage
from wendu.opportunities.models import Influencer, Opportunity
from wendu.readings.models import Override, Reading
from wendu.search.models import Entry as Findable
from wendu.search.models import Opened
from wendu.touches.models import (
    Commitment,
    IndicatorAnswer,
    Promise,
    QuietPeriod,
    Tail,
    Touch,
    TouchContact,
)

EVERY = Q(pk__isnull=False)


class Way(Enum):
    """What becomes of the rows of the one that goes."""

    MOVES = "moves"  # they belong to the one that stays from now on
    JUDGED = "judged"  # the method writes them anew from the facts
    STAYS = "stays"  # they go on naming the one that went


@dataclass(frozen=True, slots=True)
class Link:
    """One column that names a customer or a person.

    `kind_column` says of generic subjects of which kind they are; `by` is what of the thing the column holds. Where a
    row of each says the same in the columns `once` (among rows that fit `among`), the second stays behind; and so does
    what fits `but`.
    """

    model: type[Model]
    column: str
    way: Way = Way.MOVES
    kind_column: str = ""
    by: str = "pk"
    once: tuple[str, ...] = ()
    among: Q | None = None
    but: Q | None = None
    follows: str = ""


MINE = Q(contact__isnull=True)
OPEN = Q(done_at__isnull=True, cancelled_at__isnull=True)
UNENDED = Q(ended_at__isnull=True)

CUSTOMER_LINKS = (
    Link(Customer, "parent_id"),
    Link(Customer, "referrer_id"),
    Link(Customer, "merged_into_id"),
    Link(Collaborator, "customer_id", once=("user_id",)),
    Link(Contact, "customer_id"),
    Link(ContactPoint, "customer_id", once=("kind", "value"), among=MINE, follows="contact"),
    Link(Tagging, "customer_id", once=("tag_id",)),
    Link(Nurture, "customer_id", but=EVERY),  # whose pursuit counts is chosen, with its past
    Link(Opportunity, "customer_id"),
    Link(CallPlan, "customer_id", follows="opportunity"),
    *(Link(model, "customer_id", follows="opportunity") for model in (Contract, Order, Subscription)),
    Link(Satisfaction, "customer_id"),
    Link(Touch, "customer_id", follows="opportunity"),
    Link(Commitment, "customer_id", follows="touch"),
    Link(Promise, "customer_id", follows="touch"),
    Link(Tail, "customer_id", follows="touch"),
    Link(IndicatorAnswer, "customer_id", follows="touch"),
    Link(QuietPeriod, "customer_id", follows="touch"),
    Link(Requalification, "customer_id", once=("on",)),
    Link(Override, "subject_id", kind_column="subject_kind", once=("code",), among=UNENDED),
    Link(Step, "customer_id", once=("user_id", "do", "planned_on"), among=OPEN),
    Link(Step, "subject_id", kind_column="subject_kind", once=("user_id", "do", "planned_on"), among=OPEN),
    Link(Snooze, "customer_id", but=UNENDED),  # nobody is put off who was not put off before
    Link(Notification, "customer_uuid", by="uuid"),
    Link(Findable, "customer_id", but=Q(kind="customer")),
    Link(Score, "customer_id", Way.JUDGED),
    Link(Standing, "customer_id", Way.JUDGED),
    Link(Memory, "customer_id", Way.JUDGED),
    Link(Checkpoint, "customer_id", Way.JUDGED),
    Link(ClassSpell, "customer_id", Way.JUDGED),
    Link(DealStanding, "customer_id", Way.JUDGED),
    Link(Reading, "subject_id", Way.JUDGED, kind_column="subject_kind"),
    Link(Due, "subject_id", Way.JUDGED, kind_column="subject_kind"),
    Link(Effect, "customer_id", Way.STAYS),  # a preview of a draft, soon worked out anew
    Link(Change, "customer_id", Way.STAYS),  # what a batch did, it did to that record
    Link(Move, "thing_id", Way.STAYS, kind_column="thing"),
    Link(Findable, "object_id", Way.STAYS, kind_column="kind"),
    Link(Opened, "object_id", Way.STAYS, kind_column="kind"),
    Link(Entry, "subject_id", Way.STAYS, kind_column="subject_kind"),  # never changed; read under both
    Link(Entry, "root_id", Way.STAYS, kind_column="root_kind"),
    Link(Merge, "customer_id", Way.STAYS),
    *(Link(model, column, Way.STAYS) for model in (Pair, Distinct) for column in ("first_id", "second_id")),
    Link(Merge, "gone_customer_id", Way.STAYS),
)
CONTACT_LINKS = (
    Link(Contact, "merged_into_id"),
    Link(ContactPoint, "contact_id", once=("kind", "value")),
    Link(Influencer, "contact_id", once=("opportunity_id",)),
    Link(Influencer, "reports_to_id"),
    Link(Influencer, "sways_id"),
    *(Link(model, "contact_id") for model in (Demand, TrustRating, BenefitCard, Concern, CallPlan, Competitor)),
    Link(Interest, "contact_id", once=("opportunity_id", "interest"), among=STANDING),
    Link(ValueMessage, "contact_id", once=("opportunity_id", "message"), among=STANDING),
    Link(TouchContact, "contact_id", once=("touch_id",)),
    Link(Order, "decided_by_id"),
    Link(Customer, "referrer_contact_id"),
    Link(Satisfaction, "contact_id"),
    Link(Commitment, "contact_id"),
    Link(Promise, "contact_id"),
    Link(Tail, "contact_id"),
    Link(Merge, "contact_id", Way.STAYS),
    Link(Merge, "gone_contact_id", Way.STAYS),
)
LINKS = {Kind.CUSTOMER: CUSTOMER_LINKS, Kind.CONTACT: CONTACT_LINKS}
MODELS = {link.model._meta.label: link.model for links in LINKS.values() for link in links}
