"""Choosing many customers, changing them in one act, and taking the act back."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.among import permitted_among
from wendu.access.verbs import permit
from wendu.agenda.actions import DayIsPast, NothingToDo
from wendu.bulk.choices import VERBS, Deed, Outcome
from wendu.bulk.deeds import do
from wendu.bulk.models import Batch, Change
from wendu.bulk.queries import already, done_of, latest_job, preview_of
from wendu.bulk.returning import undo
from wendu.customers.actions import BadTag, FieldRetired, InactiveColleague, require_hand_over, typed_value
from wendu.customers.models import Customer, CustomField
from wendu.customers.queries import standing_fields
from wendu.identity.models import Organisation, User
from wendu.jobs.actions import JobGoesOn, cancel_job, enqueue, resume_job, run_now
from wendu.jobs.pace import keep_pace
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare("batch.begun", "batch.undoing")

JOB, UNDO_JOB = "bulk.carry_out", "bulk.take_back"
AT_ONCE, PICKS_AT_MOST, LONGEST_TAG = 200, 5_000, 60
FORGOTTEN_AT_ONCE = 500


class NobodyPicked(ActionError):
    """A batch is about somebody."""

    code = "nobody_picked"
    message = _("Pick customers first, 5,000 at the most, or take everybody the list shows.")


class UnknownDeed(ActionError):
    """What is not known is not done, and nothing else in its place."""

    code = "unknown_deed"
    field = "deed"
    message = _("Choose what is to be done: hand over, tag, plan a step, set an own field or delete.")


class NoOwnField(ActionError):
    """Nothing can be set where there is nothing."""

    code = "no_own_field"
    message = _("Customers have no field of your own yet. An administrator adds one in the settings.")


class NotTyped(ActionError):
    """What cannot be overlooked has to be typed."""

    code = "number_not_typed"
    field = "typed"
    message = _("Type the number of customers that will be changed: %(number)s.")


class CountHasChanged(ActionError):
    """What was confirmed is what is done."""

    code = "count_has_changed"
    message = _("The list has changed meanwhile. Look at the numbers again, then confirm.")


class BatchBegun(ActionError):
    """A batch is begun once, and taken back once."""

    code = "batch_begun"
    message = _("This has already been started or taken back. Reload the page.")


@transaction.atomic
def choose(*, deed: str, picks: Sequence[int], is_all: bool, query: str, actor: User, at: datetime) -> Batch:
    """Keep whom something shall be done to; nothing is done yet."""
    permit(actor, "bulk.begin")
    if deed not in Deed.values:
        raise UnknownDeed
    if not is_all and not 0 < len(picks) <= PICKS_AT_MOST:
        raise NobodyPicked
    if deed == Deed.FIELD and not standing_fields():
        raise NoOwnField
    keys = [] if is_all else sorted(picks)
    return Batch.objects.create(actor=actor, deed=Deed(deed), picks=keys, is_all=is_all, query=query[:4000], made_at=at)


def understood(batch: Batch, said: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What a deed needs as it is kept; refuses what could not be done to anybody."""
    if batch.deed == Deed.OWNER:
        owner: User = said["owner"]
        require_hand_over(batch.actor, owner)
        if not owner.is_active:
            raise InactiveColleague(name=owner.display_name)
        return {"owner": owner.pk}
    if batch.deed == Deed.TAG:
        word = tidy_line(unicodedata.normalize("NFKC", said["tag"]))
        if not 0 < len(word) <= LONGEST_TAG:
            raise BadTag
        return {"tag": word}
    if batch.deed == Deed.STEP:
        on: date = said["on"]
        if on < Organisation.objects.current().today(at):
            raise DayIsPast
        if not said["do"].strip():
            raise NothingToDo
        return {"do": said["do"].strip()[:500], "on": on.isoformat()}
    if batch.deed == Deed.FIELD:
        field = next((each for each in standing_fields() if each.code == said["field"]), None)
        if field is None:
            raise FieldRetired(code=said["field"])
        return {"field": field.code, "value": _typed(field, said["value"])}
    return {}


def needs_typing(batch: Batch, number: int) -> bool:
    """Whether the number has to be typed before it is done."""
    return batch.deed == Deed.DELETE or number > AT_ONCE


def begin_batch(*, batch: Batch, said: dict[str, Any], expected: int, typed: str, actor: User, at: datetime) -> Batch:
    """Do it: at once for a few, in the background for many; what was counted is what is done."""
    with transaction.atomic():
        permit(actor, "bulk.begin")
        told = understood(batch, said, at)
        seen = preview_of(batch, told, at)
        if seen.changes != expected:
            raise CountHasChanged
        if needs_typing(batch, seen.changes) and _digits(typed) != str(seen.changes):
            raise NotTyped(number=f"{seen.changes:,}")
        mine = Batch.objects.filter(pk=batch.pk, actor=actor, begun_at__isnull=True)
        if not mine.update(begun_at=at, told=told, upto=seen.upto):
            raise BatchBegun
        batch.refresh_from_db()
        after = {"deed": batch.deed, "customers": seen.changes, **told}
        record("batch.begun", subject=batch, actor=actor, at=at, after=after)
        if seen.total > AT_ONCE:
            keep_pace(actor)
            enqueue(JOB, actor=actor, key=f"batch {batch.pk}", batch=batch.pk)
    if seen.total <= AT_ONCE:
        run_now(JOB, actor=actor, key=f"batch {batch.pk}", batch=batch.pk)
    batch.refresh_from_db()
    return batch


def undo_batch(*, batch: Batch, actor: User, at: datetime) -> Batch:
    """Take it back for everybody nobody changed since; whoever did it may, though the customers left their sight."""
    with transaction.atomic():
        permit(actor, "bulk.undo", batch)
        mine = Batch.objects.filter(pk=batch.pk, done_at__isnull=False, undoing_at__isnull=True)
        if not mine.update(undoing_at=at, undoing_by=actor):
            raise BatchBegun
        batch.refresh_from_db()
        number = done_of(batch).count()
        record("batch.undoing", subject=batch, actor=actor, at=at, after={"deed": batch.deed, "customers": number})
        if number > AT_ONCE:
            enqueue(UNDO_JOB, actor=actor, key=f"batch undo {batch.pk}", batch=batch.pk)
    if number <= AT_ONCE:
        run_now(UNDO_JOB, actor=actor, key=f"batch undo {batch.pk}", batch=batch.pk)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def stop_batch(*, batch: Batch, actor: User, at: datetime) -> None:
    """Let it stop at the next customers; what is done stays done."""
    cancel_job(job=_job_of(batch), actor=actor, at=at)


@transaction.atomic
def resume_batch(*, batch: Batch, actor: User, at: datetime) -> None:
    """Let it go on where it stopped."""
    resume_job(job=_job_of(batch), actor=actor, at=at)


def forget_drafts(*, before: datetime) -> int:
    """Drop some batches that were looked at and never begun; says how many, none when all are gone."""
    some = Batch.objects.filter(begun_at__isnull=True, made_at__lt=before).order_by("pk")[:FORGOTTEN_AT_ONCE]
    return Batch.objects.filter(pk__in=list(some.values_list("pk", flat=True)), begun_at__isnull=True).delete()[0]


def change_some(batch: Batch, keys: Sequence[int]) -> None:
    """Change some customers of a batch and note what became of each; a fixed number of queries."""
    deed = Deed(batch.deed)
    locked = Customer.objects.filter(pk__in=keys).standing().select_for_update(no_key=True).order_by("pk")
    locked_rows = list(locked)  # first, so that what another run just changed is known
    known = set(batch.changes.filter(customer__in=keys).values_list("customer_id", flat=True))
    rows = {row.pk: row for row in locked_rows if row.pk not in known}
    there = Customer.objects.filter(pk__in=list(rows)).visible_to(batch.actor)
    may = set(there.filter(permitted_among(batch.actor, VERBS[deed], Customer)).values_list("pk", flat=True))
    so = set(Customer.objects.filter(already(deed, batch.told), pk__in=may).values_list("pk", flat=True))
    before = do(batch, [row for pk, row in rows.items() if pk in may - so])
    Change.objects.bulk_create(
        Change(
            batch=batch,
            customer_id=pk,
            outcome=Outcome.DONE if pk in before else Outcome.ALREADY if pk in may else Outcome.DENIED,
            before=before.get(pk, {}),
        )
        for pk in rows
    )


def return_some(batch: Batch, changes: Sequence[Change], at: datetime) -> None:
    """Take some changes back and note which; a fixed number of queries."""
    back = undo(batch, {change.customer_id: change.before for change in changes}, at)
    mine = Change.objects.filter(pk__in=[change.pk for change in changes])
    mine.filter(customer__in=back).update(undone_at=at)
    mine.exclude(customer__in=back).update(was_kept=True)


def _typed(field: CustomField, value: object) -> Any:
    try:
        return typed_value(field, value)
    except ActionError as refused:
        refused.field = "value"
        raise


def _digits(typed: str) -> str:
    """A number as people type it: wide digits and thousands marks of a Chinese keyboard, too."""
    return unicodedata.normalize("NFKC", typed).replace(",", "").strip()


def _job_of(batch: Batch) -> Any:
    job = latest_job(batch)
    if job is None:
        raise JobGoesOn
    return job
