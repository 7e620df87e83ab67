"""The four deeds for some customers at once and their ways back, as by hand, in a fixed number of queries.

Each deed is given the keys of customers that may be changed and locked; it says how each was before. Each way back is
given what was noted, and says which customers it could return: those nobody changed since.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from wendu.agenda.choices import StepSource
from wendu.agenda.models import Step
from wendu.bulk.choices import Deed
from wendu.bulk.models import Batch
from wendu.coach.actions import refresh_copies
from wendu.customers.models import Collaborator, Customer, Tag, Tagging
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.opportunities.models import Opportunity

Before = dict[int, dict[str, Any]]


def do(batch: Batch, rows: Sequence[Customer]) -> Before:
    """Do it to these customers; gives how each was before."""
    return {Deed.OWNER: _hand, Deed.TAG: _tag, Deed.STEP: _plan, Deed.DELETE: _delete}[Deed(batch.deed)](batch, rows)


def undo(batch: Batch, before: Mapping[int, dict[str, Any]], at: Any) -> set[int]:
    """Take it back where nobody changed it since; gives whom it returned."""
    back = {Deed.OWNER: _hand_back, Deed.TAG: _untag, Deed.STEP: _cancel, Deed.DELETE: _restore}
    return back[Deed(batch.deed)](batch, before, at)


def _hand(batch: Batch, rows: Sequence[Customer]) -> Before:
    taker = User.objects.get(pk=batch.told["owner"])
    keys = [row.pk for row in rows]
    beside = set(Collaborator.objects.filter(customer__in=keys, user=taker).values_list("customer_id", flat=True))
    before = {r.pk: {"owner": r.owner_id, "team": r.team_id, "beside": r.pk in beside} for r in rows}
    _give(dict.fromkeys(keys, taker))
    Collaborator.objects.filter(customer__in=keys, user=taker).delete()
    _tell_hands(batch, rows, dict.fromkeys(keys, taker), batch.moment)
    _keep_deal_owners(batch, keys, taker)
    refresh_copies(keys)
    return before


def _hand_back(batch: Batch, before: Mapping[int, dict[str, Any]], at: Any) -> set[int]:
    rows = list(_locked(before).filter(owner_id=batch.told["owner"], deleted_at__isnull=True))
    there = User.objects.filter(is_active=True).in_bulk({before[row.pk]["owner"] for row in rows} - {None})
    rows = [row for row in rows if before[row.pk]["owner"] is None or before[row.pk]["owner"] in there]
    given = {row.pk: there.get(before[row.pk]["owner"]) for row in rows}
    _give(given)
    _tell_hands(batch, rows, given, at)
    joined = [
        Collaborator(customer_id=pk, user_id=batch.told["owner"], since=at) for pk in given if before[pk]["beside"]
    ]
    Collaborator.objects.bulk_create(joined, ignore_conflicts=True)
    refresh_copies(given)
    return set(given)


def _give(owners: Mapping[int, User | None]) -> None:
    """Set owner and team; one query for each different owner."""
    keys_of: dict[User | None, list[int]] = {}
    for pk, owner in owners.items():
        keys_of.setdefault(owner, []).append(pk)
    for owner, keys in keys_of.items():
        team_id = owner.team_id if owner else None
        Customer.objects.filter(pk__in=keys).update(owner=owner, team_id=team_id, revision=F("revision") + 1)


def _tell_hands(batch: Batch, rows: Sequence[Customer], owners: Mapping[int, User | None], at: Any) -> None:
    record_many(
        entry_for(
            "customer.owner_changed",
            subject=row,
            actor=batch.actor,
            at=at,
            before={"owner": row.owner_id, "team": row.team_id},
            after={"owner": owner.pk if owner else None, "team": owner.team_id if owner else None},
        )
        for row in rows
        for owner in (owners[row.pk],)
    )


def _keep_deal_owners(batch: Batch, keys: Sequence[int], taker: User) -> None:
    """Who has an open deal with a customer goes on working on it beside the new owner."""
    deals = Opportunity.objects.open().filter(customer__in=keys, owner__is_active=True).exclude(owner=taker)
    pairs = set(deals.values_list("customer_id", "owner_id"))
    pairs -= set(Collaborator.objects.filter(customer__in=keys).values_list("customer_id", "user_id"))
    new = [Collaborator(customer_id=pk, user_id=user, since=batch.moment) for pk, user in sorted(pairs)]
    Collaborator.objects.bulk_create(new, ignore_conflicts=True)
    record_many(
        entry_for(
            "customer.collaborator_added",
            subject=("customer", pk),
            actor=batch.actor,
            at=batch.moment,
            after={"user": user},
        )
        for pk, user in sorted(pairs)
    )


def _tag(batch: Batch, rows: Sequence[Customer]) -> Before:
    word = batch.told["tag"]
    tag = Tag.objects.filter(name__iexact=word).first() or Tag.objects.get_or_create(name=word)[0]
    Tagging.objects.bulk_create([Tagging(customer=row, tag=tag) for row in rows], ignore_conflicts=True)
    _tell(batch, "customer.tagged", [row.pk for row in rows], batch.moment, after={"tag": tag.name})
    return {row.pk: {} for row in rows}


def _untag(batch: Batch, before: Mapping[int, dict[str, Any]], at: Any) -> set[int]:
    there = Tagging.objects.filter(tag__name__iexact=batch.told["tag"], customer__in=list(before))
    keys = set(there.values_list("customer_id", flat=True))
    there.delete()
    _tell(batch, "customer.untagged", sorted(keys), at, before={"tag": batch.told["tag"]})
    return keys


def _plan(batch: Batch, rows: Sequence[Customer]) -> Before:
    on = date.fromisoformat(batch.told["on"])
    steps = Step.objects.bulk_create(
        Step(
            user_id=row.owner_id or batch.actor_id,
            subject_kind="customer",
            subject_id=row.pk,
            customer_id=row.pk,
            do=batch.told["do"],
            planned_on=on,
            source=StepSource.HUMAN,
            author=batch.actor,
            created_at=batch.moment,
        )
        for row in rows
    )
    record_many(
        entry_for(
            "step.planned",
            subject=step,
            root=("customer", step.customer_id),
            actor=batch.actor,
            at=batch.moment,
            after={"user": step.user_id, "do": step.do, "planned_on": on, "source": step.source},
        )
        for step in steps
    )
    return {step.customer_id: {"step": step.pk} for step in steps}


def _cancel(batch: Batch, before: Mapping[int, dict[str, Any]], at: Any) -> set[int]:
    told = batch.told
    same = Step.objects.open().filter(pk__in=[each["step"] for each in before.values()], do=told["do"])
    steps = list(same.filter(planned_on=told["on"]).select_for_update())
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(cancelled_at=at)
    record_many(
        entry_for(
            "step.cancelled",
            subject=step,
            root=("customer", step.customer_id),
            actor=batch.actor,
            at=at,
            before={"do": step.do, "planned_on": step.planned_on},
        )
        for step in steps
    )
    return {step.customer_id for step in steps}


def _delete(batch: Batch, rows: Sequence[Customer]) -> Before:
    keys = [row.pk for row in rows]
    Customer.objects.filter(pk__in=keys).update(deleted_at=batch.moment, revision=F("revision") + 1)
    record_many(
        entry_for("customer.deleted", subject=r, actor=batch.actor, at=batch.moment, before={"name": r.name})
        for r in rows
    )
    refresh_copies(keys)
    return {pk: {} for pk in keys}


def _restore(batch: Batch, before: Mapping[int, dict[str, Any]], at: Any) -> set[int]:
    rows = list(_locked(before).filter(deleted_at=batch.moment))
    keys = {row.pk for row in rows}
    Customer.objects.filter(pk__in=keys).update(deleted_at=None, revision=F("revision") + 1)
    record_many(
        entry_for("customer.restored", subject=row, actor=batch.actor, at=at, after={"name": row.name}) for row in rows
    )
    refresh_copies(keys)
    return keys


def _tell(batch: Batch, verb: str, keys: Sequence[int], at: Any, **words: Any) -> None:
    record_many(entry_for(verb, subject=("customer", pk), actor=batch.actor, at=at, **words) for pk in keys)


def _locked(before: Mapping[int, Any]) -> Any:
    return Customer.objects.filter(pk__in=list(before)).select_for_update(no_key=True).order_by("pk")
