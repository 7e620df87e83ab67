"""Reads of what the coach keeps: open deals by today's temperature, and the history of a class."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, F, FloatField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Greatest

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell, DealStanding, Memory
from wendu.coach.sight import journey_of
from wendu.customers.models import Customer
from wendu.kernel.prepared import Among, prepared
from wendu.method.journey import Journey


def open_deal_standings(user: Any) -> QuerySet[DealStanding]:
    """The open deals a user sees, with their opportunity and customer."""
    rows: QuerySet[DealStanding] = DealStanding.objects.visible_to(user)
    return rows.select_related("opportunity__owner", "customer")


def warmest_deals(
    user: Any, frame: Frame, *, owner_id: int | None = None, offset: int = 0, limit: int = 50
) -> list[DealStanding]:
    """The open deals a user sees (or those of one owner), warmest first."""
    rows = open_deal_standings(user)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return list(rows.annotate(warmth=_warmth(frame)).order_by(*_ORDER)[max(0, offset) : max(0, offset) + limit])


def class_history(user: Any, customer: Customer) -> list[ClassSpell]:
    """When which class was held, latest first."""
    return _spells(user, customer.pk)


@prepared_records
def _spells(_me: Scope, customer_id: int) -> QuerySet[ClassSpell]:
    return ClassSpell.objects.filter(customer_id=customer_id).order_by("-since")


def states_of(customer_ids: Collection[int]) -> dict[int, Journey]:
    """The state each of these customers is remembered in, at the end of its latest day with facts (one query)."""
    return {pk: journey_of(text) for pk, text in _states(customer_ids)}


def states_before(customer_ids: Collection[int]) -> dict[int, Journey]:
    """The state at the end of the day with facts before that (one query)."""
    return {pk: journey_of(text) for pk, text in _states_before(customer_ids)}


@prepared
def _states(customer_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Memory.objects.filter(Among("pk", customer_ids)).values_list("pk", Cast("journey", TextField()))


@prepared
def _states_before(customer_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Memory.objects.filter(Among("pk", customer_ids)).values_list("pk", Cast("base", TextField()))


_ORDER = (F("warmth").desc(nulls_last=True), "pk")


def _warmth(frame: Frame) -> Case:
    """Today's temperature as a power of two: what `cool_key` says once cooling has begun, the heat itself before."""
    axis = Greatest(F("cools_from_axis"), Value(frame.axis.at(frame.today)))
    cooled = F("cool_key") - axis / F("half_life_days")
    return Case(When(cool_key__isnull=False, then=cooled), output_field=FloatField())
