"""Where a customer stands in an order, as an address carries it: the value there and the customer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from wendu.coach.orders import CHOICE, HEAT, NUMBER, Mark, Order
from wendu.customers.models import Customer
from wendu.identity.models import User

BETWEEN = "~"
NOWHERE, EVERYONE = 0, 2**62  # before all keys, and behind all of them
DAYS = frozenset({"due", "deadline", "latest", "since"})


def write_mark(value: Any, uuid: UUID | str) -> str:
    """The mark of a row; without one, of the first row at a value."""
    told = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"{told}{BETWEEN}{uuid}"


def read_mark(text: str, order: Order, user: User) -> Mark | None:
    """Read a mark; a customer that is not seen any more leaves its value behind, a mark that is none nothing."""
    told, _, name = text.rpartition(BETWEEN)
    try:
        value, uuid = _value(told, order), UUID(name) if name or not told else None
    except (ValueError, OverflowError):
        return None
    if uuid is None:
        return Mark(value, EVERYONE if order.ties_fall else NOWHERE)
    key = Customer.objects.visible_to(user).filter(uuid=uuid).values_list("pk", flat=True).first()
    return Mark(value, NOWHERE if key is None else key)


def own_mark(told: str, kind: str) -> Any:
    """The value of a field of the company's own as a mark tells it; of a choice, the place of its option."""
    if kind == CHOICE:
        return int(told[:4])
    return float(told) if kind == NUMBER else told.replace("\x00", "")


def _value(told: str, order: Order) -> Any:
    if not told:
        return None
    if order.code == HEAT:
        return _number(told)
    if order.is_own:
        return own_mark(told, order.kind)
    if order.code in DAYS:
        return date.fromisoformat(told)
    if order.code == "created":
        return _moment(told)
    return _whole(told) if order.code == "amount" else told.replace("\x00", "")


def _number(told: str) -> float:
    value = float(told)
    if not abs(value) <= 1e7:  # noqa: PLR2004  no temperature, not even as a power of two
        raise ValueError(told)
    return value


def _whole(told: str) -> int:
    value = int(told[:20])
    if abs(value) >= 2**63:
        raise ValueError(told)
    return value


def _moment(told: str) -> datetime:
    value = datetime.fromisoformat(told)
    if value.tzinfo is None:
        raise ValueError(told)
    return value
