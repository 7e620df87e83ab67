"""The first customers of every group of a list in one question, where all that are wanted are few enough to collect."""

from typing import Any, NamedTuple

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from wendu.coach.frame import Frame
from wendu.coach.orders import Order, value_of
from wendu.coach.walking import sorting_of
from wendu.coach.ways import Ways


class Part(NamedTuple):
    """One group: the keys of its first customers in order, and how many it holds."""

    keys: tuple[int, ...]
    size: int


def first_of_each(ways: Ways, column: str, order: Order, frame: Frame, *, limit: int) -> dict[Any, Part] | None:
    """The groups by a column of standings that hold anybody; None where too many would have to be read for it.

    One pass over what one person sees costs less than a walk per group: a rare class is found late on every walk.
    """
    rows = ways.parted
    if rows is None:
        return None
    place = Window(RowNumber(), partition_by=F(column), order_by=sorting_of(order, F("value")))
    size = Window(Count("pk"), partition_by=F(column))
    first = rows.annotate(value=value_of(order, frame)).annotate(place=place, size=size).filter(place__lte=limit)
    found: dict[Any, Part] = {}
    for group, key, count in first.order_by(column, "place").values_list(column, "pk", "size"):
        before = found[group].keys if group in found else ()
        found[group] = Part((*before, key), count)
    return found
