"""The company's own fields in the list of deals: what its address shows, narrows it to and sorts it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from wendu.coach.frame import Frame
from wendu.coach.orders import CHOICE, FLAG, NUMBER, OWN, Order
from wendu.customers.choices import FieldAbout
from wendu.customers.models import CustomField
from wendu.customers.queries import standing_fields
from wendu.desk.table.asked import filter_from
from wendu.desk.table.columns import COLUMNS_AT_MOST
from wendu.desk.table.errors import BadFilter, FieldUnknown
from wendu.desk.table.language import EVERYBODY, Condition, Filter
from wendu.desk.table.meaning import known_field
from wendu.desk.table.measures import own_test
from wendu.desk.table.names import Names
from wendu.identity.models import User


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """What an address asks of the own fields of deals; what cannot be read is a problem, and then none is shown.

    `fields` are those in use, by the codes of an address (`x_…`); `columns` are the ones shown, by the same.
    """

    fields: Mapping[str, CustomField] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    filter: Filter = EVERYBODY
    order: Order | None = None
    problem: BadFilter | None = None

    @property
    def shown(self) -> list[CustomField]:
        """The fields that are columns."""
        return [self.fields[code] for code in self.columns]

    @property
    def sort(self) -> str:
        """The order as the address writes it; a minus turns it round."""
        return "" if self.order is None else f"-{self.order.code}" if self.order.falling else self.order.code

    def names(self, user: User, frame: Frame) -> Names:
        """What the conditions name, for their words and their meaning."""
        return Names(user, frame, own={row.code: row for row in self.fields.values()})

    def test(self, user: User, frame: Frame, column: str) -> Q:
        """What a deal must meet whose values stand in this column; refuses what cannot be asked."""
        if self.problem is not None:
            raise self.problem
        names = self.names(user, frame)
        groups = [reduce(and_, [_test(each, names, column) for each in group]) for group in self.filter.groups if group]
        return reduce(or_, groups) if groups else Q()


NOTHING_OWN = OwnAsked()


def own_asked(query: Any) -> OwnAsked:
    """Read the query of an address (a QueryDict); a field nobody defined for deals is no column and no order."""
    fields = {f"{OWN}{row.code}": row for row in standing_fields(FieldAbout.OPPORTUNITY)}
    columns = dict.fromkeys(code for code in query.get("cols", "").split(",") if code in fields)
    composed, problem = filter_from(query.getlist("f"))
    return OwnAsked(fields, tuple(columns)[:COLUMNS_AT_MOST], composed, _order(query.get("sort", ""), fields), problem)


def compared_value(order: Order, custom: Mapping[str, Any]) -> Any:
    """What a list in this order compares of a deal with these values, as the database has it."""
    kept = custom.get(order.code.removeprefix(OWN))
    if kept is None:
        return None
    if order.kind == CHOICE:
        return order.options.index(kept) if kept in order.options else len(order.options)
    if order.kind == FLAG:
        return "true" if kept else "false"
    return float(kept) if order.kind == NUMBER else str(kept)


def _order(text: str, fields: Mapping[str, CustomField]) -> Order | None:
    row = fields.get(text.removeprefix("-"))
    if row is None:
        return None
    options = tuple(option["code"] for option in row.options)
    return Order(text.removeprefix("-"), text.startswith("-"), row.type, options)


def _test(condition: Condition, names: Names, column: str) -> Q:
    if not condition.field.startswith(OWN):
        raise FieldUnknown(field=condition.field[:40])
    known, _label = known_field(condition, names)
    return own_test(known, condition, names, column)
