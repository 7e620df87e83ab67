"""Removing a deleted opportunity for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions import NotDeleted, lock_customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of
from wendu.kernel.purge import confirm, purge
from wendu.opportunities.models import Opportunity

declare("opportunity.purged")


@transaction.atomic
def purge_opportunity(*, opportunity: Opportunity, typed: str, actor: User, at: datetime) -> int:
    """Remove a deleted opportunity with its stages, ends and influencers; touches stay. Says how many rows went."""
    permit(actor, "opportunity.purge", opportunity)
    lock_customer(opportunity.customer)
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if opportunity.deleted_at is None:
        raise NotDeleted
    confirm(typed, opportunity.title)
    subject, root = (kind_of(opportunity), opportunity.pk), opportunity.customer
    gone = purge(opportunity)
    record("opportunity.purged", subject=subject, root=root, actor=actor, at=at, after={"rows": gone})
    return gone
