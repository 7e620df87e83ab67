"""What happens to opportunities although nobody touches them: a pause runs out, a customer is handed over."""

from datetime import datetime

from django.db import transaction

from wendu.agenda.models import Due
from wendu.customers.actions import join
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.models import Entry
from wendu.opportunities.actions import resume_opportunity
from wendu.opportunities.models import Opportunity


def resume_deal(due: Due, at: datetime) -> None:
    """Take a paused opportunity up again on its day; one resumed meanwhile is left alone."""
    today = Organisation.objects.current().today(at)
    opportunity = Opportunity.objects.standing().filter(pk=due.subject_id, customer__deleted_at__isnull=True).first()
    if opportunity is None:
        return
    if opportunity.pauses.filter(ended_on__isnull=True, wake_on__lte=today).exists():
        resume_opportunity(opportunity=opportunity, actor=None, at=at)


@transaction.atomic
def keep_deal_owner(entry: Entry) -> None:
    """Keep everybody who has an open opportunity with a customer on it when the customer gets another owner."""
    customer = Customer.objects.filter(pk=entry.subject_id).first()
    if customer is None:
        return
    owners = Opportunity.objects.open().filter(customer=customer).values("owner_id")
    for owner in User.objects.active().filter(pk__in=owners).exclude(pk=customer.owner_id):
        join(customer=customer, user=owner, actor=entry.actor, at=entry.at)
