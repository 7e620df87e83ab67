"""What both sides signed: written down, corrected, taken a step further or back, deleted and restored (2.5)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agreements.actions.findable import forget_agreed, index_agreed
from wendu.agreements.actions.orders import OfAnotherCustomer
from wendu.agreements.actions.payments import BadAmount
from wendu.agreements.actions.subscriptions import NothingToTakeBack
from wendu.agreements.choices import ContractState
from wendu.agreements.models import CLOSED, MOST_NOTICE, SIGNED_STATES, Contract, ContractMove
from wendu.customers.actions import AlreadyDeleted, NotDeleted, lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import Change, apply_changes, plain
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.money import LARGEST_MINOR, AmountTooLarge
from wendu.kernel.names import tidy_line

declare(*(f"contract.{verb}" for verb in ("written", "corrected", "moved", "unmoved", "deleted", "restored")))

S = ContractState
CONTRACT = (
    *("title", "number", "kind", "amount_minor", "signed_on", "starts_on", "ends_on", "notice_days", "renews"),
    *("paper", "terms"),
)
CONTRACT_LINKS = ("opportunity", "quote", "owner", "follows")
LONGEST_CHAIN = 100
CONTRACT_STEPS: Mapping[str, tuple[ContractState, ...]] = {
    S.DRAFT: (S.OFFERED, S.SIGNED, S.CANCELLED),
    S.OFFERED: (S.SIGNED, S.DRAFT, S.CANCELLED),
    S.SIGNED: (S.RUNNING, S.TERMINATED),
    S.RUNNING: (S.ENDED, S.TERMINATED),
}
"""Where a contract can go from where it is; the way back is to take the latest step back."""
BEGUN_AS = (S.DRAFT, S.OFFERED, S.SIGNED, S.RUNNING)
LONGEST = 300


class ContractNumberTaken(ActionError):
    """One number means one contract."""

    code = "contract_number_taken"
    field = "number"
    message = _("There is a contract with the number %(number)s already. Choose another number, or leave it empty.")


class NoContractStep(ActionError):
    """A contract goes from one state to the next."""

    code = "no_contract_step"
    field = "to_state"
    message = _("From “%(here)s” a contract does not go there. Look at where it is now, and choose again.")


class ContractReasonNeeded(ActionError):
    """Whoever terminates or cancels says why."""

    code = "contract_reason_needed"
    field = "reason"
    message = _("Say in a few words why (at most 300 characters).")


class ContractOutOfTime(ActionError):
    """The days of a contract follow each other."""

    code = "contract_out_of_time"
    message = _(
        "A signed contract has a day, today or before, and ends on or after the day it starts. Correct the days."
    )


class BadNotice(ActionError):
    """Notice is given some days before the end."""

    code = "bad_notice"
    field = "notice_days"
    message = _("Enter 0 to 730 days of notice, or leave it empty.")


class FollowsItself(ActionError):
    """A contract takes the place of an earlier one."""

    code = "contract_follows_itself"
    field = "follows"
    message = _("A contract cannot take its own place, nor that of one that follows it. Choose an earlier one.")


@transaction.atomic
def write_contract(*, customer: Customer, values: Mapping[str, Any], actor: User | None, at: datetime) -> Contract:
    """Write a contract down, as far as it is; amounts are in the currency of the house."""
    permit(actor, "contract.write", customer)
    lock_customer(customer)
    if customer.deleted_at is not None:
        raise AlreadyDeleted
    currency = Organisation.objects.current().currency
    contract = Contract(customer=customer, currency=currency, author=actor, written_at=at)
    contract.state = values.get("state") or S.DRAFT
    if contract.state not in BEGUN_AS:
        raise NoContractStep(here="-")
    change = _changed(contract, {name: value for name, value in values.items() if name != "state"})
    if contract.state in SIGNED_STATES and contract.signed_on is None:
        contract.signed_on = _today(at)
    _check(contract, at)
    contract.save()
    index_agreed(contract)
    record("contract.written", subject=contract, actor=actor, at=at, after={"state": contract.state, **change.after})
    return contract


@transaction.atomic
def correct_contract(
    *, contract: Contract, changes: Mapping[str, Any], actor: User | None, at: datetime, seen: int | None = None
) -> Contract:
    """Correct what a contract says; `seen` is the revision the editor had."""
    _hold(contract, "contract.write", actor, seen=seen)
    change = _changed(contract, changes)
    _check(contract, at)
    if change:
        contract.save()
        index_agreed(contract)
        record("contract.corrected", subject=contract, actor=actor, at=at, before=change.before, after=change.after)
    return contract


@transaction.atomic
def move_contract(
    *, contract: Contract, to_state: str, on: date | None, actor: User | None, at: datetime, reason: str = ""
) -> Contract:
    """Take a contract one step further on a day, today if none is said."""
    _hold(contract, "contract.write", actor)
    before, words, day = S(contract.state), tidy_line(reason), on or _today(at)
    if to_state not in CONTRACT_STEPS.get(before, ()):
        raise NoContractStep(here=before.label)
    if len(words) > LONGEST or (to_state in (S.TERMINATED, S.CANCELLED) and not words):
        raise ContractReasonNeeded
    if day > _today(at):
        raise ContractOutOfTime
    contract.state = S(to_state)
    if to_state == S.SIGNED and contract.signed_on is None:
        contract.signed_on = day
    contract.ended_on = day if to_state in CLOSED else None
    contract.save()
    ContractMove.objects.create(
        contract=contract, from_state=before, to_state=to_state, moved_on=day, moved_by=actor, reason=words
    )
    after = {"state": to_state, "moved_on": plain(day), **({"reason": words} if words else {})}
    record("contract.moved", subject=contract, actor=actor, at=at, before={"state": before}, after=after)
    return contract


@transaction.atomic
def unmove_contract(*, contract: Contract, actor: User | None, at: datetime) -> Contract:
    """Take the latest step back: it stands where it stood before."""
    _hold(contract, "contract.write", actor)
    latest = contract.moves.order_by("-pk").first()
    if latest is None:
        raise NothingToTakeBack
    contract.state = latest.from_state
    if contract.state not in CLOSED:
        contract.ended_on = None
    if latest.to_state == S.SIGNED and contract.signed_on == latest.moved_on:
        contract.signed_on = None
    contract.save()
    latest.delete()
    before, after = {"state": latest.to_state}, {"state": latest.from_state}
    record("contract.unmoved", subject=contract, actor=actor, at=at, before=before, after=after)
    return contract


@transaction.atomic
def delete_contract(*, contract: Contract, actor: User | None, at: datetime) -> Contract:
    """Take a contract out of sight; its orders stay, and it can be restored."""
    _hold(contract, "contract.delete", actor)
    contract.deleted_at = at
    contract.save(update_fields=["deleted_at"])
    forget_agreed(contract)
    record("contract.deleted", subject=contract, actor=actor, at=at, before={"title": contract.title})
    return contract


@transaction.atomic
def restore_contract(*, contract: Contract, actor: User | None, at: datetime) -> Contract:
    """Bring a deleted contract back as it was."""
    _hold(contract, "contract.delete", actor, is_deleted=True)
    _check(contract, at)
    contract.deleted_at = None
    contract.save(update_fields=["deleted_at"])
    index_agreed(contract)
    record("contract.restored", subject=contract, actor=actor, at=at, after={"title": contract.title})
    return contract


def _hold(row: Contract, verb: str, actor: User | None, *, seen: int | None = None, is_deleted: bool = False) -> None:
    permit(actor, verb, row)
    lock_customer(row.customer)
    advance(row, seen=seen)
    row.refresh_from_db()
    if row.customer.deleted_at is not None or (row.deleted_at is not None and not is_deleted):
        raise AlreadyDeleted
    if row.deleted_at is None and is_deleted:
        raise NotDeleted


def _changed(row: Contract, values: Mapping[str, Any]) -> Change:
    """Put on a contract what is said of it, in words or by naming a deal, a quote or who looks after it."""
    said = apply_changes(
        row, {name: value for name, value in values.items() if name not in CONTRACT_LINKS}, writable=CONTRACT
    )
    before, after = dict(said.before), dict(said.after)
    for name in CONTRACT_LINKS:
        old, new = getattr(row, name), values.get(name)
        if name in values and old != new:
            setattr(row, name, new)
            told = "quote_id" if name == "quote" else name
            before[told], after[told] = plain(old), plain(new)
    return Change(before, after)


def _check(row: Contract, at: datetime) -> None:
    is_turned = row.starts_on is not None and row.ends_on is not None and row.ends_on < row.starts_on
    is_early = row.signed_on is not None and row.signed_on > _today(at)
    if is_turned or is_early or (row.signed_on is None and row.state in SIGNED_STATES):
        refusal = ContractOutOfTime()
        refusal.field = "ends_on" if is_turned else "signed_on"
        raise refusal
    if row.notice_days is not None and row.notice_days > MOST_NOTICE:
        raise BadNotice
    if row.amount_minor is not None and row.amount_minor < 0:
        raise BadAmount
    if (row.amount_minor or 0) > LARGEST_MINOR:
        raise AmountTooLarge(text=row.title[:40])
    others = Contract.objects.standing().exclude(pk=row.pk).filter(number=row.number)
    if row.number and others.exists():
        raise ContractNumberTaken(number=row.number)
    deals = (row.opportunity, row.quote.opportunity if row.quote else None)
    if any(each is not None and each.customer_id != row.customer_id for each in (*deals, row.follows)):
        raise OfAnotherCustomer
    _refuse_circle(row)


def _refuse_circle(row: Contract) -> None:
    earlier, steps = row.follows, 0
    while earlier is not None and row.pk is not None:
        if earlier.pk == row.pk or steps > LONGEST_CHAIN:
            raise FollowsItself
        earlier, steps = earlier.follows, steps + 1


def _today(at: datetime) -> date:
    return Organisation.objects.current().today(at)
