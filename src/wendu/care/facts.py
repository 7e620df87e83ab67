"""How content customers are, in bulk: one query, however many they are."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from wendu.care.models import Satisfaction
from wendu.method.reading import Reading
from wendu.method.satisfaction import PERCENT, Answer, counting, satisfaction
from wendu.method.scales import SatisfactionScale


def satisfactions_of(customer_ids: Collection[int], *, on: date, scale: SatisfactionScale) -> dict[int, Reading]:
    """How content each customer is on a day; who told nothing that still counts is left out."""
    rows = Satisfaction.objects.standing().filter(customer_id__in=customer_ids, told_on__lte=on)
    told: dict[int, list[Answer]] = {}
    columns = ("customer_id", "about", "told_on", "expectation", "experience", "weight")
    for customer_id, *answer in rows.order_by("told_on", "pk").values_list(*columns):
        told.setdefault(customer_id, []).append(Answer(*answer))
    found = {pk: counting(answers, on, scale) for pk, answers in told.items()}
    return {pk: satisfaction(answers, scale) for pk, answers in found.items() if answers}


def percent_of(readings: Mapping[int, Reading], customer_id: int) -> float | None:
    """The figure of one customer; None: unknown."""
    reading = readings.get(customer_id)
    return float(reading.value) if reading is not None and reading.value is not None else None


class Share(NamedTuple):
    """How content some customers are together: how many told it both ways, and their figure in per cent."""

    customers: int
    percent: float


def content_by_market(user: Any, *, on: date, scale: SatisfactionScale) -> dict[str, Share]:
    """How content the customers one sees are, by market and in all (""): one query; without answers, no market.

    The figure is that of one customer, summed over all: what they experienced over what they expected, by weight.
    """
    counts = Q(told_on__lte=on, told_on__gte=on - timedelta(days=scale.counts_days))
    same = Satisfaction.objects.standing().filter(counts, customer=OuterRef("customer"), about=OuterRef("about"))
    later = same.filter(Q(told_on__gt=OuterRef("told_on")) | Q(told_on=OuterRef("told_on"), pk__gt=OuterRef("pk")))
    rows = Satisfaction.objects.visible_to(user).standing().filter(counts, ~Exists(later))
    whole = rows.filter(expectation__gt=0, experience__isnull=False, customer__deleted_at__isnull=True)
    figures = (
        Count("customer_id", distinct=True),
        Sum(F("weight") * F("expectation")),
        Sum(F("weight") * F("experience")),
    )
    names = ("customers", "expected", "experienced")
    by_market = whole.order_by().values_list("customer__market").annotate(**dict(zip(names, figures, strict=True)))
    sums = {market: Counter(dict(zip(names, told, strict=True))) for market, *told in by_market}
    if sums:
        sums[""] = sum(sums.values(), Counter[str]())
    return {
        market: Share(told["customers"], PERCENT * told["experienced"] / told["expected"])
        for market, told in sums.items()
    }
