"""The company's own fields over the list of deals: heads that sort, conditions in words, and the form that asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wendu.coach.frame import Frame
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.desk.deal_own import OwnAsked
from wendu.desk.table.language import Condition, Filter, write_filter
from wendu.desk.table.own_fields import own_label, own_options
from wendu.desk.table.sentence import told
from wendu.identity.models import User
from wendu.web.customers.lists import Chip, Head

LONGEST_VALUE = 200
RANGES = {FieldType.NUMBER: ("from", "to"), FieldType.DATE: ("since", "until")}
Query = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Box:
    """What asks for one field: whether it is a column, and what deals are narrowed to by it."""

    code: str
    label: str
    kind: str
    is_shown: bool
    values: Sequence[str]
    options: list[tuple[str, str]]


def boxes(own: OwnAsked) -> list[Box]:
    """Every field of deals, as the form shows it."""
    held = {each.field: each for group in own.filter.groups[:1] for each in group}
    return [_box(code, row, own, held.get(code)) for code, row in own.fields.items()]


def heads(own: OwnAsked, query: Query) -> list[Head]:
    """The heads of the own columns: a click sorts by one, a second one turns it round."""
    found = []
    for code in own.columns:
        row, order = own.fields[code], own.order
        is_current = order is not None and order.code == code
        falls = bool(order and order.falling)
        state = ("descending" if falls else "ascending") if is_current else ""
        url = query(sort=f"-{code}" if is_current and not falls else code)
        found.append(Head(own_label(row), "r" if row.type == FieldType.NUMBER else "", url, state))
    return found


def chips(own: OwnAsked, user: User, frame: Frame, query: Query) -> list[Chip]:
    """Every condition in words, with the list without it."""
    names, found = own.names(user, frame), []
    for place, group in enumerate(own.filter.groups):
        for number, condition in enumerate(group):
            left = [*own.filter.groups]
            left[place] = (*group[:number], *group[number + 1 :])
            rest = write_filter(Filter(tuple(each for each in left if each)))
            found.append(Chip(told(condition, names), query(f=rest), bool(place and not number)))
    return found


def asked_by(own: OwnAsked, sent: Any) -> OwnAsked:
    """What the form asks (a QueryDict): the ticked columns, and one condition for each field that was filled in."""
    ticked = [code for code in sent.getlist("col") if code in own.fields]
    found = [_condition(code, FieldType(row.type), sent) for code, row in own.fields.items()]
    group = tuple(each for each in found if each is not None)
    return replace(own, columns=tuple(ticked), filter=Filter((group,) if group else ()), problem=None)


def _box(code: str, row: CustomField, own: OwnAsked, condition: Condition | None) -> Box:
    options = list(own_options(row).items()) if row.type == FieldType.CHOICE else []
    return Box(code, own_label(row), row.type, code in own.columns, _values(FieldType(row.type), condition), options)


def _values(kind: FieldType, condition: Condition | None) -> Sequence[str]:
    """What its controls show of the condition that stands; one the form cannot say is left to its words."""
    if condition is None:
        return ("", "")
    if kind == FieldType.FLAG:
        return (condition.op, "")
    if kind in RANGES:
        low, high = RANGES[kind]
        typed = {low: (0, None), high: (None, 0), "between": (0, 1)}.get(condition.op, (None, None))
        return tuple("" if place is None else (*condition.values, "", "")[place] for place in typed)
    usual = {FieldType.CHOICE: "in", FieldType.TEXT: "has"}[kind]
    return ((*condition.values, "")[0] if condition.op == usual else "", "")


def _condition(code: str, kind: FieldType, sent: Any) -> Condition | None:
    value, high = (sent.get(f"{name}.{code}", "").replace("\x00", "").strip()[:LONGEST_VALUE] for name in ("v", "to"))
    if kind in RANGES:
        from_, to = RANGES[kind]
        if value and high:
            return Condition(code, "between", (value, high))
        return Condition(code, from_, (value,)) if value else Condition(code, to, (high,)) if high else None
    if kind == FieldType.FLAG:
        return Condition(code, value) if value in {"yes", "no", "unknown"} else None
    return Condition(code, "in" if kind == FieldType.CHOICE else "has", (value,)) if value else None
