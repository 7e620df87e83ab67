"""The customer row itself: created, edited, placed under a parent, deleted and restored."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.findable import index_customer
from wendu.customers.models import Customer
from wendu.customers.queries import owner_choices
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import Change, apply_changes, plain
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import normalise_name

declare("customer.created", "customer.edited", "customer.deleted", "customer.restored", "customer.parent_changed")

WRITABLE = (
    "name",
    "kind",
    "market",
    "industry",
    "product_kind",
    "sale_kind",
    "tier",
    "province",
    "city",
    "address",
    "headcount",
    "brand_note",
    "source_text",
    "note",
    "external_id",
)


class ExternalIdTaken(ActionError):
    """Two customers must not carry the same number of another system."""

    code = "external_id_taken"
    field = "external_id"
    message = _(
        "The number “%(external_id)s” already belongs to a customer (perhaps a deleted one). Use another number."
    )


class NotYourPerson(ActionError):
    """A customer can be given only to people one may hand work to."""

    code = "not_your_person"
    field = "owner"
    message = _("You cannot hand a customer to %(name)s. Choose an active colleague of your own team or below it.")


class ParentLoop(ActionError):
    """A customer cannot be above itself."""

    code = "parent_loop"
    field = "parent"
    message = _("“%(parent)s” stands below “%(customer)s” itself. Choose another parent company.")


class AlreadyDeleted(ActionError):
    """Deleted customers rest until they are restored."""

    code = "already_deleted"
    message = _("This has been deleted. Restore it first.")


class NotDeleted(ActionError):
    """Only what was deleted can be restored."""

    code = "not_deleted"
    message = _("This is not deleted, so there is nothing to restore. Reload the page.")


class WasMerged(ActionError):
    """What became part of another is not restored beside it."""

    code = "was_merged"
    message = _("This was merged into “%(into)s”. Take the merge apart instead of restoring it.")


@transaction.atomic
def create_customer(
    *,
    name: str,
    owner: User | None,
    actor: User,
    at: datetime,
    details: Mapping[str, object] | None = None,
    parent: Customer | None = None,
    referrer: Customer | None = None,
) -> Customer:
    """Take up a customer at the first contact; it is never copied afterwards. `referrer`: the one that brought it."""
    permit(actor, "customer.create")
    require_hand_over(actor, owner)
    above = {"parent": parent, "referrer": referrer}
    customer = Customer(owner=owner, team=owner.team if owner else None, created_at=at, **above)
    change = apply_changes(customer, {"name": name, **(details or {})}, writable=WRITABLE)
    _save(customer)
    index_customer(customer)
    brought = {"referrer": plain(referrer)} if referrer else {}
    after = {**change.after, "owner": plain(owner), "parent": plain(parent), **brought}
    record("customer.created", subject=customer, actor=actor, at=at, after=after)
    return customer


@transaction.atomic
def edit_customer(
    *, customer: Customer, changes: Mapping[str, object], actor: User, at: datetime, seen: int | None = None
) -> Customer:
    """Correct what is known about a customer; `seen` is the revision the editor had on screen."""
    permit(actor, "customer.edit", customer)
    lock_standing(customer, seen=seen)
    change = apply_changes(customer, changes, writable=WRITABLE)
    if change:
        _save(customer, change)
        index_customer(customer)
        record(
            "customer.edited",
            subject=customer,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    return customer


@transaction.atomic
def set_parent(*, customer: Customer, parent: Customer | None, actor: User, at: datetime) -> Customer:
    """Place a customer under its parent company, or take it out."""
    permit(actor, "customer.edit", customer)
    lock_standing(customer)
    before = customer.parent_id
    if before == (parent.pk if parent else None):
        return customer
    if is_above(customer, parent, "parent"):
        raise ParentLoop(parent=parent, customer=customer)
    customer.parent = parent
    customer.save(update_fields=["parent"])
    record(
        "customer.parent_changed",
        subject=customer,
        actor=actor,
        at=at,
        before={"parent": before},
        after={"parent": plain(parent)},
    )
    return customer


@transaction.atomic
def delete_customer(*, customer: Customer, actor: User, at: datetime) -> Customer:
    """Take a customer and everything about it out of sight; it can be restored."""
    permit(actor, "customer.delete", customer)
    lock_standing(customer)
    customer.deleted_at = at
    customer.save(update_fields=["deleted_at"])
    record("customer.deleted", subject=customer, actor=actor, at=at, before={"name": customer.name})
    return customer


@transaction.atomic
def restore_customer(*, customer: Customer, actor: User, at: datetime) -> Customer:
    """Bring a deleted customer back with everything about it."""
    permit(actor, "customer.restore", customer)
    advance(customer)
    customer.refresh_from_db()
    if customer.deleted_at is None:
        raise NotDeleted
    if customer.merged_into is not None:
        raise WasMerged(into=customer.merged_into)
    customer.deleted_at = None
    customer.save(update_fields=["deleted_at"])
    record("customer.restored", subject=customer, actor=actor, at=at, after={"name": customer.name})
    return customer


def require_hand_over(actor: User, owner: User | None) -> None:
    """Refuse to give a customer to somebody the actor may not hand work to."""
    if owner is None or owner.pk == actor.pk or actor.is_admin:
        return
    if not owner_choices(actor).filter(pk=owner.pk).exists():
        raise NotYourPerson(name=owner.display_name)


def lock_standing(customer: Customer, *, seen: int | None = None) -> None:
    """Take the next revision of a customer, which also locks the row, and refuse a deleted one."""
    advance(customer, seen=seen)
    customer.refresh_from_db()
    if customer.deleted_at is not None:
        raise AlreadyDeleted


def is_above(customer: Customer, start: Customer | None, column: str) -> bool:
    """Whether a customer stands in the chain that begins with another and goes up by a column; holds all on the way."""
    above = start
    while above is not None:
        if above.pk == customer.pk:
            return True
        above.refresh_from_db(from_queryset=Customer.objects.select_for_update())
        above = getattr(above, column)
    return False


def _save(customer: Customer, change: Change | None = None) -> None:
    customer.name_key = normalise_name(customer.name)
    fields = None if change is None else [*change.after, "name_key"]
    taken = ExternalIdTaken(external_id=customer.external_id)
    others = Customer.objects.exclude(pk=customer.pk)
    if customer.external_id and others.filter(carrying([customer.external_id])).exists():
        raise taken
    try:
        with transaction.atomic():
            customer.save(update_fields=fields)
    except IntegrityError as clash:
        raise taken from clash
