"""Reads of merges; every one starts with who is looking."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from wendu.access.verbs import can
from wendu.customers.models import Customer
from wendu.jobs.models import Job
from wendu.merges.models import Distinct, Merge, Pair, Scan

PARTED_WITHIN_DAYS = 30
AT_MOST = 100


def merges_of(user: Any) -> QuerySet[Merge]:
    """The merges that left a customer one sees."""
    return Merge.objects.visible_to(user).select_related(
        "customer__owner", "gone_customer", "contact", "gone_contact", "actor", "undone_by"
    )


def latest_merges(user: Any) -> list[Merge]:
    """The latest of them."""
    return list(merges_of(user).order_by("-at", "-pk")[:AT_MOST])


def may_part(user: Any, merge: Merge, at: datetime) -> bool:
    """Whether this person may take it apart, and still can."""
    if merge.undone_at is not None or (at - merge.at).days >= PARTED_WITHIN_DAYS:
        return False
    both = [merge, *([merge.gone_customer] if merge.gone_customer else [])]
    return all(can(user, "customer.unmerge", each) for each in both)


def may_merge(user: Any, *customers: Customer) -> bool:
    """Whether this person may make one of these."""
    return all(can(user, "customer.merge", each) for each in customers)


def pairs_for(user: Any) -> QuerySet[Pair]:
    """The pairs of which this person sees both and that nobody told apart, the likeliest first."""
    if not can(user, "duplicates.find"):
        return Pair.objects.none()
    seen = Customer.objects.visible_to(user).standing().order_by().values("pk")
    apart = Distinct.objects.filter(undone_at__isnull=True, first=OuterRef("first"), second=OuterRef("second"))
    rows = Pair.objects.filter(~Exists(apart), first__in=seen, second__in=seen)
    return rows.select_related("first__owner", "second__owner").order_by("-score", "pk")


def told_apart_for(user: Any) -> QuerySet[Distinct]:
    """What this person may take back having been told apart: both are seen; the latest first."""
    if not can(user, "duplicates.find"):
        return Distinct.objects.none()
    seen = Customer.objects.visible_to(user).standing().order_by().values("pk")
    rows = Distinct.objects.filter(undone_at__isnull=True, first__in=seen, second__in=seen)
    return rows.select_related("first", "second", "said_by").order_by("-said_at", "-pk")


def latest_scan() -> Scan | None:
    """The latest search; what it found everybody reads for themselves."""
    return Scan.objects.select_related("actor").order_by("-pk").first()


def running_scan() -> Scan | None:
    """The search that runs or waits to."""
    scan = latest_scan()
    job = latest_job(scan) if scan is not None and scan.done_at is None else None
    return scan if job is not None and job.is_open else None


def latest_job(scan: Scan) -> Job | None:
    """The machine work that carries a search out."""
    return Job.objects.filter(key=f"duplicates {scan.pk}").order_by("-pk").first()
