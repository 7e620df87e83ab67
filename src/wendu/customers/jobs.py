"""What happens to customers although nobody touches them: a wake day comes, an owner changes teams."""

from datetime import datetime

from wendu.agenda.models import Due
from wendu.customers.actions import follow_owner_team, wake
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.models import Entry


def wake_customer(due: Due, at: datetime) -> None:
    """Take a nurtured customer back into pursuit on its wake day; one woken or put off meanwhile is left alone."""
    today = Organisation.objects.current().today(at)
    customer = Customer.objects.filter(pk=due.subject_id, deleted_at__isnull=True).first()
    if customer is None:
        return
    if customer.nurtures.filter(ended_on__isnull=True, wake_on__lte=today).exists():
        wake(customer=customer, actor=None, at=at)


def follow_team(entry: Entry) -> None:
    """Let the customers of a person who changed teams follow."""
    owner = User.objects.filter(pk=entry.subject_id).select_related("team").first()
    if owner is not None:
        follow_owner_team(owner=owner, actor=entry.actor, at=entry.at)
