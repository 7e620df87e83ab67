"""Reads of what the coach keeps: the history of a class, and the state each customer is remembered in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.coach.models import Checkpoint, ClassSpell, Memory
from wendu.coach.sight import journey_of
from wendu.customers.models import Customer
from wendu.kernel.prepared import Among, prepared
from wendu.method.journey import Journey


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
    """The state at the end of the day with facts before that (one query).

    It is not known, and left out, of somebody whose latest day was taken back: nobody was there before the first day
    with facts, but nothing is said of the day before the latest of several.
    """
    read = ((pk, journey_of(text), folded) for pk, text, folded in _states_before(customer_ids))
    return {pk: state for pk, state, folded in read if state.on is not None or folded <= 1}


def kept_before(customer_id: int, day: date) -> Journey | None:
    """The latest state kept before a day: who needs only what came after folds on from there (one query)."""
    found = _kept(customer_id, day)
    return journey_of(found[0][0]) if found else None


@prepared
def _kept(customer_id: int, day: date) -> QuerySet[Any, Any]:
    rows = Checkpoint.objects.filter(customer_id=customer_id, on__lt=day).order_by("-on")
    return rows.values_list(Cast("journey", TextField()))[:1]


@prepared
def _states(customer_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Memory.objects.filter(Among("pk", customer_ids)).values_list("pk", Cast("journey", TextField()))


@prepared
def _states_before(customer_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Memory.objects.filter(Among("pk", customer_ids)).values_list("pk", Cast("base", TextField()), "folded")
