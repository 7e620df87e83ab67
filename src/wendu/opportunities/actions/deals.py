"""The opportunity itself: opened, edited, handed on, deleted and restored."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions import AlreadyDeleted, NotDeleted, join, lock_customer, put_values, require_hand_over
from wendu.customers.choices import FieldType
from wendu.customers.models import Customer, CustomField
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import Change, apply_changes, plain
from wendu.kernel.currencies import is_currency
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.opportunities.actions.findable import forget_opportunity, index_opportunity
from wendu.opportunities.actions.standing import SELLING, lock, refuse_future
from wendu.opportunities.choices import Stage
from wendu.opportunities.models import Opportunity

declare(
    "opportunity.opened",
    "opportunity.edited",
    "opportunity.custom_changed",
    "opportunity.owner_changed",
    "opportunity.deleted",
    "opportunity.restored",
)

WRITABLE = (
    "title",
    "product",
    "amount_minor",
    "amount_is_estimated",
    "currency",
    "opened_on",
    "expected_on",
    "note",
    "external_id",
)


class OpportunityIdTaken(ActionError):
    """Two opportunities must not carry the same number of another system."""

    code = "external_id_taken"
    field = "external_id"
    message = _(
        "The number “%(external_id)s” already belongs to an opportunity (perhaps a deleted one). Use another number."
    )


class BadCurrency(ActionError):
    """A currency is named by three letters."""

    code = "bad_currency"
    field = "currency"
    message = _("“%(currency)s” is not a currency. Use three letters such as CNY or USD.")


class BadFirstStage(ActionError):
    """An opportunity enters on the way to the signature."""

    code = "bad_first_stage"
    field = "stage"
    message = _("A new opportunity starts between %(first)s and %(latest)s. Choose one of these stages.")


class OpenedTooLate(ActionError):
    """Nothing happens to an opportunity before it is opened."""

    code = "opened_too_late"
    field = "opened_on"
    message = _("The opportunity was closed or paused on %(event)s already. Choose that day or an earlier one.")


class NegativeAmount(ActionError):
    """A need is worth something or nothing."""

    code = "negative_amount"
    field = "amount"
    message = _("An amount cannot be below zero. Enter 0 or more, or leave it empty while it is unknown.")


@transaction.atomic
def open_opportunity(
    *,
    customer: Customer,
    title: str,
    owner: User | None,
    opened_on: date | None,
    actor: User,
    at: datetime,
    details: Mapping[str, object] | None = None,
    stage: Stage = Stage.ST1,
    own: Mapping[CustomField, object] | None = None,
) -> Opportunity:
    """Open an opportunity; its owner then works on the customer too. No day is known only for imported ones.

    `own` is what is known in the company's own fields.
    """
    permit(actor, "opportunity.create", customer)
    require_hand_over(actor, owner)
    lock_customer(customer)
    if customer.deleted_at is not None:
        raise AlreadyDeleted
    if stage not in SELLING:
        raise BadFirstStage(first=Stage.ST1.label, latest=Stage.ST4.label)
    opportunity = Opportunity(customer=customer, owner=owner, stage=stage, created_at=at)
    given = {"currency": Organisation.objects.current().currency, **(details or {})}
    change = apply_changes(opportunity, {"title": title, "opened_on": opened_on, **given}, writable=WRITABLE)
    _save(opportunity, at=at)
    if owner is not None and owner.pk != customer.owner_id:
        join(customer=customer, user=owner, actor=actor, at=at)
    index_opportunity(opportunity)
    after = {**change.after, "owner": plain(owner), "stage": stage}
    record("opportunity.opened", subject=opportunity, actor=actor, at=at, after=after)
    if own:
        set_deal_values(opportunity=opportunity, values=own, actor=actor, at=at)
    return opportunity


@transaction.atomic
def edit_opportunity(
    *,
    opportunity: Opportunity,
    changes: Mapping[str, object],
    actor: User,
    at: datetime,
    seen: int | None = None,
    own: Mapping[CustomField, object] | None = None,
) -> Opportunity:
    """Correct what is known about an opportunity, with `own` also in the company's own fields; all of it or nothing.

    `seen` is the revision the editor had on screen.
    """
    permit(actor, "opportunity.edit", opportunity)
    lock(opportunity, seen=seen)
    change = apply_changes(opportunity, changes, writable=WRITABLE)
    if change:
        _save(opportunity, change, at=at)
        index_opportunity(opportunity)
        record("opportunity.edited", subject=opportunity, actor=actor, at=at, before=change.before, after=change.after)
    if own:
        set_deal_values(opportunity=opportunity, values=own, actor=actor, at=at)
    return opportunity


@transaction.atomic
def set_deal_values(
    *, opportunity: Opportunity, values: Mapping[CustomField, object], actor: User, at: datetime
) -> Opportunity:
    """Fill some of the company's own fields of an opportunity; an empty value clears."""
    permit(actor, "opportunity.set_custom", opportunity)
    lock(opportunity)
    change = put_values(opportunity, values)
    if change:
        opportunity.save(update_fields=["custom"])
        if any(field.type == FieldType.TEXT for field in values):
            index_opportunity(opportunity)
        record(
            "opportunity.custom_changed",
            subject=opportunity,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    return opportunity


@transaction.atomic
def change_deal_owner(*, opportunity: Opportunity, owner: User | None, actor: User, at: datetime) -> Opportunity:
    """Hand an opportunity to a colleague, who then works on the customer too."""
    permit(actor, "opportunity.edit", opportunity)
    require_hand_over(actor, owner)
    lock(opportunity)
    before = opportunity.owner_id
    if before == (owner.pk if owner else None):
        return opportunity
    opportunity.owner = owner
    opportunity.save(update_fields=["owner"])
    if owner is not None and owner.pk != opportunity.customer.owner_id:
        join(customer=opportunity.customer, user=owner, actor=actor, at=at)
    record(
        "opportunity.owner_changed",
        subject=opportunity,
        actor=actor,
        at=at,
        before={"owner": before},
        after={"owner": plain(owner)},
    )
    return opportunity


@transaction.atomic
def delete_opportunity(*, opportunity: Opportunity, actor: User, at: datetime) -> Opportunity:
    """Take an opportunity out of sight; it can be restored."""
    permit(actor, "opportunity.delete", opportunity)
    lock(opportunity)
    opportunity.deleted_at = at
    opportunity.save(update_fields=["deleted_at"])
    forget_opportunity(opportunity)
    record("opportunity.deleted", subject=opportunity, actor=actor, at=at, before={"title": opportunity.title})
    return opportunity


@transaction.atomic
def restore_opportunity(*, opportunity: Opportunity, actor: User, at: datetime) -> Opportunity:
    """Bring a deleted opportunity back as it was."""
    permit(actor, "opportunity.restore", opportunity)
    advance(opportunity)
    opportunity.refresh_from_db()
    if opportunity.customer.deleted_at is not None:
        raise AlreadyDeleted
    if opportunity.deleted_at is None:
        raise NotDeleted
    opportunity.deleted_at = None
    opportunity.save(update_fields=["deleted_at"])
    index_opportunity(opportunity)
    record("opportunity.restored", subject=opportunity, actor=actor, at=at, after={"title": opportunity.title})
    return opportunity


def _save(opportunity: Opportunity, change: Change | None = None, *, at: datetime) -> None:
    _check(opportunity, at=at)
    taken = OpportunityIdTaken(external_id=opportunity.external_id)
    others = Opportunity.objects.exclude(pk=opportunity.pk)
    if opportunity.external_id and others.filter(carrying([opportunity.external_id])).exists():
        raise taken
    try:
        with transaction.atomic():
            opportunity.save(update_fields=None if change is None else list(change.after))
    except IntegrityError as clash:
        raise taken from clash


def _check(opportunity: Opportunity, *, at: datetime) -> None:
    if not is_currency(opportunity.currency):
        raise BadCurrency(currency=opportunity.currency)
    if opportunity.amount_minor is not None and opportunity.amount_minor < 0:
        raise NegativeAmount
    if opportunity.opened_on is None:
        return
    refuse_future(opportunity.opened_on, at=at, field="opened_on")
    if opportunity.pk is not None:
        _refuse_after_first_event(opportunity, opportunity.opened_on)


def _refuse_after_first_event(opportunity: Opportunity, opened_on: date) -> None:
    events = [
        *opportunity.closures.values_list("closed_on", flat=True),
        *opportunity.pauses.values_list("began_on", flat=True),
    ]
    if events and opened_on > min(events):
        raise OpenedTooLate(day=opened_on, event=min(events))
