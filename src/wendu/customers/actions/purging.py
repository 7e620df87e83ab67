"""Removing deleted customers and people for good; nothing brings them back but a backup."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions.basics import NotDeleted, WasMerged
from wendu.customers.models import Contact, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import kind_of
from wendu.kernel.purge import confirm, purge

declare("customer.purged", "contact.purged")


@transaction.atomic
def purge_customer(*, customer: Customer, typed: str, actor: User, at: datetime) -> int:
    """Remove a deleted customer with its whole history; its name was typed. Says how many rows went."""
    permit(actor, "customer.purge", customer)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.deleted_at is None:
        raise NotDeleted
    if customer.merged_into is not None:
        raise WasMerged(into=customer.merged_into)
    confirm(typed, customer.name)
    subject = (kind_of(customer), customer.pk)
    gone = purge(customer)
    record("customer.purged", subject=subject, actor=actor, at=at, after={"rows": gone})
    return gone


@transaction.atomic
def purge_contact(*, contact: Contact, typed: str, actor: User, at: datetime) -> int:
    """Remove a deleted person with its numbers; the touches it took part in stay. Says how many rows went."""
    permit(actor, "contact.purge", contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.deleted_at is None:
        raise NotDeleted
    if contact.merged_into is not None:
        raise WasMerged(into=contact.merged_into)
    confirm(typed, contact.name)
    subject, root = (kind_of(contact), contact.pk), contact.customer
    gone = purge(contact)
    record("contact.purged", subject=subject, root=root, actor=actor, at=at, after={"rows": gone})
    return gone
