"""What the address of the table asks for, and how another question is written: the address is all there is to share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from wendu.coach.orders import COLUMNS, HEAT, OWN, WARMEST, Order, usual
from wendu.customers.choices import FieldType
from wendu.customers.queries import own_choices, own_kinds
from wendu.desk.lists import ALERTS
from wendu.desk.table.columns import columns_from
from wendu.desk.table.errors import BadFilter, FilterTooLong, FilterUnreadable
from wendu.desk.table.language import EVERYBODY, Condition, Filter, TooMuch, Unreadable, read_filter, write_filter
from wendu.desk.table.options import CLASSES, ME, NONE
from wendu.method.codes import Status

ORDERS = (HEAT, *COLUMNS)
GROUPINGS = ("class", "owner", "stage")
QUICK = ("class", "status", "alert", "owner")
EVERYONE = "all"
READABLE = ",:;"
LONGEST_TEXT, LONGEST_MARK = 80, 600


@dataclass(frozen=True, slots=True)
class Asked:
    """A list: what it is narrowed to, its order, columns and grouping, and where its page begins.

    `view` names the saved view it was opened as, or `all`. `quick` are the four filters that stand beside the table,
    `filter` is whatever was composed; what could not be read is a problem, and then nobody is shown.
    """

    quick: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    filter: Filter = EVERYBODY
    order: Order = WARMEST
    columns: tuple[str, ...] = ()
    grouping: str = ""
    after: str = ""
    before: str = ""
    view: str = ""
    problem: BadFilter | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.quick or self.text or self.filter or self.problem)

    @property
    def always(self) -> tuple[Condition, ...]:
        """The quick filters as conditions."""
        found = tuple(Condition(code, "in", (value,)) for code, value in self.quick.items())
        return (*found, Condition("text", "has", (self.text,))) if self.text else found

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition there is."""
        return (*self.always, *(condition for group in self.filter.groups for condition in group))

    @property
    def own_codes(self) -> tuple[str, ...]:
        """The company's own fields it shows, sorts or groups by; those of the conditions aside."""
        return tuple(code for code in (*self.columns, self.order.code, self.grouping) if code.startswith(OWN))

    @property
    def first_group(self) -> int:
        """With which group the page begins; owners come eight at a time."""
        is_number = self.after.isascii() and self.after.isdigit() and len(self.after) < len("100000")
        return int(self.after) if is_number else 0

    @property
    def sort(self) -> str:
        """The order as the address writes it; a minus turns the usual direction round."""
        turned = usual(self.order.code) != self.order
        return f"-{self.order.code}" if turned else self.order.code

    def query(self, **changes: Any) -> str:
        """This list, perhaps with something else asked for, as the query of an address; it starts from the top."""
        asked = replace(self, **{"after": "", "before": "", **changes})
        parts: list[tuple[str, str]] = [(code, value) for code, value in asked.quick.items() if value]
        parts += [("q", asked.text)] * bool(asked.text)
        parts += [("f", text) for text in write_filter(asked.filter)]
        parts += [("sort", asked.sort)] * (asked.order != WARMEST)
        parts += [("cols", ",".join(asked.columns))] * bool(asked.columns)
        parts += [("by", asked.grouping)] * bool(asked.grouping)
        parts += [(name, mark) for name, mark in (("after", asked.after), ("before", asked.before)) if mark]
        if asked.view and asked.view != EVERYONE:
            parts = parts or [("sort", asked.sort)]  # a view that stands alone in the address would open its own list
        parts = [("view", asked.view)] * bool(asked.view) + parts
        return urlencode(parts, safe=READABLE)


def asked_from(query: Any) -> Asked:
    """Read the query of an address (a QueryDict); what nobody offers among the quick filters is left out."""
    text = query.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT]
    composed, problem = filter_from(query.getlist("f"))
    by, view = query.get("by", ""), query.get("view", "")
    return Asked(
        quick={code: value for code in QUICK if (value := _quick(code, query.get(code, "")))},
        text=text,
        filter=composed,
        order=order_from(query.get("sort", "")),
        columns=columns_from(query.get("cols", "")),
        grouping=by if by in GROUPINGS or own_kind(by) == FieldType.CHOICE else "",
        after=query.get("after", "")[:LONGEST_MARK],
        before=query.get("before", "")[:LONGEST_MARK],
        view=view if view == EVERYONE or _is_uuid(view) else "",
        problem=problem,
    )


def order_from(text: str) -> Order:
    """Read an order; the warmest first if it is none."""
    code = text.removeprefix("-")
    kind = own_kind(code)
    if code not in ORDERS and not kind:
        return WARMEST
    options = own_choices().get(code.removeprefix(OWN), ()) if kind == FieldType.CHOICE else ()
    return Order(code, usual(code).falling != text.startswith("-"), kind, options)


def own_kind(code: str) -> str:
    """The type of a field of the company's own that is in use; nothing for any other word."""
    return own_kinds().get(code.removeprefix(OWN), "") if code.startswith(OWN) else ""


def filter_from(texts: list[str]) -> tuple[Filter, BadFilter | None]:
    """Read a filter; one that cannot be read comes back as what is wrong with it."""
    try:
        return read_filter(texts), None
    except Unreadable as wrong:
        return EVERYBODY, FilterUnreadable(part=wrong.part)
    except TooMuch:
        return EVERYBODY, FilterTooLong()


def _quick(code: str, value: str) -> str:
    if code == "owner":
        return value if value in {ME, NONE} or _is_uuid(value) else ""
    allowed = {"class": CLASSES, "status": [status.value for status in Status], "alert": ALERTS}[code]
    return value if value in allowed else ""


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
