"""Reads of what the coach keeps: open deals by today's temperature, and the history of a class."""

from typing import Any

from django.db.models import Case, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Greatest

from wendu.access.scope import scope_of
from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell, DealStanding
from wendu.customers.models import Customer


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
    if scope_of(user).sees_nothing:
        return []
    return list(ClassSpell.objects.filter(customer=customer).order_by("-since"))


_ORDER = (F("warmth").desc(nulls_last=True), "pk")


def _warmth(frame: Frame) -> Case:
    """Today's temperature as a power of two: what `cool_key` says once cooling has begun, the heat itself before."""
    axis = Greatest(F("cools_from_axis"), Value(frame.axis.at(frame.today)))
    cooled = F("cool_key") - axis / F("half_life_days")
    return Case(When(cool_key__isnull=False, then=cooled), output_field=FloatField())
