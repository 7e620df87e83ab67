"""Looking through all customers for pairs that may be one, and setting pairs aside that are not.

Everybody is given a handful of keys; only who shares one is compared, and where more than forty share one nobody is.
So the work grows with the number of customers, never with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.jobs.actions import JobGoesOn, cancel_job, enqueue, resume_job
from wendu.jobs.models import Job
from wendu.jobs.pace import keep_pace
from wendu.journal.actions import record
from wendu.kernel.bulk import write_rows, write_values
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.merges.cards import cards_of, number_of
from wendu.merges.models import Block, Distinct, Pair, Scan
from wendu.merges.queries import latest_job, running_scan
from wendu.merges.scoring import BLOCK_AT_MOST, SHOWN_FROM, Card, keys_of, likeness

declare("duplicates.looked_for", "customer.told_apart", "customer.told_apart_undone")

JOB = "merges.look"


class ScanRuns(ActionError):
    """One search at a time is enough for all."""

    code = "scan_runs"
    message = _("The search is already running. Wait for it, or stop it first.")


class NotSetAside(ActionError):
    """Nobody said that they are two."""

    code = "not_set_aside"
    message = _("These two are not set aside any more. Reload the page.")


@transaction.atomic
def begin_scan(*, actor: User, at: datetime) -> Scan:
    """Look for pairs among all customers, as a job; everybody is shown those of which they see both."""
    permit(actor, "duplicates.find")
    if running_scan() is not None:
        raise ScanRuns
    keep_pace(actor)
    scan = Scan.objects.create(actor=actor, begun_at=at)
    record("duplicates.looked_for", subject=scan, actor=actor, at=at)
    enqueue(JOB, actor=actor, key=f"duplicates {scan.pk}", scan=scan.pk)
    return scan


@transaction.atomic
def stop_scan(*, scan: Scan, actor: User, at: datetime) -> None:
    """Let it stop at the next customers; pairs found so far stay."""
    permit(actor, "duplicates.find")
    job = latest_job(scan)
    if job is None:
        raise JobGoesOn
    cancel_job(job=job, actor=None, at=at)


@transaction.atomic
def resume_scan(*, scan: Scan, actor: User, at: datetime) -> None:
    """Let it go on where it stopped."""
    permit(actor, "duplicates.find")
    job = latest_job(scan)
    if job is None or running_scan() is not None:
        raise JobGoesOn
    resume_job(job=job, actor=None, at=at)


@transaction.atomic
def tell_apart(*, one: Customer, other: Customer, actor: User, at: datetime) -> Distinct:
    """Say that two are not one; no search shows them again until that is taken back."""
    for each in (one, other):
        permit(actor, "customer.merge", each)
    first, second = sorted((one, other), key=lambda row: row.pk)
    found, is_new = Distinct.objects.get_or_create(
        first=first, second=second, undone_at=None, defaults={"said_by": actor, "said_at": at}
    )
    if is_new:
        record("customer.told_apart", subject=first, actor=actor, at=at, after={"name": second.name})
    return found


@transaction.atomic
def undo_telling_apart(*, distinct: Distinct, actor: User, at: datetime) -> Distinct:
    """Take back that two are not one."""
    for each in (distinct.first, distinct.second):
        permit(actor, "customer.merge", each)
    if not Distinct.objects.filter(pk=distinct.pk, undone_at__isnull=True).update(undone_at=at):
        raise NotSetAside
    distinct.undone_at = at
    after = {"name": distinct.second.name}
    record("customer.told_apart_undone", subject=distinct.first, actor=actor, at=at, after=after)
    return distinct


def give_keys(job_id: int, after: int, count: int) -> list[int]:
    """Write down the keys of the customers that come after one; gives whose, none when all have theirs."""
    rows = Customer.objects.standing().filter(pk__gt=after).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:count])
    cards = cards_of(ids)
    pairs = [(number_of(key), pk) for pk, card in cards.items() for key in keys_of(card)]
    write_values(Block, [{"job_id": job_id, "key": key, "member": pk} for key, pk in pairs])
    return ids


def shared_keys(job_id: int, after: int | None, count: int) -> list[int]:
    """The keys some customers share, a few at a time in their order; those too many share are passed over."""
    rows = Block.objects.filter(job_id=job_id)
    rows = rows if after is None else rows.filter(key__gt=after)
    counted = rows.order_by("key").values("key").annotate(n=Count("pk")).filter(n__gte=2, n__lte=BLOCK_AT_MOST)
    return list(counted.values_list("key", flat=True)[:count])


def crowded_keys(job_id: int) -> int:
    """How many keys more customers share than are compared."""
    return Block.objects.filter(job_id=job_id).values("key").annotate(n=Count("pk")).filter(n__gt=BLOCK_AT_MOST).count()


def compare(scan: Scan, job_id: int, keys: Sequence[int]) -> int:
    """Compare who shares these keys and keep the pairs worth a look; says how many."""
    members: dict[int, list[int]] = defaultdict(list)
    rows = Block.objects.filter(job_id=job_id, key__in=keys).order_by("key", "member")
    for key, pk in rows.values_list("key", "member"):
        members[key].append(pk)
    wanted = {pair for those in members.values() for pair in combinations(those, 2)}
    cards = cards_of({pk for pair in wanted for pk in pair})
    return write_rows(list(_pairs(scan, sorted(wanted), cards)), unique=["first", "second"])


def end_scan(scan: Scan, *, customers: int, at: datetime) -> None:
    """Let go of the keys and of pairs that are none any more."""
    Pair.objects.filter(scan__lt=scan.pk).delete()
    Scan.objects.filter(pk=scan.pk, done_at__isnull=True).update(done_at=at, customers=customers)


def forget_keys(count: int, *, job_id: int | None = None) -> int:
    """Drop some of the keys of a search, or of all that ended; says how many, none when all are gone."""
    ended = Block.objects.exclude(job_id__in=Job.objects.open().filter(kind=JOB).values("pk"))
    rows = ended if job_id is None else Block.objects.filter(job_id=job_id)
    return Block.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:count])).delete()[0]


def _pairs(scan: Scan, wanted: Iterable[tuple[int, int]], cards: dict[int, Card]) -> Iterable[Pair]:
    for first, second in wanted:
        one, other = cards.get(first), cards.get(second)
        if one is None or other is None:
            continue
        found = likeness(one, other)
        if found.score >= SHOWN_FROM:
            yield Pair(
                first_id=first, second_id=second, score=found.score, reasons=list(found.reasons), scan_id=scan.pk
            )
