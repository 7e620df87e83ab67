"""Whom a batch is about, what it would do, and what it did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.lookups import Exact, IsNull
from django.http import QueryDict

from wendu.access.among import permitted_among
from wendu.agenda.models import Step
from wendu.bulk.choices import VERBS, Deed, Outcome
from wendu.bulk.models import Batch, Change
from wendu.coach.frame import Frame
from wendu.coach.ways import WANTED, Ways
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Customer, CustomField, Tagging
from wendu.desk.table.asked import asked_from
from wendu.desk.table.names import names_for
from wendu.desk.table.own_fields import KINDS
from wendu.desk.table.own_indexes import own_value
from wendu.desk.table.page import narrowed_to
from wendu.identity.models import User
from wendu.jobs.models import Job

NAMED = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """How many would be changed, and how many left because they are so already or are not the actor's to change."""

    total: int
    already: int
    denied: int
    upto: int

    @property
    def changes(self) -> int:
        """How many would be changed."""
        return self.total - self.already - self.denied


def batches_of(user: Any) -> QuerySet[Batch]:
    """One's own batches, the latest first; an administrator sees those of all that were begun."""
    if not isinstance(user, User) or not user.is_active:
        return Batch.objects.none()
    seen = Q(actor=user) | Q(begun_at__isnull=False) if user.is_admin else Q(actor=user)
    return Batch.objects.filter(seen).select_related("actor", "undoing_by").order_by("-pk")


def begun_before(user: Any, before: int | None, limit: int) -> list[Batch]:
    """Batches that were begun, the latest first, from the one before `before` on."""
    begun = batches_of(user).filter(begun_at__isnull=False)
    return list(begun.filter(pk__lt=before)[:limit] if before else begun[:limit])


def members(batch: Batch, at: datetime) -> QuerySet[Customer]:
    """The visible customers a batch is about; a list that cannot be read is refused with `BadFilter`."""
    seen = Customer.objects.visible_to(batch.actor).standing()
    if not batch.is_all:
        return seen.filter(pk__in=batch.picks)
    asked = asked_from(QueryDict(batch.query))
    narrowed = narrowed_to(asked, names_for(batch.actor, Frame.at(at), asked.conditions))
    wanted = Ways(batch.actor, narrowed).tested.filter(**{WANTED: 1})
    return Customer.objects.filter(pk__in=wanted.values("pk"))


def preview_of(batch: Batch, told: dict[str, Any], at: datetime) -> Preview:
    """Count what a deed would change and what it would leave (one query, and one for the field)."""
    may = permitted_among(batch.actor, VERBS[Deed(batch.deed)], Customer)
    so = already(Deed(batch.deed), told)
    allowed, is_so = Count("pk", filter=may) if may else Count("pk"), Count("pk", filter=may & so)
    found = members(batch, at).order_by().aggregate(n=Count("pk"), may=allowed, so=is_so, upto=Max("pk"))
    return Preview(found["n"], found["so"], found["n"] - found["may"], found["upto"] or 0)


def size_of(batch: Batch, at: datetime) -> int:
    """How many customers a batch is about."""
    return members(batch, at).count()


def already(deed: Deed, told: dict[str, Any]) -> Q:
    """Who is already as a deed would have it."""
    if deed == Deed.OWNER:
        return Q(owner_id=told["owner"])
    if deed == Deed.TAG:
        return Q(pk__in=Tagging.objects.filter(tag__name__iexact=told["tag"]).values("customer_id"))
    if deed == Deed.STEP:
        alike = Step.objects.open().filter(do=told["do"], planned_on=told["on"])
        return Q(pk__in=alike.values("customer_id"))
    if deed == Deed.FIELD:
        return _holds(told["field"], told["value"])
    return Q(pk__in=())


def own_field_named(code: str) -> CustomField | None:
    """The field of customers with this code, be it out of use."""
    return CustomField.objects.filter(about=FieldAbout.CUSTOMER, code=code).first()


def _holds(code: str, value: Any) -> Q:
    field = own_field_named(code)
    if field is None:
        return Q(pk__in=())
    held = own_value(code, KINDS[FieldType(field.type)], "custom")
    if value is None:
        return Q(IsNull(held, True))
    kept = ("true" if value else "false") if field.type == FieldType.FLAG else value
    return Q(Exact(held, Value(kept, output_field=held.output_field)))


def counted(batch: Batch) -> Counter[str]:
    """What became of it: done, already, denied; of what was done also what went back and what was kept (one query)."""
    return counted_each([batch])[batch.pk]


def counted_each(batches: Sequence[Batch]) -> dict[int, Counter[str]]:
    """The same of several batches, by key (one query)."""
    found: dict[int, Counter[str]] = {batch.pk: Counter() for batch in batches}
    rows = Change.objects.filter(batch__in=list(found)).order_by().values_list("batch", "outcome", "was_kept")
    for pk, outcome, kept, number, back in rows.annotate(n=Count("pk"), back=Count("undone_at")):
        found[pk].update({outcome: number, "returned": back, "kept": number if kept else 0})
    return found


def some_of(batch: Batch, *, start: int = 0, limit: int = NAMED, **which: Any) -> list[Customer]:
    """So many customers of a batch with some outcome, by name, as far as the actor still sees them."""
    keys = batch.changes.filter(**which).values("customer_id")
    seen = Customer.objects.visible_to(batch.actor).filter(pk__in=keys)
    return list(seen.order_by("name", "pk").only("uuid", "name", "deleted_at")[start : start + limit])


def latest_job(batch: Batch) -> Job | None:
    """The job that carries a batch out or takes it back."""
    return Job.objects.filter(kind__startswith="bulk.", arguments__batch=batch.pk).order_by("-pk").first()


def left_over(batch: Batch, after: int, limit: int) -> list[int]:
    """The next customers of a batch that was begun, by key."""
    at = batch.moment
    rows = members(batch, at).filter(pk__gt=after, pk__lte=batch.upto)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def done_of(batch: Batch) -> Any:
    """What was changed and still stands to go back."""
    return batch.changes.filter(outcome=Outcome.DONE, undone_at__isnull=True, was_kept=False)
