"""Making two records one, trying it out without doing it, and making them two again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.coach.actions import judge_many, refresh_copies
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.customers.actions import AlreadyDeleted, require_hand_over
from wendu.customers.models import Collaborator, Contact, Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import plain
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import normalise_name
from wendu.merges import moving, returning
from wendu.merges.choices import Kind, Side
from wendu.merges.choosing import OWNER, REST, TAGS, Choices, sides, values
from wendu.merges.models import Merge
from wendu.merges.models import Trace as TraceRow
from wendu.merges.tracing import Trace

declare("customer.merged", "customer.unmerged", "contact.merged", "contact.unmerged")

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 200


class NotTwo(ActionError):
    """One record is not merged with itself."""

    code = "not_two"
    message = _("This is one and the same record. Choose another one to merge it with.")


class NotMergeable(ActionError):
    """The place for deals without a customer is no customer."""

    code = "not_mergeable"
    message = _("“%(name)s” only holds deals whose customer is not known yet. Give those deals a customer instead.")


class OfTwoCustomers(ActionError):
    """People of two customers are one only once their customers are."""

    code = "of_two_customers"
    message = _("These two people are at different customers. Merge the customers first, or leave both.")


class TooLate(ActionError):
    """What was needed to take it apart is kept for thirty days."""

    code = "merge_too_old"
    message = _("This was merged more than 30 days ago and can no longer be taken apart.")


class AlreadyApart(ActionError):
    """A merge is taken apart once."""

    code = "merge_already_apart"
    message = _("This merge was taken apart already. Reload the page.")


class LaterFirst(ActionError):
    """What was merged later is taken apart earlier."""

    code = "merge_later_first"
    message = _("“%(name)s” was merged later. Take that merge apart first, then this one.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a merge would do: the rows that would move, and how the method would judge the one that stays."""

    moved: dict[str, int]
    standing: Standing | None


@transaction.atomic
def merge_customers(
    *,
    kept: Customer,
    gone: Customer,
    actor: User,
    at: datetime,
    choices: Choices | None = None,
    keeps_owner_beside: bool = True,
    seen: tuple[int, int] | None = None,
) -> Merge:
    """Make two customers one: all that belongs to the one that goes belongs to the one that stays.

    `choices` says per field whose value counts; `seen` are the revisions whoever chose had on screen. The owner whose
    customer it is no longer goes on beside, unless that is not wanted.
    """
    for each in (kept, gone):
        permit(actor, "customer.merge", each)
    _lock(kept, gone, seen)
    chosen = sides(kept, gone, choices or {})
    if chosen[OWNER] is Side.GONE:
        require_hand_over(actor, gone.owner)
    trace, names = Trace(), (kept.name, gone.name)
    moving.keep_judged(trace, [kept.pk, gone.pk])
    before = {"owner": kept.owner_id, "name": kept.name}
    leaving = (kept if chosen[OWNER] is Side.GONE else gone).owner_id
    moving.step_down(trace, kept, gone)
    moving.place(trace, kept, gone)
    _write_values(trace, kept, gone, chosen)
    trace.change(gone, {"deleted_at": at, "merged_into_id": kept.pk})
    moved = moving.move_all(trace, Kind.CUSTOMER, kept, gone)
    moving.choose_tags(trace, kept, gone, chosen[TAGS])
    moving.choose_rest(trace, kept, gone, chosen[REST])
    _settle_hands(trace, kept, gone, leaving if keeps_owner_beside else None, at)
    moving.find_anew(trace, kept)
    judge_many([kept.pk], frame=Frame.at(at), at=at)
    refresh_copies([kept.pk, gone.pk])
    merge = Merge.objects.create(
        customer=kept, gone_customer=gone, kept_name=names[0], gone_name=names[1], actor=actor, at=at, moved=moved
    )
    after = {"name": kept.name, "owner": kept.owner_id, "merged": names[1], "moved": sum(moved.values())}
    record("customer.merged", subject=gone, actor=actor, at=at, before={"name": names[1]}, after={"into": kept.name})
    entry = record("customer.merged", subject=kept, actor=actor, at=at, before=before, after=after)
    TraceRow.objects.create(merge=merge, latest_entry=entry.pk, written=trace.as_json())
    return merge


@transaction.atomic
def merge_contacts(
    *,
    kept: Contact,
    gone: Contact,
    actor: User,
    at: datetime,
    choices: Choices | None = None,
    seen: tuple[int, int] | None = None,
) -> Merge:
    """Make two people of one customer one: numbers, touches, parts in decisions, promises."""
    permit(actor, "customer.merge", kept.customer)
    if kept.customer_id != gone.customer_id:
        raise OfTwoCustomers
    _lock(kept, gone, seen)
    chosen = sides(kept, gone, choices or {})
    trace, names, customer = Trace(), (kept.name, gone.name), kept.customer
    moving.keep_judged(trace, [customer.pk])
    was_main = gone.is_main
    _write_values(trace, kept, gone, chosen)
    trace.change(gone, {"deleted_at": at, "merged_into_id": kept.pk, "is_main": False})
    if was_main:
        trace.change(kept, {"is_main": True})
    moved = moving.move_all(trace, Kind.CONTACT, kept, gone)
    moving.hide_person(trace, gone)
    moving.find_anew(trace, customer)
    judge_many([customer.pk], frame=Frame.at(at), at=at)
    merge = Merge.objects.create(
        kind=Kind.CONTACT,
        customer=customer,
        contact=kept,
        gone_contact=gone,
        kept_name=names[0],
        gone_name=names[1],
        actor=actor,
        at=at,
        moved=moved,
    )
    after = {"name": kept.name, "merged": names[1], "moved": sum(moved.values())}
    entry = record("contact.merged", subject=kept, actor=actor, at=at, before={"name": names[0]}, after=after)
    TraceRow.objects.create(merge=merge, latest_entry=entry.pk, written=trace.as_json())
    return merge


def outlook(**merging: Any) -> Outlook:
    """Do all of `merge_customers`, look, and leave no trace: what is shown beforehand is what will be."""
    with transaction.atomic():
        merge = merge_customers(**merging)
        standing = Standing.objects.filter(customer=merge.customer).first()
        transaction.set_rollback(True)
    return Outlook(merge.moved, standing)


@transaction.atomic
def unmerge(*, merge: Merge, actor: User, at: datetime) -> Merge:
    """Make two of what was merged: each has again what it had; what happened since stays, and is told in `stayed`."""
    permit(actor, "customer.unmerge", merge)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, gone = (merge.contact, merge.gone_contact) if merge.contact else (merge.customer, merge.gone_customer)
    assert kept is not None and gone is not None  # noqa: S101, PT018  a constraint of the table
    if merge.gone_customer is not None:
        permit(actor, "customer.unmerge", merge.gone_customer)
    _refuse_parting(merge, at)
    for each in sorted((kept, gone), key=lambda row: row.pk):
        advance(each)
        each.refresh_from_db()
    if kept.deleted_at is not None or merge.customer.deleted_at is not None:
        raise AlreadyDeleted
    merge.stayed = returning.take_apart(merge, kept, gone, at=at)
    merge.undone_at, merge.undone_by = at, actor
    merge.save(update_fields=["stayed", "undone_at", "undone_by"])
    verb = f"{merge.kind}.unmerged"
    after = {"name": gone.name, "stayed": sum(merge.stayed.values())}
    record(verb, subject=kept, actor=actor, at=at, before={"name": merge.kept_name}, after=after)
    if merge.kind == Kind.CUSTOMER:
        record(verb, subject=gone, actor=actor, at=at, after={"name": gone.name})
    return merge


def forget_traces(*, before: datetime) -> int:
    """Drop what was kept to take old merges apart, some at a time; says how many, none when all are gone."""
    old = TraceRow.objects.filter(merge__at__lt=before).order_by("pk").values_list("pk", flat=True)
    gone = TraceRow.objects.filter(merge__undone_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    keys = [*old[:FORGOTTEN_AT_ONCE], *gone[:FORGOTTEN_AT_ONCE]]
    return TraceRow.objects.filter(pk__in=keys).delete()[0]


def _lock(kept: Customer | Contact, gone: Customer | Contact, seen: tuple[int, int] | None) -> None:
    """Take the next revision of both, the lower key first, so that two merges never wait for each other."""
    if kept.pk == gone.pk:
        raise NotTwo
    revisions = {kept.pk: seen[0], gone.pk: seen[1]} if seen else {}
    for each in sorted((kept, gone), key=lambda row: row.pk):
        advance(each, seen=revisions.get(each.pk))
        each.refresh_from_db()
        if each.deleted_at is not None:
            raise AlreadyDeleted
        if isinstance(each, Customer) and each.bucket_of_id is not None:
            raise NotMergeable(name=each.name)


def _write_values(trace: Trace, kept: Customer | Contact, gone: Customer | Contact, chosen: Mapping[str, Side]) -> None:
    """Give the one that stays the chosen values; its number is exchanged, so that both go on leading there."""
    found = values(kept, gone, chosen)
    if isinstance(kept, Customer):
        found["name_key"] = normalise_name(found["name"])
    trace.change(kept, found)
    numbers = kept.external_id, gone.external_id
    if chosen["external_id"] is Side.GONE and numbers[0] != numbers[1]:
        returning.exchange_numbers(kept, gone, numbers[1], numbers[0])
        trace.note(kept, before={"external_id": numbers[0]}, after={"external_id": numbers[1]})
        trace.note(gone, before={"external_id": numbers[1]}, after={"external_id": numbers[0]})


def _settle_hands(trace: Trace, kept: Customer, gone: Customer, leaving: int | None, at: datetime) -> None:
    """The owner is no collaborator; whose customer it is no longer goes on beside."""
    idle = Collaborator.objects.filter(customer=kept, user=kept.owner_id)
    held = Collaborator.objects.filter(customer=gone).values("user")
    keys = list(idle.exclude(user__in=held).values_list("pk", flat=True))
    trace.move(Collaborator, "customer_id", keys, source=kept.pk, target=gone.pk)
    if leaving in (None, kept.owner_id) or Collaborator.objects.filter(customer=kept, user=leaving).exists():
        return
    if User.objects.filter(pk=leaving, is_active=True).exists():
        trace.make(Collaborator(customer=kept, user_id=leaving, since=at))


def _refuse_parting(merge: Merge, at: datetime) -> None:
    if merge.undone_at is not None:
        raise AlreadyApart
    if at - merge.at > KEPT_FOR or not TraceRow.objects.filter(pk=merge.pk).exists():
        raise TooLate
    later = Merge.objects.standing().filter(pk__gt=merge.pk)
    ids = [merge.customer_id, *([merge.gone_customer_id] if merge.gone_customer_id else [])]
    blocking = later.filter(customer__in=ids).order_by("-pk").first() or later.filter(gone_customer__in=ids).first()
    if blocking is not None:
        raise LaterFirst(name=plain(blocking.gone_name))
