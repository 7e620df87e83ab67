"""Choosing columns: which are shown, in which order, and what else there is."""

from collections.abc import Sequence

from wendu.customers.queries import standing_fields
from wendu.desk.table.columns import COLUMNS, COLUMNS_AT_MOST, LABEL_OF
from wendu.desk.table.fields import OWN
from wendu.desk.table.labels import field_label
from wendu.desk.table.names import Names
from wendu.desk.table.own_fields import own_field

UP, DOWN = "up", "down"


def all_columns(first: Sequence[str], names: Names) -> list[tuple[str, str, bool]]:
    """Every column with its name: those shown in their order, then the others; the third value says which is shown."""
    names.own = {row.code: row for row in standing_fields()}
    known = [*COLUMNS, *(own_field(row).code for row in names.own.values())]
    shown = [code for code in dict.fromkeys(first) if code in known]
    return [
        (code, column_label(code, names), code in shown) for code in (*shown, *(c for c in known if c not in shown))
    ]


def column_label(code: str, names: Names) -> str:
    """What a column is called."""
    field = names.field(LABEL_OF.get(code, code))
    return field_label(field, names) if field else code.removeprefix(OWN)


def moved(codes: Sequence[str], code: str, way: str) -> list[str]:
    """The same columns with one of them a place further up or down."""
    order = list(codes)
    if code not in order:
        return order
    place = order.index(code)
    other = place - 1 if way == UP else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def chosen(order: Sequence[str], ticked: Sequence[str]) -> tuple[str, ...]:
    """The ticked columns in the order they were put."""
    return tuple(code for code in dict.fromkeys(order) if code in ticked)[:COLUMNS_AT_MOST]
