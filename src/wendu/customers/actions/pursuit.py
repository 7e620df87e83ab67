"""Out of pursuit and back: nurtured until a day, dropped, gone for good, woken (method: 2.2, 3.27, section 8)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.due import clear_due, schedule_due
from wendu.customers.actions.basics import lock_standing
from wendu.customers.choices import NurtureKind, NurtureReason
from wendu.customers.models import Customer, Nurture
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("customer.nurtured", "customer.dropped", "customer.churned", "customer.churn_undone", "customer.woken")

LONGEST_DAYS = 730
WAKE_RULE = "customer.wake"


class BadWakeDay(ActionError):
    """A nurtured customer wakes between tomorrow and two years from now."""

    code = "bad_wake_day"
    field = "wake_on"
    message = _("Choose a wake date from %(earliest)s to %(latest)s.")


class NoFitIsDropped(ActionError):
    """Whom we can never serve is not kept waiting."""

    code = "no_fit_is_dropped"
    field = "reason"
    message = _("If we do not fit, there is nothing to wait for. Choose another reason, or do not pursue the customer.")


class NotGone(ActionError):
    """Only who was declared gone comes back by taking the declaration back."""

    code = "not_gone"
    message = _("This customer does not count as gone any more. Reload the page.")


class NotResting(ActionError):
    """Only who rests can be woken."""

    code = "not_resting"
    message = _("This customer is being pursued already, so there is nothing to wake. Reload the page.")


@transaction.atomic
def begin_nurture(
    *, customer: Customer, reason: NurtureReason, wake_on: date, actor: User, at: datetime, note: str = ""
) -> Nurture:
    """Let a customer rest until a day, with a reason; done again it replaces the standing spell."""
    permit(actor, "customer.nurture", customer)
    today = Organisation.objects.current().today(at)
    earliest, latest = today + timedelta(days=1), today + timedelta(days=LONGEST_DAYS)
    if not earliest <= wake_on <= latest:
        raise BadWakeDay(earliest=earliest, latest=latest)
    if reason == NurtureReason.NO_FIT:
        raise NoFitIsDropped
    given = {"kind": NurtureKind.NURTURING, "reason": reason, "wake_on": wake_on, "note": note}
    spell = _begin("customer.nurtured", customer, given, today=today, actor=actor, at=at)
    schedule_due(on=wake_on, rule=WAKE_RULE, subject=customer)
    return spell


@transaction.atomic
def drop_pursuit(*, customer: Customer, reason: NurtureReason, actor: User, at: datetime, note: str = "") -> Nurture:
    """Decide not to pursue a customer; it stays known and can be woken."""
    permit(actor, "customer.nurture", customer)
    today = Organisation.objects.current().today(at)
    given = {"kind": NurtureKind.DROPPED, "reason": reason, "note": note}
    spell = _begin("customer.dropped", customer, given, today=today, actor=actor, at=at)
    clear_due(rule=WAKE_RULE, subject=customer)
    return spell


@transaction.atomic
def begin_churn(*, customer: Customer, reason: str, actor: User, at: datetime, note: str = "") -> Nurture:
    """Note that a customer who bought has left us for good; `reason` is a code of the playbook's list."""
    permit(actor, "customer.nurture", customer)
    today = Organisation.objects.current().today(at)
    given = {"kind": NurtureKind.CHURNED, "note": note}
    spell = _begin("customer.churned", customer, given, today=today, actor=actor, at=at, cause=reason)
    clear_due(rule=WAKE_RULE, subject=customer)
    return spell


@transaction.atomic
def undo_churn(*, customer: Customer, actor: User, at: datetime) -> None:
    """Take the latest declaration back as if it had never been made, with the rest it may have replaced."""
    permit(actor, "customer.nurture", customer)
    lock_standing(customer)
    spell = customer.nurtures.filter(ended_on__isnull=True, kind=NurtureKind.CHURNED).first()
    if spell is None:
        raise NotGone
    replaced = customer.nurtures.filter(ended_on=spell.began_on, pk__lt=spell.pk).order_by("-pk").first()
    before = {"reason": spell.reason, "from_on": plain(spell.began_on)}
    spell.delete()
    if replaced is not None:
        replaced.ended_on = None
        replaced.save(update_fields=["ended_on"])
        if replaced.wake_on:
            schedule_due(on=replaced.wake_on, rule=WAKE_RULE, subject=customer)
    record("customer.churn_undone", subject=customer, actor=actor, at=at, before=before)


@transaction.atomic
def wake(*, customer: Customer, actor: User | None, at: datetime) -> Nurture:
    """Take a resting customer back into pursuit; one whose wake day has passed woke on that day."""
    permit(actor, "customer.nurture", customer)
    lock_standing(customer)
    spell = customer.nurtures.filter(ended_on__isnull=True).first()
    if spell is None:
        raise NotResting
    _end(spell, on=Organisation.objects.current().today(at))
    clear_due(rule=WAKE_RULE, subject=customer)
    before = {"kind": spell.kind, "wake_on": plain(spell.wake_on)}
    record("customer.woken", subject=customer, actor=actor, at=at, before=before, after={"on": plain(spell.ended_on)})
    return spell


def _begin(
    verb: str,
    customer: Customer,
    given: Mapping[str, object],
    *,
    today: date,
    actor: User,
    at: datetime,
    cause: str = "",
) -> Nurture:
    lock_standing(customer)
    standing = customer.nurtures.filter(ended_on__isnull=True).first()
    before = {"kind": standing.kind, "wake_on": plain(standing.wake_on)} if standing else None
    if standing is not None:
        _end(standing, on=today)
    spell = Nurture(customer=customer, began_on=today, began_by=actor, reason=cause)
    change = apply_changes(spell, given, writable=("kind", "reason", "wake_on", "note"))
    spell.save()
    record(
        verb,
        subject=customer,
        actor=actor,
        at=at,
        before=before,
        after={"spell": spell.pk, **change.after, "reason": spell.reason},
    )
    return spell


def _end(spell: Nurture, *, on: date) -> None:
    spell.ended_on = min(on, spell.wake_on) if spell.wake_on else on
    spell.save(update_fields=["ended_on"])
