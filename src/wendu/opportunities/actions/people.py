"""Who decides: contacts in their role inside one opportunity (method: 3.7 decision chain)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.models import Contact, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.opportunities.actions.standing import lock
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer, Opportunity

declare("influencer.set", "influencer.removed")

LINKS = ("reports_to_id", "sways_id")
WRITABLE = ("role", "is_receptive", "is_dissatisfied", "is_powerful", "weight", "stance", "access", *LINKS)
HEAVIEST = 5


class NotOfThisCustomer(ActionError):
    """Who decides belongs to the customer, its parent company or one below it."""

    code = "not_of_this_customer"
    field = "contact"
    message = _(
        "%(contact)s does not belong to %(customer)s, its parent company or a company below it. Choose another."
    )


class BadWeight(ActionError):
    """A voice weighs one to five."""

    code = "bad_weight"
    field = "weight"
    message = _("The weight of a voice is a number from 1 to 5. Enter one of them.")


class LinkedToSelf(ActionError):
    """A line of the map joins two people."""

    code = "linked_to_self"
    message = _("%(contact)s cannot be linked to himself or herself. Choose somebody else, or nobody.")


class GoesRound(ActionError):
    """Nobody reports to somebody who reports to him."""

    code = "reports_round"
    field = "reports_to_id"
    message = _("%(boss)s already reports to %(contact)s, straight or through others. Correct that first.")


@transaction.atomic
def set_influencer(
    *,
    opportunity: Opportunity,
    contact: Contact,
    role: InfluencerRole,
    actor: User,
    at: datetime,
    details: Mapping[str, object] | None = None,
) -> Influencer:
    """Name a contact's part in the decision, or correct it: role, focus, weight, stance, how we reach the person.

    Whom he reports to and whom he sways are people of the customer or its group, whether they take part or not.
    """
    standing = Influencer.objects.filter(opportunity=opportunity, contact=contact).first()
    permit(actor, "influencer.edit" if standing else "influencer.create", opportunity)
    lock(opportunity)
    if contact.deleted_at is not None or not _is_near(contact, opportunity.customer):
        raise NotOfThisCustomer(contact=contact.name, customer=opportunity.customer.name)
    influencer = Influencer.objects.filter(opportunity=opportunity, contact=contact).first() or Influencer(
        opportunity=opportunity, contact=contact
    )
    change = apply_changes(influencer, {"role": role, **(details or {})}, writable=WRITABLE)
    if not 1 <= influencer.weight <= HEAVIEST:
        raise BadWeight
    _check_links(influencer, [name for name in LINKS if name in change.after])
    if change or influencer.pk is None:
        influencer.save()
        before = change.before if standing else None
        after = {"opportunity": opportunity.pk, "contact": contact.pk, **change.after}
        customer = opportunity.customer
        record("influencer.set", subject=influencer, root=customer, actor=actor, at=at, before=before, after=after)
    return influencer


@transaction.atomic
def remove_influencer(*, influencer: Influencer, actor: User, at: datetime) -> None:
    """Take a contact out of a decision."""
    opportunity = influencer.opportunity
    permit(actor, "influencer.delete", opportunity)
    lock(opportunity)
    who = {"opportunity": opportunity.pk, "contact": influencer.contact_id}
    before = who | {name: plain(getattr(influencer, name)) for name in WRITABLE}
    customer = opportunity.customer
    record("influencer.removed", subject=influencer, root=customer, actor=actor, at=at, before=before)
    Influencer.objects.filter(pk=influencer.pk).delete()


def _check_links(influencer: Influencer, changed: list[str]) -> None:
    """Refuse a line to oneself, to a stranger, and one that goes round."""
    for name in changed:
        if getattr(influencer, name) is None:
            continue
        refusal = _wrong_link(influencer, name)
        if refusal is not None:
            refusal.field = name
            raise refusal


def _wrong_link(influencer: Influencer, name: str) -> ActionError | None:
    contact, customer = influencer.contact, influencer.opportunity.customer
    other = Contact.objects.filter(pk=getattr(influencer, name), deleted_at__isnull=True).first()
    if other is None or not _is_near(other, customer):
        return NotOfThisCustomer(contact=other.name if other else "?", customer=customer.name)
    if other.pk == contact.pk:
        return LinkedToSelf(contact=contact.name)
    if name == "reports_to_id" and _reports_to(influencer, other.pk):
        return GoesRound(boss=other.name, contact=contact.name)
    return None


def _reports_to(influencer: Influencer, above: int | None) -> bool:
    """Whether somebody above comes back to the person, straight or through others."""
    rows = Influencer.objects.filter(opportunity=influencer.opportunity_id, reports_to__isnull=False)
    boss_of, met = dict(rows.values_list("contact_id", "reports_to_id")), set[int]()
    while above is not None and above not in met:
        if above == influencer.contact_id:
            return True
        met.add(above)
        above = boss_of.get(above)
    return False


def _is_near(contact: Contact, customer: Customer) -> bool:
    if contact.customer_id == customer.pk:
        return True
    near = Q(pk=customer.parent_id) | Q(parent_id=customer.pk)
    return Customer.objects.filter(near, pk=contact.customer_id, deleted_at__isnull=True).exists()
