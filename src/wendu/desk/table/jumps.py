"""Going somewhere in the table: to the first row at a value, or to a page as far as pages are counted."""

from collections.abc import Sequence
from datetime import date, datetime, time
from math import isfinite, log2
from typing import Any
from zoneinfo import ZoneInfo

from wendu.coach.frame import Frame
from wendu.coach.orders import HEAT, OWN, Order
from wendu.coach.walking import find_page
from wendu.coach.ways import COUNTED_AT_MOST, Ways
from wendu.customers.actions import typed_value
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.queries import standing_fields
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
    return own_jump_kind(order.kind)


def own_jump_kind(kind: str) -> str:
    """The same for a field of the company's own."""
    kinds = {FieldType.NUMBER: "number", FieldType.DATE: "day", FieldType.CHOICE: "option", FieldType.FLAG: "option"}
    return kinds.get(FieldType(kind), "text")


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
    if order.is_own:
        return own_place(typed, order.code.removeprefix(OWN), order.options)
    if order.code in DAYS:
        return date.fromisoformat(typed.replace("/", "-"))
    if order.code == "created":
        day = date.fromisoformat(typed.replace("/", "-"))
        zone = ZoneInfo(Organisation.objects.current().time_zone)
        return datetime.combine(day, time.max if order.falling else time.min, zone)
    if order.code == "amount":
        return parse_amount(typed, frame.currency)
    return typed


def own_place(typed: str, code: str, options: Sequence[str], about: str = FieldAbout.CUSTOMER) -> Any:
    """Where a value somebody typed stands in a list by a field of the company's own; refuses what is none."""
    field = next((each for each in standing_fields(about) if each.code == code), None)
    if field is None:
        raise ValueError(code)
    if field.type == FieldType.TEXT:
        return typed
    value = typed_value(field, typed)
    if field.type == FieldType.CHOICE:
        return options.index(str(value))
    return str(value).lower() if field.type == FieldType.FLAG else value


def _number(typed: str) -> float:
    value = float(typed.replace(",", ""))
    if not isfinite(value):
        raise ValueError(typed)
    return value
