"""Going somewhere in the table: to the first row at a value, or to a page as far as pages are counted."""

from datetime import date, datetime, time
from math import isfinite, log2
from typing import Any
from zoneinfo import ZoneInfo

from wendu.coach.frame import Frame
from wendu.coach.orders import HEAT, NUMBER, Order
from wendu.coach.walking import find_page
from wendu.coach.ways import COUNTED_AT_MOST, Ways
from wendu.customers.choices import FieldType
from wendu.desk.table.asked import Asked
from wendu.desk.table.errors import BadFilter
from wendu.desk.table.marks import DAYS, write_mark
from wendu.desk.table.names import names_for
from wendu.desk.table.page import PAGE, narrowed_to
from wendu.desk.table.rows import rows_of
from wendu.identity.models import Organisation, User
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount

PAGES_AT_MOST = COUNTED_AT_MOST // PAGE
COLDEST = 2.0**-20  # nobody tells a millionth of a degree from none


def jump_kind(order: Order) -> str:
    """What is typed to go somewhere in this order."""
    if not order.is_own:
        return order.code
    return {FieldType.NUMBER: "number", FieldType.DATE: "day"}.get(FieldType(order.kind), "text")


def value_mark(typed: str, order: Order, frame: Frame) -> str:
    """The mark of a value somebody typed: the page begins with the first row there; nothing if it is no such value."""
    try:
        return write_mark(_value(typed.strip(), order, frame), "")
    except (ValueError, OverflowError, ActionError):
        return ""


def page_mark(asked: Asked, number: int, *, user: User, at: datetime) -> str:
    """The mark before a page of so many; nothing for the first one, and for those beyond what is counted."""
    frame = Frame.at(at)
    if not 1 < number <= PAGES_AT_MOST:
        return ""
    try:
        ways = Ways(user, narrowed_to(asked, names_for(user, frame, asked.conditions, asked.own_codes)))
    except BadFilter:
        return ""
    keys = find_page(ways, asked.order, frame, limit=PAGE * (number - 1)).keys
    rows = rows_of(keys[-1:], asked.order, (), frame)
    return rows[0].mark if rows else ""


def _value(typed: str, order: Order, frame: Frame) -> Any:
    if order.code == HEAT:
        return log2(max(_number(typed.rstrip("°")), COLDEST))
    if order.code in DAYS or order.kind == FieldType.DATE:
        day = date.fromisoformat(typed.replace("/", "-"))
        return day.isoformat() if order.is_own else day
    if order.code == "created":
        day = date.fromisoformat(typed.replace("/", "-"))
        zone = ZoneInfo(Organisation.objects.current().time_zone)
        return datetime.combine(day, time.max if order.falling else time.min, zone)
    if order.code == "amount":
        return parse_amount(typed, frame.currency)
    return _number(typed) if order.kind == NUMBER else typed


def _number(typed: str) -> float:
    value = float(typed.replace(",", ""))
    if not isfinite(value):
        raise ValueError(typed)
    return value
