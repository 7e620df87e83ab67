"""Pages of the list of opportunities, each read from where it begins: the last costs what the first does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from math import log2
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from wendu.coach.frame import Frame
from wendu.coach.orders import OWN, Mark, Order, own_compared
from wendu.customers.choices import FieldAbout
from wendu.desk.table.jumps import own_place
from wendu.desk.table.marks import own_mark
from wendu.identity.models import Organisation, User
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.opportunities.choices import State
from wendu.opportunities.models import Opportunity, OpportunityQuerySet

HEAT, AMOUNT, LATEST, OWN_VALUE = "heat", "amount", "latest", "own_value"
COLUMNS = {AMOUNT: "amount_minor", LATEST: "created_at"}
Way = str | Order
"""By what the list stands: one of the words above, or a field of the company's own."""
BETWEEN, FAR, HOTTEST = "~", 2**62, 1e7


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page of the list begins: behind a mark, or in front of one."""

    after: Mark | None = None
    before: Mark | None = None


FIRST = Turn()


def order_of(state: str, sort: str, own: Order | None = None) -> Way:
    """By what the list stands: only what is open has a temperature."""
    if own is not None:
        return own
    if sort == AMOUNT:
        return AMOUNT
    return HEAT if state == State.OPEN else LATEST


def write_mark(value: Any, uuid: UUID | str) -> str:
    """The mark of a row, as an address carries it."""
    told = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    return f"{told}{BETWEEN}{uuid}"


def read_mark(text: str, order: Way, user: User) -> Mark | None:
    """Read a mark; one without a deal begins at its value, and a deal that is not seen any more leaves its value."""
    told, found, name = text.rpartition(BETWEEN)
    if not found:
        return None
    try:
        value = _read(told, order) if told else None
        uuid = UUID(name) if name else None
    except (ValueError, OverflowError):
        return None
    falls = _falls(order) and order != HEAT  # equals stand latest first where values fall, but for heat
    if uuid is None:
        return Mark(value, FAR if falls else 0)
    key = Opportunity.objects.visible_to(user).filter(uuid=uuid).values_list("pk", flat=True).first()
    return Mark(value, (0 if falls else FAR) if key is None else key)


def jump_mark(text: str, order: Way, frame: Frame) -> str:
    """Where a value somebody typed lies in the list, as a mark; nothing if it is none."""
    typed = text.strip().rstrip("°")
    try:
        if isinstance(order, Order):
            about = FieldAbout.OPPORTUNITY
            return write_mark(own_place(typed, order.code.removeprefix(OWN), order.options, about), "")
        if order == HEAT:
            return write_mark(log2(max(float(typed), 2.0**-20)), "")
        if order == AMOUNT:
            return write_mark(parse_amount(typed, frame.currency), "")
        zone = ZoneInfo(Organisation.objects.current().time_zone)
        return write_mark(datetime.combine(date.fromisoformat(typed.replace("/", "-")), time.max, zone), "")
    except (ValueError, OverflowError, ActionError):
        return ""


def deals_turned(rows: OpportunityQuerySet, order: Way, turn: Turn, *, need: int) -> list[int]:
    """The keys of visible deals by a column, in the order of the list; whose value is unknown stand at the end."""
    rows, column = valued(rows, order)
    backwards, mark = turn.before is not None, turn.before or turn.after
    downwards = _falls(order) != backwards
    sign, beyond = ("-", "lt") if downwards else ("", "gt")
    known = rows.filter(**{f"{column}__isnull": False}).order_by(f"{sign}{column}", f"{sign}pk")
    unknown = rows.filter(**{f"{column}__isnull": True}).order_by(f"{sign}pk")
    stretches = [unknown, known] if backwards else [known, unknown]
    if mark is not None:
        tie = Q(**{f"pk__{beyond}": mark.pk})
        if mark.value is None:
            stretches = [unknown.filter(tie), *([known] if backwards else [])]
        else:
            begun = known.filter(Q(**{f"{column}__{beyond}": mark.value}) | (Q(**{column: mark.value}) & tie))
            stretches = [begun] if backwards else [begun, unknown]
    if order == LATEST:
        stretches = [stretch for stretch in stretches if stretch is not unknown]  # every deal was taken up some day
    keys: list[int] = []
    for stretch in stretches:
        if len(keys) < need:
            keys += stretch.values_list("pk", flat=True)[: need - len(keys)]
    return keys[::-1] if backwards else keys


def valued(rows: OpportunityQuerySet, order: Way) -> tuple[OpportunityQuerySet, str]:
    """The rows with what the order compares, and the name it has there."""
    if not isinstance(order, Order):
        return rows, COLUMNS[order]
    value = own_compared("custom", order.code.removeprefix(OWN), order.kind, order.options)
    return rows.annotate(**{OWN_VALUE: value}), OWN_VALUE


def _falls(order: Way) -> bool:
    """Whether the largest or latest stand first; so they do but for own fields, whose order is turned by hand."""
    return order.falling if isinstance(order, Order) else True


def _read(told: str, order: Way) -> Any:
    return own_mark(told, order.kind) if isinstance(order, Order) else _READERS[order](told)


def _number(told: str) -> float:
    value = float(told)
    if not abs(value) <= HOTTEST:
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


_READERS: dict[str, Callable[[str], Any]] = {HEAT: _number, AMOUNT: _whole, LATEST: _moment}
