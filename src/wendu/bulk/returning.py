"""The ways back of the deeds for some customers at once, in a fixed number of queries.

Each is given what was noted and says which customers it could return: those nobody changed since. What somebody undid
and did again by hand is theirs, so a way back knows the very row or entry of the batch and does not go by likeness.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from wendu.agenda.models import Step
from wendu.bulk.choices import Deed
from wendu.bulk.deeds import give, tell, tell_hands, write_own
from wendu.bulk.models import Batch
from wendu.coach.actions import refresh_copies
from wendu.customers.models import Collaborator, Customer, Tagging
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.journal.models import Entry


def undo(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    """Take it back where nobody changed it since; gives whom it returned."""
    back = {
        Deed.OWNER: _hand_back,
        Deed.TAG: _untag,
        Deed.STEP: _cancel,
        Deed.FIELD: _unfill,
        Deed.DELETE: _restore,
    }
    return back[Deed(batch.deed)](batch, before, at)


def _hand_back(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    rows = list(_locked(before).filter(owner_id=batch.told["owner"], deleted_at__isnull=True))
    again = _handed_since(batch, [row.pk for row in rows])
    rows = [row for row in rows if row.pk not in again]
    there = User.objects.filter(is_active=True).in_bulk({before[row.pk]["owner"] for row in rows} - {None})
    rows = [row for row in rows if before[row.pk]["owner"] is None or before[row.pk]["owner"] in there]
    given = {row.pk: there.get(before[row.pk]["owner"]) for row in rows}
    give(given)
    tell_hands(batch.undoing_by, rows, given, at)
    _leave(batch, given, at)
    beside = {pk: moment for pk in given if (moment := before[pk]["beside"])}
    Collaborator.objects.bulk_create(
        [Collaborator(customer_id=pk, user_id=batch.told["owner"], since=since) for pk, since in beside.items()],
        ignore_conflicts=True,
    )
    refresh_copies(given)
    return set(given)


def _handed_since(batch: Batch, keys: Sequence[int]) -> set[int]:
    """Who changed hands again after the batch, be it back to the same person."""
    hands = Entry.objects.filter(verb="customer.owner_changed", subject_kind="customer", subject_id__in=keys)
    latest = {pk: (at, who) for pk, at, who in hands.order_by("pk").values_list("subject_id", "at", "actor_id")}
    return {pk for pk, hand in latest.items() if hand != (batch.moment, batch.actor_id)}


def _leave(batch: Batch, keys: Collection[int], at: datetime) -> None:
    """Let those go who stayed beside only because the batch took the customer from them."""
    stayed = Collaborator.objects.filter(customer__in=keys, since=batch.moment)
    pairs = sorted(stayed.values_list("customer_id", "user_id"))
    stayed.delete()
    record_many(
        entry_for(
            "customer.collaborator_removed",
            subject=("customer", pk),
            actor=batch.undoing_by,
            at=at,
            before={"user": user},
        )
        for pk, user in pairs
    )


def _untag(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    put = Tagging.objects.filter(pk__in=[each["tagging"] for each in before.values()])
    rows = list(put.select_for_update().values_list("pk", "customer_id"))
    Tagging.objects.filter(pk__in=[pk for pk, _customer in rows]).delete()
    keys = {customer for _pk, customer in rows}
    tell(batch.undoing_by, "customer.untagged", sorted(keys), at, before={"tag": batch.told["tag"]})
    return keys


def _cancel(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    told = batch.told
    same = Step.objects.open().filter(pk__in=[each["step"] for each in before.values()], do=told["do"])
    steps = list(same.filter(planned_on=told["on"]).select_for_update())
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(cancelled_at=at)
    record_many(
        entry_for(
            "step.cancelled",
            subject=step,
            root=("customer", step.customer_id),
            actor=batch.undoing_by,
            at=at,
            before={"do": step.do, "planned_on": step.planned_on},
        )
        for step in steps
    )
    return {step.customer_id for step in steps}


def _unfill(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    code, value = batch.told["field"], batch.told["value"]
    rows = [row for row in _locked(before).filter(deleted_at__isnull=True) if row.custom.get(code) == value]
    again = _filled_since(batch, code, [row.pk for row in rows])
    rows = [row for row in rows if row.pk not in again]
    write_own(batch.undoing_by, code, rows, {row.pk: before[row.pk]["value"] for row in rows}, at)
    return {row.pk for row in rows}


def _filled_since(batch: Batch, code: str, keys: Sequence[int]) -> set[int]:
    """Whose field was written again after the batch, be it to the same value."""
    told = Entry.objects.filter(verb="customer.custom_changed", subject_kind="customer", subject_id__in=keys)
    latest = {
        pk: (at, who)
        for pk, at, who, after in told.order_by("pk").values_list("subject_id", "at", "actor_id", "after")
        if code in (after or {})
    }
    return {pk for pk, hand in latest.items() if hand != (batch.moment, batch.actor_id)}


def _restore(batch: Batch, before: Mapping[int, dict[str, Any]], at: datetime) -> set[int]:
    rows = list(_locked(before).filter(deleted_at=batch.moment))
    keys = {row.pk for row in rows}
    Customer.objects.filter(pk__in=keys).update(deleted_at=None, revision=F("revision") + 1)
    record_many(
        entry_for("customer.restored", subject=row, actor=batch.undoing_by, at=at, after={"name": row.name})
        for row in rows
    )
    refresh_copies(keys)
    return keys


def _locked(before: Mapping[int, Any]) -> Any:
    return Customer.objects.filter(pk__in=list(before)).select_for_update(no_key=True).order_by("pk")
