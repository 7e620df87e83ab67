"""In whose hands a customer is: its owner, the owner's team, and the colleagues beside."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.actions import notify
from wendu.agenda.models import Notification
from wendu.customers.actions.basics import lock_standing, require_hand_over
from wendu.customers.models import Collaborator, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.kernel.changes import plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare(
    "customer.owner_changed", "customer.collaborator_added", "customer.collaborator_removed", "customers.team_followed"
)


BACK_WITHIN = timedelta(minutes=30)
"""So long a hand-over can be taken back by who made it; later it is handed over again."""


class InactiveColleague(ActionError):
    """Somebody who left cannot work on a customer."""

    code = "inactive_colleague"
    field = "user"
    message = _("%(name)s no longer works here. Choose an active colleague.")


class NotTakenBack(ActionError):
    """Only one's own hand-over goes back, while it is fresh and nobody gave the customer on."""

    code = "hand_over_stands"
    message = _("It cannot be taken back any more: somebody gave it on since, or too much time has passed.")


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
    beside = customer.collaborations.filter(user=owner).first()
    if beside is not None:
        before["beside"] = plain(beside.since)
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
def take_back_customer(*, customer: Customer, actor: User, at: datetime) -> Customer:
    """Undo one's own fresh hand-over, though it may have taken the customer out of one's sight."""
    permit(actor, "customer.take_back", customer)
    lock_standing(customer)
    given = hand_over_of(customer, actor, at)
    was: dict[str, Any] = (given.before or {}) if given else {}
    owner = User.objects.active().filter(pk=was.get("owner")).first()
    if given is None or (was["owner"] and owner is None):
        raise NotTakenBack
    taker, before = customer.owner, {"owner": customer.owner_id, "team": customer.team_id}
    customer.owner, customer.team = owner, owner.team if owner else None
    customer.save(update_fields=["owner", "team"])
    customer.collaborations.filter(user=owner).delete()
    if taker is not None and "beside" in was:
        since = datetime.fromisoformat(was["beside"])
        customer.collaborations.get_or_create(user=taker, defaults={"since": since})
    after = {"owner": customer.owner_id, "team": customer.team_id, "undoes": given.pk}
    record("customer.owner_changed", subject=customer, actor=actor, at=at, before=before, after=after)
    Notification.objects.filter(key=f"given {customer.pk}", read_at__isnull=True).delete()
    return customer


def hand_over_of(customer: Customer, actor: User, at: datetime) -> Entry | None:
    """The hand-over this person may still take back: the latest of the customer, one's own, and fresh (one query)."""
    hands = Entry.objects.filter(verb="customer.owner_changed", subject_kind="customer", subject_id=customer.pk)
    latest = hands.order_by("-pk").first()
    if latest is None or latest.actor_id != actor.pk or at - latest.at > BACK_WITHIN:
        return None
    return None if "undoes" in (latest.after or {}) else latest


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
