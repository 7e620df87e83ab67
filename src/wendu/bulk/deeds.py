"""The deeds for some customers at once, as by hand, in a fixed number of queries.

Each is given customers that may be changed and are locked; it says how each it changed was before, for the way back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from wendu.agenda.choices import StepSource
from wendu.agenda.models import Step
from wendu.bulk.choices import Deed
from wendu.bulk.models import Batch
from wendu.coach.actions import refresh_copies
from wendu.customers.actions import index_many
from wendu.customers.choices import FieldType
from wendu.customers.models import Collaborator, Customer, Tag, Tagging
from wendu.customers.queries import own_kinds
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.opportunities.models import Opportunity

Before = dict[int, dict[str, Any]]


def do(batch: Batch, rows: Sequence[Customer]) -> Before:
    """Do it to these customers; gives how each was before."""
    ways = {Deed.OWNER: _hand, Deed.TAG: _tag, Deed.STEP: _plan, Deed.FIELD: _fill, Deed.DELETE: _delete}
    return ways[Deed(batch.deed)](batch, rows)


def _hand(batch: Batch, rows: Sequence[Customer]) -> Before:
    taker = User.objects.get(pk=batch.told["owner"])
    keys = [row.pk for row in rows]
    beside = dict(Collaborator.objects.filter(customer__in=keys, user=taker).values_list("customer_id", "since"))
    since = {pk: moment.isoformat() for pk, moment in beside.items()}
    before = {row.pk: {"owner": row.owner_id, "team": row.team_id, "beside": since.get(row.pk)} for row in rows}
    give(dict.fromkeys(keys, taker))
    Collaborator.objects.filter(customer__in=keys, user=taker).delete()
    tell_hands(batch.actor, rows, dict.fromkeys(keys, taker), batch.moment)
    _keep_deal_owners(batch, keys, taker)
    refresh_copies(keys)
    return before


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
    Tag.objects.select_for_update().get(pk=tag.pk)  # nobody else puts it on meanwhile, so each row below is ours
    there = set(Tagging.objects.filter(tag=tag, customer__in=rows).values_list("customer_id", flat=True))
    put = Tagging.objects.bulk_create(Tagging(customer=row, tag=tag) for row in rows if row.pk not in there)
    keys = [each.customer_id for each in put]
    tell(batch.actor, "customer.tagged", keys, batch.moment, after={"tag": tag.name})
    return {each.customer_id: {"tagging": each.pk} for each in put}


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


def _fill(batch: Batch, rows: Sequence[Customer]) -> Before:
    code, value = batch.told["field"], batch.told["value"]
    before = {row.pk: {"value": row.custom.get(code)} for row in rows}
    write_own(batch.actor, code, rows, dict.fromkeys(before, value), batch.moment)
    return before


def write_own(actor: User | None, code: str, rows: Sequence[Customer], values: Mapping[int, Any], at: datetime) -> None:
    """Keep these values of one of the company's own fields, journal them, and let texts be found."""
    entries = []
    for row in rows:
        old, new = {code: row.custom.get(code)}, {code: values[row.pk]}
        row.custom = {name: kept for name, kept in {**row.custom, **new}.items() if kept is not None}
        entries.append(entry_for("customer.custom_changed", subject=row, actor=actor, at=at, before=old, after=new))
    Customer.objects.bulk_update(rows, ["custom"])
    Customer.objects.filter(pk__in=[row.pk for row in rows]).update(revision=F("revision") + 1)
    record_many(entries)
    if own_kinds().get(code) == FieldType.TEXT:
        index_many([row.pk for row in rows])


def _delete(batch: Batch, rows: Sequence[Customer]) -> Before:
    keys = [row.pk for row in rows]
    Customer.objects.filter(pk__in=keys).update(deleted_at=batch.moment, revision=F("revision") + 1)
    record_many(
        entry_for("customer.deleted", subject=r, actor=batch.actor, at=batch.moment, before={"name": r.name})
        for r in rows
    )
    refresh_copies(keys)
    return {pk: {} for pk in keys}


def give(owners: Mapping[int, User | None]) -> None:
    """Set owner and team; one query for each different owner."""
    keys_of: dict[User | None, list[int]] = {}
    for pk, owner in owners.items():
        keys_of.setdefault(owner, []).append(pk)
    for owner, keys in keys_of.items():
        team_id = owner.team_id if owner else None
        Customer.objects.filter(pk__in=keys).update(owner=owner, team_id=team_id, revision=F("revision") + 1)


def tell_hands(actor: User | None, rows: Sequence[Customer], owners: Mapping[int, User | None], at: datetime) -> None:
    """Journal who was given to whom."""
    record_many(
        entry_for(
            "customer.owner_changed",
            subject=row,
            actor=actor,
            at=at,
            before={"owner": row.owner_id, "team": row.team_id},
            after={"owner": owner.pk if owner else None, "team": owner.team_id if owner else None},
        )
        for row in rows
        for owner in (owners[row.pk],)
    )


def tell(actor: User | None, verb: str, keys: Sequence[int], at: datetime, **words: Any) -> None:
    """Journal the same of several customers."""
    record_many(entry_for(verb, subject=("customer", pk), actor=actor, at=at, **words) for pk in keys)
