"""What each kind of list shows: whose rows, in which order, and its columns."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import QueryDict

from wendu.access.scope import people_in_scope
from wendu.coach.frame import Frame
from wendu.coach.orders import value_of
from wendu.coach.walking import sorting_of
from wendu.coach.ways import WANTED, Ways
from wendu.desk.deal import deals_in_order
from wendu.desk.deal_own import own_asked
from wendu.desk.table.asked import Asked, asked_from
from wendu.desk.table.names import names_for
from wendu.desk.table.page import narrowed_to, usual_columns
from wendu.exchange.outgoing.columns import Column
from wendu.exchange.outgoing.tables import table_of
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.values import uuid_from
from wendu.exports.choices import Columns, Kind
from wendu.exports.shown import deal_readings, shown_columns
from wendu.identity.models import User

READ_AT_ONCE, NOBODY = 5000, 0


class Listed(NamedTuple):
    """A list on its way out: the keys in order, the rows they belong to (as far as they are seen), and its columns."""

    keys: QuerySet[Any, Any]
    rows: QuerySet[Any]
    columns: list[Column]

    def in_order(self) -> Iterator[int]:
        """The keys as the list has them."""
        found: Iterator[int] = self.keys.iterator(chunk_size=READ_AT_ONCE)
        return found


def listed(kind: str, query: str, columns: str, *, user: User, at: datetime) -> Listed:
    """The list an address asks for, as this person sees it; one that cannot be understood is refused."""
    return _LISTS.get(kind, _everything)(kind, QueryDict(query), columns, user, at)


def _customers(kind: str, query: QueryDict, columns: str, user: User, at: datetime) -> Listed:
    asked, frame, wording = asked_from(query), Frame.at(at), Wording(speaks=True)
    rows, every = table_of(kind, user, wording)
    codes = asked.columns or tuple(usual_columns(user))
    shown = shown_columns(codes, every, user, frame)
    if columns == Columns.ALL:
        known = {column.name for column in every}
        shown = [*every, *(column for column in shown if column.name not in known)]
    return Listed(customers_in_order(asked, user, frame), rows, shown)


def customers_in_order(asked: Asked, user: User, frame: Frame) -> QuerySet[Any, Any]:
    """The keys of the customers an address asks for, as the table shows them page by page."""
    narrowed = narrowed_to(asked, names_for(user, frame, asked.conditions))
    ways = Ways(user, narrowed)
    rows = ways.few if ways.few is not None else ways.tested.filter(**{WANTED: 1})
    valued = rows.annotate(value=value_of(asked.order, frame))
    return valued.order_by(*sorting_of(asked.order, F("value"))).values_list("pk", flat=True)


def _deals(kind: str, query: QueryDict, columns: str, user: User, at: datetime) -> Listed:
    frame, wording = Frame.at(at), Wording(speaks=True)
    rows, every = table_of(kind, user, wording)
    state, sort = query.get("state", "all"), query.get("sort", "")
    owner_id, own = _owner(query.get("owner", ""), user), own_asked(query)
    keys = deals_in_order(user, frame, state=state, owner_id=owner_id, sort=sort, own=own)
    readings = deal_readings(frame)
    return Listed(keys, rows, [*every, *readings] if columns == Columns.ALL else [*every[:1], *every[2:], *readings])


def _owner(asked: str, user: User) -> int | None:
    """Whose deals are asked for: a colleague one does not see owns nothing here."""
    uuid = uuid_from(asked)
    found = people_in_scope(user).filter(uuid=uuid).values_list("pk", flat=True).first() if uuid else None
    return (found or NOBODY) if uuid else None


def _everything(kind: str, _query: QueryDict, _columns: str, user: User, _at: datetime) -> Listed:
    rows, columns = table_of(kind, user, Wording(speaks=True))
    return Listed(rows.order_by("pk").values_list("pk", flat=True), rows, columns)


_LISTS: dict[str, Callable[[str, QueryDict, str, User, datetime], Listed]] = {
    Kind.CUSTOMERS: _customers,
    Kind.OPPORTUNITIES: _deals,
}
