"""Where a customer stands in the list it was opened from: who comes before, who after, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import Order, value_of
from wendu.coach.walking import find_page
from wendu.coach.ways import FEW, WANTED, Ways
from wendu.customers.models import Customer
from wendu.desk.table.asked import Asked
from wendu.desk.table.errors import BadFilter
from wendu.desk.table.marks import BETWEEN, read_mark, write_mark
from wendu.desk.table.names import names_for
from wendu.desk.table.page import narrowed_to
from wendu.identity.models import User

LOOKED_BACK = 200


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The customer beside another one in a list, and the value it stands there by."""

    uuid: UUID
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a customer in a list; far down a long list only that it is far down is known.

    `has_left` says that the customer meets the list's filter no longer: its neighbours are those it had.
    """

    number: str
    count: str
    has_left: bool
    previous: Neighbour | None
    next: Neighbour | None


def place_in(asked: Asked, told: str, customer: Customer, *, user: User, at: datetime) -> Place | None:
    """The place of a visible customer in a list by the value `told` it stood there by; nothing if none can be read.

    The value is the one the link was made with, so that whoever was touched meanwhile keeps the neighbours it had.
    Never more of the list is read than can be counted at a glance.
    """
    frame = Frame.at(at)
    mark = read_mark(f"{told}{BETWEEN}{customer.uuid}", asked.order, user)
    if mark is None:
        return None
    try:
        narrowed = narrowed_to(asked, names_for(user, frame, asked.conditions))
    except BadFilter:
        return None
    ways = Ways(user, narrowed)
    back = FEW if ways.few is not None else LOOKED_BACK
    before = find_page(ways, asked.order, frame, before=mark, limit=back)
    after = find_page(ways, asked.order, frame, after=mark, limit=2)
    above = [key for key in before.keys if key != customer.pk]
    below = [key for key in after.keys if key != customer.pk]
    beside = _neighbours([*above[-1:], *below[:1]], asked.order, frame)
    count, has_more = ways.count()
    return Place(
        number=f"{len(above):,}+" if before.has_more else f"{len(above) + 1:,}",
        count=f"{count:,}+" if has_more else f"{count:,}",
        has_left=not ways.tested.filter(pk=customer.pk, **{WANTED: 1}).exists(),
        previous=beside.get(above[-1]) if above else None,
        next=beside.get(below[0]) if below else None,
    )


def _neighbours(keys: Sequence[int], order: Order, frame: Frame) -> dict[int, Neighbour]:
    """Name customers whose keys were found among the visible ones."""
    rows = Standing.objects.order_by().filter(pk__in=keys).annotate(value=value_of(order, frame))
    return {
        key: Neighbour(uuid, name, write_mark(value, uuid).rpartition(BETWEEN)[0])
        for key, value, uuid, name in rows.values_list("pk", "value", "customer__uuid", "customer__name")
    }
