"""Who is told what a batch did to their book: one word to each person, and none to whoever did it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count

from wendu.agenda.actions import notify_many
from wendu.agenda.models import Notification, Step
from wendu.bulk.choices import Deed, Outcome
from wendu.bulk.models import Batch
from wendu.customers.models import Customer
from wendu.identity.models import User

Told = Iterator[tuple[int, str, dict[str, Any]]]

BACK = {
    "steps_planned": "steps_dropped",
    "customers_given": "customers_returned",
    "customers_taken": "customers_returned",
    "customers_deleted": "customers_restored",
}


def tell_done(batch: Batch, *, at: datetime, is_late: bool) -> None:
    """Tell everybody whose book was changed; with `is_late` also who began it and may have gone to other things."""
    said = {Deed.STEP: _planned, Deed.OWNER: _handed, Deed.DELETE: _deleted}.get(Deed(batch.deed))
    others = [row for row in said(batch) if row[0] != batch.actor_id] if said else []
    notify_many(_rows(batch, others, at=at, name=batch.actor.display_name))
    if is_late:
        number = batch.changes.filter(outcome=Outcome.DONE).count()
        notify_many(_rows(batch, [(batch.actor_id, "batch_done", {"n": number})], at=at, prefix="batch done"))


def tell_back(batch: Batch, *, at: datetime) -> None:
    """Take back what nobody has read yet; who has read it, or had it mailed, is told that it went back."""
    told = Notification.objects.filter(key=_key(batch))
    told.filter(read_at__isnull=True, code__in=BACK).exclude(in_app=False, mail_due=False).delete()
    rows = [(row.user_id, BACK[row.code], row.params) for row in told if row.code in BACK]
    by = batch.undoing_by or batch.actor
    notify_many(_rows(batch, rows, at=at, name=by.display_name, prefix="batch back"))


def _planned(batch: Batch) -> Told:
    mine = Step.objects.filter(author=batch.actor, created_at=batch.moment, do=batch.told["do"])
    for user, number in _counts(mine.filter(planned_on=batch.told["on"]), "user"):
        yield user, "steps_planned", {"n": number, **batch.told}


def _handed(batch: Batch) -> Told:
    taker = User.objects.get(pk=batch.told["owner"])
    done = batch.changes.filter(outcome=Outcome.DONE)
    yield taker.pk, "customers_given", {"n": done.count()}
    for owner, number in _counts(done, "before__owner"):
        yield owner, "customers_taken", {"n": number, "taker": taker.display_name}


def _deleted(batch: Batch) -> Told:
    gone = Customer.objects.filter(pk__in=batch.changes.filter(outcome=Outcome.DONE).values("customer_id"))
    for owner, number in _counts(gone, "owner"):
        yield owner, "customers_deleted", {"n": number}


def _counts(rows: Any, name: str) -> Iterator[tuple[int, int]]:
    """How many rows of each person; those of nobody are left out."""
    found = rows.order_by().values_list(name).annotate(n=Count("pk")).order_by(name)
    return ((person, number) for person, number in found if person is not None)


def _rows(
    batch: Batch, told: Iterable[tuple[int, str, dict[str, Any]]], *, at: datetime, prefix: str = "batch", **also: Any
) -> list[Notification]:
    """Notifications of a batch; who was left with nothing to say (nobody was changed) is not told."""
    return [
        Notification(
            user_id=user,
            code=code,
            key=_key(batch, prefix),
            params={**params, **also, "batch": str(batch.uuid)},
            at=at,
        )
        for user, code, params in told
        if params["n"]
    ]


def _key(batch: Batch, prefix: str = "batch") -> str:
    return f"{prefix} {batch.pk}"
