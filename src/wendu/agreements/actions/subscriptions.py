"""A fee that comes again: begun, corrected, renewed at any fee, ended; each step taken back, the whole deleted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agreements.actions.findable import forget_agreed, index_agreed
from wendu.agreements.actions.orders import OfAnotherCustomer
from wendu.agreements.actions.payments import BadAmount
from wendu.agreements.choices import SubscriptionState, SubscriptionStep
from wendu.agreements.models import Subscription, SubscriptionChange
from wendu.customers.actions import AlreadyDeleted, NotDeleted, lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.entity import advance, carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.money import LARGEST_MINOR, AmountTooLarge
from wendu.kernel.names import tidy_line
from wendu.method.windows import add_months

declare(
    *(f"subscription.{verb}" for verb in ("begun", "corrected", "renewed", "ended", "undone", "deleted", "restored"))
)

CORRECTED = ("item", "external_id", "margin", "one_off_minor", "product_id")
BEGINNING = (*CORRECTED, "fee_minor", "currency", "term_months", "began_on", "renews_on", "state")
LONGEST_TERM, LONGEST_CAUSE, PER_CENT = 120, 300, 100


class BadTerm(ActionError):
    """A term lasts some months."""

    code = "bad_term"
    field = "term_months"
    message = _("A term lasts 1 to 120 months.")


class SubscriptionNumberTaken(ActionError):
    """One number means one subscription."""

    code = "subscription_number_taken"
    field = "external_id"
    message = _("There is a subscription with the number %(number)s already. Choose another, or leave it empty.")


class NothingSubscribed(ActionError):
    """A subscription is to something."""

    code = "nothing_subscribed"
    field = "item"
    message = _("Say what the fee is for.")


class BegunLater(ActionError):
    """What is written down has begun."""

    code = "begun_later"
    field = "began_on"
    message = _("The day %(day)s has not come yet. A subscription counts from the day it begins.")


class RenewsOutOfTime(ActionError):
    """What is paid for reaches beyond the beginning, and not further than the longest term."""

    code = "renews_out_of_time"
    field = "renews_on"
    message = _("It renews after it began (%(earliest)s) and within ten years from now. Correct the day.")


class AlreadyEnded(ActionError):
    """What ended is not renewed or ended again."""

    code = "subscription_ended"
    message = _("This subscription has ended. Take the end back first, or begin a new one.")


class EndedOutOfTime(ActionError):
    """It ends after it began."""

    code = "ended_out_of_time"
    field = "ended_on"
    message = _("It began on %(earliest)s. Choose a later day, at most the day it renews on.")


class CauseNeeded(ActionError):
    """Whoever loses a subscription says why."""

    code = "cause_needed"
    field = "cause"
    message = _("Say in a few words why it is not renewed (at most 300 characters).")


class NothingToTakeBack(ActionError):
    """Only what followed the beginning is a step."""

    code = "nothing_to_take_back"
    message = _("Nothing happened since it began. Delete it if it was a mistake.")


@transaction.atomic
def begin_subscription(
    *, customer: Customer, values: Mapping[str, Any], actor: User | None, at: datetime
) -> Subscription:
    """Write down a fee that comes again; the first term begins on its day.

    Without a day on which it renews the first term is paid for; with a later one, every term until then at this fee.
    """
    permit(actor, "subscription.write", customer)
    lock_customer(customer)
    if customer.deleted_at is not None:
        raise AlreadyDeleted
    row = Subscription(customer=customer, currency=Organisation.objects.current().currency, author=actor, written_at=at)
    deal = values.get("opportunity")
    if deal is not None and deal.customer_id != customer.pk:
        raise OfAnotherCustomer
    row.opportunity = deal
    said = {name: value for name, value in values.items() if name != "opportunity"}
    change = apply_changes(row, said, writable=BEGINNING)
    _check(row, at)
    if row.renews_on is None:
        row.renews_on = add_months(row.began_on, row.term_months)
    _refuse_out_of_time(row, at)
    row.save()
    index_agreed(row)
    _step(row, SubscriptionStep.BEGUN, on=row.began_on, before=0, actor=actor, at=at)
    record("subscription.begun", subject=row, actor=actor, at=at, after=change.after)
    return row


@transaction.atomic
def correct_subscription(
    *, subscription: Subscription, changes: Mapping[str, Any], actor: User | None, at: datetime, seen: int | None = None
) -> Subscription:
    """Correct what it is for, its number, its margin and the price of buying once; fees change by renewing."""
    _hold(subscription, "subscription.write", actor, seen=seen)
    change = apply_changes(subscription, changes, writable=CORRECTED)
    _check(subscription, at)
    if change:
        subscription.save()
        index_agreed(subscription)
        record(
            "subscription.corrected",
            subject=subscription,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    return subscription


@transaction.atomic
def renew_subscription(
    *, subscription: Subscription, fee_minor: int, actor: User | None, at: datetime, reason: str = ""
) -> Subscription:
    """Begin the next term on the day it renews on: at the same fee renewed, at another expanded or reduced."""
    _hold(subscription, "subscription.write", actor)
    if subscription.state == SubscriptionState.CHURNED:
        raise AlreadyEnded
    before = {"fee_minor": subscription.fee_minor, "renews_on": plain(subscription.renews_on)}
    old, on, was = subscription.fee_minor, subscription.renews_on, subscription.state
    subscription.fee_minor, subscription.state = fee_minor, SubscriptionState.ACTIVE
    subscription.renews_on = add_months(subscription.began_on, _months_to(subscription) + subscription.term_months)
    _check(subscription, at)
    subscription.save()
    step = SubscriptionStep.RENEWED
    if fee_minor != old:
        step = SubscriptionStep.EXPANDED if fee_minor > old else SubscriptionStep.CONTRACTED
    words = tidy_line(reason)[:LONGEST_CAUSE]
    _step(subscription, step, on=on, before=old, was=was, why=words, actor=actor, at=at)
    after = {"step": step, "fee_minor": fee_minor, "renews_on": plain(subscription.renews_on), "reason": words}
    record("subscription.renewed", subject=subscription, actor=actor, at=at, before=before, after=after)
    return subscription


@transaction.atomic
def end_subscription(
    *, subscription: Subscription, ended_on: date, cause: str, actor: User | None, at: datetime
) -> Subscription:
    """Say that it is not renewed, from when on and why."""
    _hold(subscription, "subscription.write", actor)
    if subscription.state == SubscriptionState.CHURNED:
        raise AlreadyEnded
    words, latest = tidy_line(cause), max(subscription.renews_on, Organisation.objects.current().today(at))
    if not 0 < len(words) <= LONGEST_CAUSE:
        raise CauseNeeded
    if not subscription.began_on < ended_on <= latest:
        raise EndedOutOfTime(earliest=subscription.began_on.isoformat())
    before = {"state": subscription.state}
    subscription.state, subscription.ended_on, subscription.cause = SubscriptionState.CHURNED, ended_on, words
    subscription.save()
    fee, was = subscription.fee_minor, before["state"]
    _step(subscription, SubscriptionStep.CHURNED, on=ended_on, before=fee, was=was, why=words, actor=actor, at=at)
    after = {"ended_on": plain(ended_on), "cause": words}
    record("subscription.ended", subject=subscription, actor=actor, at=at, before=before, after=after)
    return subscription


@transaction.atomic
def undo_step(*, subscription: Subscription, actor: User | None, at: datetime) -> Subscription:
    """Take the latest step back: an end, or a renewal with its fee and its term."""
    _hold(subscription, "subscription.write", actor)
    steps = list(subscription.changes.order_by("-pk")[:2])
    if not steps or steps[0].step == SubscriptionStep.BEGUN:
        raise NothingToTakeBack
    latest = steps[0]
    subscription.state = latest.state_before
    if latest.step == SubscriptionStep.CHURNED:
        subscription.ended_on, subscription.cause = None, ""
    else:
        subscription.fee_minor, subscription.renews_on = latest.fee_before_minor, latest.on
    subscription.save()
    before = {"step": latest.step, "fee_minor": latest.fee_after_minor}
    latest.delete()
    record("subscription.undone", subject=subscription, actor=actor, at=at, before=before)
    return subscription


@transaction.atomic
def delete_subscription(*, subscription: Subscription, actor: User | None, at: datetime) -> Subscription:
    """Take a subscription out of sight; it can be restored."""
    _hold(subscription, "subscription.delete", actor)
    subscription.deleted_at = at
    subscription.save(update_fields=["deleted_at"])
    forget_agreed(subscription)
    before = {"fee_minor": subscription.fee_minor}
    record("subscription.deleted", subject=subscription, actor=actor, at=at, before=before)
    return subscription


@transaction.atomic
def restore_subscription(*, subscription: Subscription, actor: User | None, at: datetime) -> Subscription:
    """Bring a deleted subscription back as it was."""
    _hold(subscription, "subscription.delete", actor, is_deleted=True)
    subscription.deleted_at = None
    subscription.save(update_fields=["deleted_at"])
    index_agreed(subscription)
    after = {"fee_minor": subscription.fee_minor}
    record("subscription.restored", subject=subscription, actor=actor, at=at, after=after)
    return subscription


def _hold(
    row: Subscription, verb: str, actor: User | None, *, seen: int | None = None, is_deleted: bool = False
) -> None:
    permit(actor, verb, row)
    lock_customer(row.customer)
    advance(row, seen=seen)
    row.refresh_from_db()
    if row.customer.deleted_at is not None or (row.deleted_at is not None and not is_deleted):
        raise AlreadyDeleted
    if row.deleted_at is None and is_deleted:
        raise NotDeleted


def _check(row: Subscription, at: datetime) -> None:
    if not row.item:
        raise NothingSubscribed
    if not 0 < (row.term_months or 0) <= LONGEST_TERM:
        raise BadTerm
    if row.began_on is None or row.began_on > Organisation.objects.current().today(at):
        raise BegunLater(day=row.began_on or "-")
    wrong = {
        "fee_minor": row.fee_minor is None or row.fee_minor < 0,
        "one_off_minor": row.one_off_minor is not None and row.one_off_minor < 0,
        "margin": row.margin is not None and abs(row.margin) > PER_CENT,
    }
    field = next((name for name, is_wrong in wrong.items() if is_wrong), None)
    if field is not None:
        refusal: ActionError = BadAmount()
        refusal.field = field
        raise refusal
    if max(row.fee_minor, row.one_off_minor or 0) > LARGEST_MINOR:
        raise AmountTooLarge(text=row.item[:40])
    taken = Subscription.objects.exclude(pk=row.pk).filter(carrying([row.external_id]))
    if row.external_id and taken.exists():
        raise SubscriptionNumberTaken(number=row.external_id)


def _refuse_out_of_time(row: Subscription, at: datetime) -> None:
    latest = add_months(Organisation.objects.current().today(at), LONGEST_TERM)
    if not row.began_on < row.renews_on <= latest:
        raise RenewsOutOfTime(earliest=row.began_on.isoformat())


def _months_to(row: Subscription) -> int:
    """Months from the beginning to the day it renews on, so that a month's last day does not creep forward."""
    return (row.renews_on.year - row.began_on.year) * 12 + row.renews_on.month - row.began_on.month


def _step(
    row: Subscription,
    step: SubscriptionStep,
    *,
    on: date,
    before: int,
    actor: User | None,
    at: datetime,
    was: str = SubscriptionState.ACTIVE,
    why: str = "",
) -> None:
    is_end = step == SubscriptionStep.CHURNED
    SubscriptionChange.objects.create(
        subscription=row,
        step=step,
        on=on,
        state_before=was,
        fee_before_minor=before,
        fee_after_minor=0 if is_end else row.fee_minor,
        until=None if is_end else row.renews_on,
        reason=why,
        author=actor,
        written_at=at,
    )
