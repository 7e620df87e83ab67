"""What became of what was agreed: our promises, the customer's commitments, the problems left open."""

from datetime import date, datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.events import declare
from wendu.touches.actions.check import (
    LONGEST_PROMISE,
    LONGEST_TAIL,
    choice_errors,
    day_errors,
    needed_text_errors,
)
from wendu.touches.actions.errors import (
    AlreadySettled,
    DraftRefused,
    NewDayMissing,
    SettledBeforeMade,
    TailIsClosed,
    TailIsOpen,
)
from wendu.touches.choices import CommitmentState, PromiseState
from wendu.touches.models import Commitment, Promise, Tail

declare("promise.settled", "promise.reopened", "commitment.settled", "commitment.reopened")
declare("tail.opened", "tail.closed", "tail.reopened")


@transaction.atomic
def settle_promise(
    *,
    promise: Promise,
    state: str,
    actor: User,
    at: datetime,
    on: date | None = None,
    due_on: date | None = None,
    what: str = "",
) -> Promise:
    """Say what became of a promise; agreed anew, it goes on as a new row due on `due_on`, which is returned.

    Kept after its day is stored as kept late (method: trust, kept late counts half).
    """
    permit(actor, "promise.settle", promise)
    lock_customer(promise.customer)
    promise.refresh_from_db()
    on = _settled_on(promise, state, PromiseState.values, on=on, at=at)
    if state == PromiseState.KEPT and on > promise.due_on:
        state = PromiseState.KEPT_LATE.value
    renewal = _renew(promise, on=on, due_on=due_on, what=what) if state == PromiseState.RENEGOTIATED else None
    promise.state, promise.settled_on, promise.renewed_as = state, on, renewal
    promise.save(update_fields=["state", "settled_on", "renewed_as"])
    after = {"from_on": on.isoformat(), "state": state, "what": promise.what}
    if renewal is not None:
        after["due_on"] = renewal.due_on.isoformat()
    record("promise.settled", subject=promise, root=promise.customer, actor=actor, at=at, after=after)
    return renewal or promise


@transaction.atomic
def reopen_promise(*, promise: Promise, actor: User, at: datetime) -> Promise:
    """Take back what was said about a promise; a renewal that is still open goes with it."""
    permit(actor, "promise.settle", promise)
    lock_customer(promise.customer)
    promise.refresh_from_db()
    renewal = promise.renewed_as
    if renewal is not None and renewal.state != PromiseState.OPEN:
        raise AlreadySettled(day=str(renewal.settled_on))
    before = {"state": promise.state}
    promise.state, promise.settled_on, promise.renewed_as = PromiseState.OPEN, None, None
    promise.save(update_fields=["state", "settled_on", "renewed_as"])
    if renewal is not None:
        renewal.delete()
    after = {"from_on": promise.due_on.isoformat(), "state": promise.state}
    record("promise.reopened", subject=promise, root=promise.customer, actor=actor, at=at, before=before, after=after)
    return promise


@transaction.atomic
def settle_commitment(
    *, commitment: Commitment, state: str, actor: User, at: datetime, on: date | None = None
) -> Commitment:
    """Say whether the customer did what was agreed."""
    permit(actor, "commitment.settle", commitment)
    lock_customer(commitment.customer)
    commitment.refresh_from_db()
    on = _settled_on(commitment, state, CommitmentState.values, on=on, at=at)
    commitment.state, commitment.settled_on = state, on
    commitment.save(update_fields=["state", "settled_on"])
    after = {"from_on": on.isoformat(), "state": state, "what": commitment.what}
    record("commitment.settled", subject=commitment, root=commitment.customer, actor=actor, at=at, after=after)
    return commitment


@transaction.atomic
def reopen_commitment(*, commitment: Commitment, actor: User, at: datetime) -> Commitment:
    """Take back what was said about a commitment."""
    permit(actor, "commitment.settle", commitment)
    lock_customer(commitment.customer)
    commitment.refresh_from_db()
    before = {"state": commitment.state}
    commitment.state, commitment.settled_on = CommitmentState.OPEN, None
    commitment.save(update_fields=["state", "settled_on"])
    after = {"from_on": commitment.due_on.isoformat(), "state": commitment.state}
    record(
        "commitment.reopened",
        subject=commitment,
        root=commitment.customer,
        actor=actor,
        at=at,
        before=before,
        after=after,
    )
    return commitment


@transaction.atomic
def open_tail(
    *, customer: Customer, what: str, actor: User, at: datetime, on: date | None = None, contact_id: int | None = None
) -> Tail:
    """Note a problem left open, outside a touch."""
    permit(actor, "tail.open", customer)
    lock_customer(customer)
    today = Organisation.objects.current().today(at)
    on = on or today
    errors = [*needed_text_errors(what, LONGEST_TAIL, "what"), *day_errors(on, "on", today=today)]
    if errors:
        raise DraftRefused(errors)
    tail = Tail.objects.create(customer=customer, what=what.strip(), opened_on=on, contact_id=contact_id)
    after = {"from_on": on.isoformat(), "what": tail.what}
    record("tail.opened", subject=tail, root=customer, actor=actor, at=at, after=after)
    return tail


@transaction.atomic
def close_tail(*, tail: Tail, actor: User, at: datetime, on: date | None = None) -> Tail:
    """Say that an open problem is solved; inside a touch the draft's `closed_tail_ids` do it."""
    permit(actor, "tail.close", tail)
    lock_customer(tail.customer)
    if not Tail.objects.open().filter(pk=tail.pk).exists():
        raise TailIsClosed
    on = _happened_on(on, at=at, since=tail.opened_on)
    tail.closed_on, tail.closed_in = on, None
    tail.save(update_fields=["closed_on", "closed_in"])
    after = {"from_on": on.isoformat(), "what": tail.what}
    record("tail.closed", subject=tail, root=tail.customer, actor=actor, at=at, after=after)
    return tail


@transaction.atomic
def reopen_tail(*, tail: Tail, actor: User, at: datetime) -> Tail:
    """A problem thought solved is open again; the touch that closed it no longer counts as having solved it."""
    permit(actor, "tail.close", tail)
    lock_customer(tail.customer)
    if Tail.objects.open().filter(pk=tail.pk).exists():
        raise TailIsOpen
    tail.refresh_from_db()
    closed_on = tail.closed_on or tail.opened_on
    tail.closed_on, tail.closed_in = None, None
    tail.save(update_fields=["closed_on", "closed_in"])
    after = {"from_on": closed_on.isoformat(), "what": tail.what}
    record("tail.reopened", subject=tail, root=tail.customer, actor=actor, at=at, after=after)
    return tail


def _settled_on(row: Promise | Commitment, state: str, states: list[str], *, on: date | None, at: datetime) -> date:
    if row.state != "open":
        raise AlreadySettled(day=str(row.settled_on))
    errors = list(choice_errors(state, [value for value in states if value != "open"], "state"))
    if errors:
        raise DraftRefused(errors)
    return _happened_on(on, at=at, since=row.touch.touched_on if row.touch else None)


def _happened_on(on: date | None, *, at: datetime, since: date | None) -> date:
    today = Organisation.objects.current().today(at)
    on = on or today
    errors = list(day_errors(on, "on", today=today))
    if errors:
        raise DraftRefused(errors)
    if since is not None and on < since:
        raise SettledBeforeMade(day=on.isoformat(), since=since.isoformat())
    return on


def _renew(promise: Promise, *, on: date, due_on: date | None, what: str) -> Promise:
    if due_on is None or due_on <= promise.due_on or due_on < on:
        raise NewDayMissing(day=max(promise.due_on, on).isoformat())
    errors = list(needed_text_errors(what or promise.what, LONGEST_PROMISE, "what"))
    if errors:
        raise DraftRefused(errors)
    return Promise.objects.create(
        customer=promise.customer,
        touch=promise.touch,
        contact=promise.contact,
        author=promise.author,
        what=what.strip() or promise.what,
        due_on=due_on,
    )
