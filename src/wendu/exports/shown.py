"""The columns of the lists on the screen as columns of a file; what we work out bears heads that are not read back."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from wendu.coach.frame import Frame
from wendu.coach.heat import cooled, heat_today
from wendu.customers.models import Tagging
from wendu.desk.lists import status_words
from wendu.desk.table.columns import LABEL_OF
from wendu.desk.table.fields import FIELDS, OWN
from wendu.desk.table.labels import field_label
from wendu.desk.table.names import Names
from wendu.desk.table.options import NONE, options_of
from wendu.exchange.outgoing.columns import Cells, Column, days, local_days
from wendu.exchange.outgoing.deals import amounts
from wendu.identity.models import Organisation, User
from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import Status

SAME = {
    "owner": ("owner",),
    "industry": ("industry",),
    "place": ("province", "city"),
    "source": ("source_text",),
    "market": ("market",),
    "product": ("product_kind",),
    "tier": ("tier",),
}
FIRST = ("uuid", "name")
HEAT = ("heat", "cools_from_axis", "half_life_days", "latest_touch_on")


class _Warm(NamedTuple):
    """What is read of the standing of an opportunity."""

    heat: float
    cools_from_axis: int | None
    half_life_days: float
    capped_from: date | None


def shown_columns(codes: Sequence[str], every: Sequence[Column], user: User, frame: Frame) -> list[Column]:
    """The columns a list of customers shows, in its order, after the id and the name."""
    known = {column.name: column for column in every}
    names, found = Names(user, frame), [known[name] for name in FIRST]
    for code in codes:
        if code.startswith(OWN):
            found += [known[name] for name in (f"custom.{code.removeprefix(OWN)}",) if name in known]
        elif code in SAME:
            found += [known[name] for name in SAME[code]]
        else:
            found.append(_worked_out(code, names, frame))
    return found


def deal_readings(frame: Frame) -> list[Column]:
    """What the list of opportunities shows beside what was written down."""

    def write(heats: Any, begins_at: Any, halves: Any, caps: Any) -> Cells:
        days_known = [date.fromisoformat(day) if day else None for day in days(caps)]
        values = zip(heats, begins_at, halves, days_known, strict=True)
        rows: list[Any] = [None if row[0] is None else _Warm(*row) for row in values]
        return ["" if row is None else str(round(heat_today(row, frame))) for row in rows]

    paths = tuple(f"standing__{name}" for name in _Warm._fields)
    return [Column("heat", paths, write, head=pgettext("field", "Temperature"))]


def _worked_out(code: str, names: Names, frame: Frame) -> Column:
    paths, write, is_typed = _READINGS[code]
    head = field_label(FIELDS[LABEL_OF.get(code, code)], names)
    return Column(code, paths, write(frame), typed=is_typed, head=head)


def _heat(frame: Frame) -> Callable[..., Cells]:
    axis = frame.axis.at(frame.today)

    def write(heats: Any, begins_at: Any, halves: Any, latest: Any) -> Cells:
        return [
            "" if heat is None or (day is None and not heat) else str(round(cooled(heat, begins, half, axis)))
            for heat, begins, half, day in zip(heats, begins_at, halves, latest, strict=True)
        ]

    return write


def _class(frame: Frame) -> Callable[..., Cells]:
    words = options_of("class", frame)
    return lambda values: [value if value in words else words[NONE] for value in values]


def _window(_frame: Frame) -> Callable[..., Cells]:
    words = pgettext("two days", "%(begin)s to %(end)s")

    def write(begins: Sequence[date | None], ends: Sequence[date | None]) -> Cells:
        pairs = zip(days(begins), days(ends), strict=True)
        return [words % {"begin": begin, "end": end} if begin and end else end for begin, end in pairs]

    return write


def _status(_frame: Frame) -> Callable[..., Cells]:
    words = {status.value: status_words(status.value) for status in Status}
    return lambda values: [words.get(value, "") for value in values]


def _amount(_frame: Frame) -> Callable[..., Cells]:
    currency = Organisation.objects.current().currency
    return lambda minor: amounts(minor, [currency] * len(minor))


def _tags(_frame: Frame) -> Callable[..., Cells]:
    def write(keys: Sequence[int]) -> Cells:
        found: dict[int, list[str]] = {}
        for key, name in _tagged(keys):
            found.setdefault(key, []).append(name)
        return ["; ".join(found.get(key, ())) for key in keys]

    return write


@prepared
def _tagged(keys: Sequence[int]) -> Any:
    rows = Tagging.objects.filter(Among("customer_id", keys)).order_by("tag__name", "pk")
    return rows.values_list("customer_id", "tag__name")


def _plain(write: Callable[..., Cells]) -> Callable[[Frame], Callable[..., Cells]]:
    return lambda _frame: write


def _texts(values: Sequence[str | None]) -> Cells:
    return [value or "" for value in values]


_READINGS: dict[str, tuple[tuple[str, ...], Callable[[Frame], Callable[..., Cells]], bool]] = {
    "heat": (tuple(f"standing__{name}" for name in HEAT), _heat, False),
    "class": (("standing__quadrant",), _class, False),
    "window": (("standing__window_from", "standing__deadline_on"), _window, False),
    "status": (("standing__status",), _status, False),
    "team": (("standing__team__name",), _plain(_texts), True),
    "due": (("standing__due_on",), _plain(days), False),
    "amount": (("standing__open_amount_minor",), _amount, False),
    "latest": (("standing__latest_touch_on",), _plain(days), False),
    "since": (("standing__class_since",), _plain(days), False),
    "tags": (("pk",), _tags, True),
    "created": (("created_at",), _plain(local_days), False),
}
