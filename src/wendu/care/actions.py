"""What a customer told of what they got: written down, corrected, taken back and restored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.care.models import MOST_POINTS, MOST_WEIGHT, Satisfaction
from wendu.customers.actions import AlreadyDeleted, NotDeleted, lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError

declare(*(f"satisfaction.{verb}" for verb in ("written", "corrected", "deleted", "restored")))

TOLD = ("about", "expectation", "experience", "weight", "told_on", "note")


class NothingTold(ActionError):
    """An answer says what they count on, how it was, or both."""

    code = "nothing_told"
    field = "experience"
    message = _("Say how it was, what they counted on, or both.")


class BadPoints(ActionError):
    """Points are whole numbers on one scale."""

    code = "bad_points"
    message = _("Use whole points from 0 to 10; how much it matters goes from 1 to 5.")


class ToldLater(ActionError):
    """What was told was told by today."""

    code = "told_later"
    field = "told_on"
    message = _("This day has not come yet. Choose the day on which they told it.")


class StrangerTold(ActionError):
    """Who told it is a person of this customer."""

    code = "stranger_told"
    field = "contact"
    message = _("This person does not belong to the customer. Choose one who does.")


@transaction.atomic
def write_satisfaction(
    *, customer: Customer, values: Mapping[str, Any], actor: User | None, at: datetime
) -> Satisfaction:
    """Write down what a customer told; whoever serves it may."""
    permit(actor, "satisfaction.write", customer)
    lock_customer(customer)
    if customer.deleted_at is not None:
        raise AlreadyDeleted
    row = Satisfaction(customer=customer, author=actor, written_at=at, told_on=_today(at))
    _, after = _put(row, values, at)
    row.save()
    record("satisfaction.written", subject=row, actor=actor, at=at, after=after)
    return row


@transaction.atomic
def correct_satisfaction(
    *, satisfaction: Satisfaction, changes: Mapping[str, Any], actor: User | None, at: datetime, seen: int | None = None
) -> Satisfaction:
    """Correct an answer; `seen` is the revision the editor had."""
    _hold(satisfaction, actor, seen=seen)
    before, after = _put(satisfaction, changes, at)
    if after:
        satisfaction.save()
        record("satisfaction.corrected", subject=satisfaction, actor=actor, at=at, before=before, after=after)
    return satisfaction


@transaction.atomic
def delete_satisfaction(*, satisfaction: Satisfaction, actor: User | None, at: datetime) -> Satisfaction:
    """Take an answer out of sight; it can be restored."""
    _hold(satisfaction, actor)
    satisfaction.deleted_at = at
    satisfaction.save(update_fields=["deleted_at"])
    record("satisfaction.deleted", subject=satisfaction, actor=actor, at=at, before=_said(satisfaction))
    return satisfaction


@transaction.atomic
def restore_satisfaction(*, satisfaction: Satisfaction, actor: User | None, at: datetime) -> Satisfaction:
    """Bring an answer back as it was."""
    _hold(satisfaction, actor, is_deleted=True)
    satisfaction.deleted_at = None
    satisfaction.save(update_fields=["deleted_at"])
    record("satisfaction.restored", subject=satisfaction, actor=actor, at=at, after=_said(satisfaction))
    return satisfaction


def _put(row: Satisfaction, values: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put on an answer what is said of it, and refuse what cannot be; gives what changed."""
    said = {name: value for name, value in values.items() if name != "contact"}
    change = apply_changes(row, said, writable=TOLD)
    before, after = dict(change.before), dict(change.after)
    if "contact" in values and values["contact"] != row.contact:
        before["contact"], after["contact"] = plain(row.contact), plain(values["contact"])
        row.contact = values["contact"]
    _check(row, at)
    return before, after


def _check(row: Satisfaction, at: datetime) -> None:
    if row.expectation is None and row.experience is None:
        raise NothingTold
    for name in ("expectation", "experience", "weight"):
        points = getattr(row, name)
        most, least = (MOST_WEIGHT, 1) if name == "weight" else (MOST_POINTS, 0)
        if points is not None and not least <= points <= most:
            refusal = BadPoints()
            refusal.field = name
            raise refusal
    if row.told_on > _today(at):
        raise ToldLater
    if row.contact is not None and row.contact.customer_id != row.customer_id:
        raise StrangerTold


def _hold(row: Satisfaction, actor: User | None, *, seen: int | None = None, is_deleted: bool = False) -> None:
    permit(actor, "satisfaction.write", row)
    lock_customer(row.customer)
    advance(row, seen=seen)
    row.refresh_from_db()
    if row.customer.deleted_at is not None or (row.deleted_at is not None and not is_deleted):
        raise AlreadyDeleted
    if row.deleted_at is None and is_deleted:
        raise NotDeleted


def _said(row: Satisfaction) -> dict[str, Any]:
    told = {name: plain(getattr(row, name)) for name in ("about", "expectation", "experience")}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _today(at: datetime) -> Any:
    return Organisation.objects.current().today(at)
