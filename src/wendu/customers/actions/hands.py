"""In whose hands a customer is: its owner, the owner's team, and the colleagues beside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.actions import notify
from wendu.agenda.models import Notification
from wendu.customers.actions.basics import lock_standing, require_hand_over
from wendu.customers.models import Collaborator, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare(
    "customer.owner_changed", "customer.collaborator_added", "customer.collaborator_removed", "customers.team_followed"
)


class InactiveColleague(ActionError):
    """Somebody who left cannot work on a customer."""

    code = "inactive_colleague"
    field = "user"
    message = _("%(name)s no longer works here. Choose an active colleague.")


@transaction.atomic
def change_owner(
    *,
    customer: Customer,
    owner: User | None,
    actor: User,
    at: datetime,
    keep_previous: bool = False,
    is_told: bool = True,
) -> Customer:
    """Hand a customer over; the new owner's team comes with it, the previous owner may stay beside.

    The new owner is told, unless it is one of many of which he is told in one word.
    """
    permit(actor, "customer.assign", customer)
    require_hand_over(actor, owner)
    lock_standing(customer)
    previous = customer.owner
    if plain(previous) == plain(owner):
        return customer
    before = {"owner": customer.owner_id, "team": customer.team_id}
    customer.owner = owner
    customer.team = owner.team if owner else None
    customer.save(update_fields=["owner", "team"])
    if owner is not None:
        customer.collaborations.filter(user=owner).delete()
    if keep_previous and previous is not None:
        customer.collaborations.get_or_create(user=previous, defaults={"since": at})
    after = {"owner": customer.owner_id, "team": customer.team_id}
    record("customer.owner_changed", subject=customer, actor=actor, at=at, before=before, after=after)
    if is_told:
        _tell(customer, actor=actor, at=at)
    return customer


@transaction.atomic
def follow_owner_team(*, owner: User, actor: User | None, at: datetime) -> int:
    """Let all customers of a person who changed teams follow; answers how many did."""
    moved = Customer.objects.filter(owner=owner).exclude(team=owner.team).update(team=owner.team)
    if moved:
        after = {"team": owner.team_id, "customers": moved}
        record("customers.team_followed", subject=owner, actor=actor, at=at, after=after)
    return moved


@transaction.atomic
def add_collaborator(*, customer: Customer, user: User, actor: User, at: datetime) -> Collaborator:
    """Let a colleague work on a customer beside its owner."""
    permit(actor, "customer.share", customer)
    if not user.is_active:
        raise InactiveColleague(name=user.display_name)
    return join(customer=customer, user=user, actor=actor, at=at)


@transaction.atomic
def remove_collaborator(*, customer: Customer, user: User, actor: User, at: datetime) -> None:
    """End a colleague's work on a customer."""
    permit(actor, "customer.share", customer)
    gone, _rows = customer.collaborations.filter(user=user).delete()
    if gone:
        before = {"user": user.pk}
        record("customer.collaborator_removed", subject=customer, actor=actor, at=at, before=before)


def join(*, customer: Customer, user: User, actor: User | None, at: datetime) -> Collaborator:
    """Make somebody a collaborator as part of an action that already asked for permission."""
    collaboration, is_new = customer.collaborations.get_or_create(user=user, defaults={"since": at})
    if is_new:
        after = {"user": user.pk}
        record("customer.collaborator_added", subject=customer, actor=actor, at=at, after=after)
    return collaboration


def _tell(customer: Customer, *, actor: User, at: datetime) -> None:
    """Tell the new owner; who was told before and has not read it need not hear of it any more."""
    key = f"given {customer.pk}"
    Notification.objects.filter(key=key, read_at__isnull=True).delete()
    if customer.owner is not None and customer.owner != actor:
        Notification.objects.of(customer.owner).filter(key=key).update(key="")
        params = {"name": actor.display_name, "n": 1}
        notify(user=customer.owner, code="customer_given", at=at, params=params, customer_uuid=customer.uuid, key=key)
