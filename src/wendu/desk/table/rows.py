"""The rows of a page: what its columns need, read at once for the customers found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wendu.coach.frame import Frame
from wendu.coach.heat import cooled
from wendu.coach.models import Standing
from wendu.coach.orders import Order, value_of
from wendu.customers.models import Tagging
from wendu.desk.table.columns import Column
from wendu.desk.table.marks import write_mark
from wendu.desk.wording import screen_band
from wendu.method.temperature import band

PERCENT = 100
HEAT_VALUES = ("heat", "cools_from_axis", "half_life_days", "latest_touch_on")
ALWAYS = ("pk", "customer__uuid", "customer__name", "customer__city", "customer__province", "customer__industry")


@dataclass(slots=True)
class Row:
    """One customer of the table: the values its columns asked for, and today's temperature."""

    key: int
    uuid: UUID
    name: str
    heat: float | None
    band: str
    values: dict[str, Any]
    mark: str
    tags: list[str]

    @property
    def place(self) -> str:
        """Where it is."""
        return str(self.values["customer__city"] or self.values["customer__province"])

    def days_left(self, today: date) -> int | None:
        """Days until its signing window ends."""
        ends_on = self.values["deadline_on"]
        return (ends_on - today).days if ends_on else None

    def window_used(self, today: date) -> float:
        """How much of its signing window is used up, in percent."""
        begins_on, ends_on = self.values["window_from"], self.values["deadline_on"]
        if begins_on is None or ends_on is None:
            return 0.0
        length = (ends_on - begins_on).days
        return PERCENT * min(1.0, max(0.0, (today - begins_on).days / length)) if length > 0 else float(PERCENT)


def rows_of(keys: Sequence[int], order: Order, columns: Iterable[Column], frame: Frame) -> list[Row]:
    """The rows of these customers, in this order; their keys were found among the visible ones."""
    shown = list(columns)
    paths = dict.fromkeys((*ALWAYS, *HEAT_VALUES, *(path for column in shown for path in column.values)))
    found = Standing.objects.order_by().filter(pk__in=keys).annotate(value=value_of(order, frame))
    held = {values["pk"]: values for values in found.values("value", *paths)}
    tags = _tags(keys) if any(column.code == "tags" for column in shown) else {}
    return [_row(held[key], tags.get(key, []), frame) for key in keys if key in held]


def _row(values: dict[str, Any], tags: list[str], frame: Frame) -> Row:
    axis = frame.axis.at(frame.today)
    was_touched = values["latest_touch_on"] is not None or values["heat"] > 0
    heat = cooled(values["heat"], values["cools_from_axis"], values["half_life_days"], axis) if was_touched else None
    return Row(
        key=values["pk"],
        uuid=values["customer__uuid"],
        name=values["customer__name"],
        heat=heat,
        band=screen_band(band(heat, frame.scale.heat)) if heat is not None else "",
        values=values,
        mark=write_mark(values["value"], values["customer__uuid"]),
        tags=tags,
    )


def _tags(keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, name in (
        Tagging.objects.filter(customer_id__in=keys).order_by("tag__name").values_list("customer_id", "tag__name")
    ):
        found.setdefault(key, []).append(name)
    return found
