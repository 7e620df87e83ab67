"""What a condition means to the database: a test of one customer and, where an index answers it, the set it allows."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When

from wendu.coach import conditions as asks
from wendu.coach.ways import NOBODY, Keys
from wendu.customers.models import Collaborator, Customer, Tagging
from wendu.desk.table.errors import ComparisonUnknown, FieldUnknown, NotOffered, ValueMissing
from wendu.desk.table.fields import VALUES, Field
from wendu.desk.table.labels import field_label
from wendu.desk.table.language import Condition
from wendu.desk.table.names import Names
from wendu.desk.table.options import ME, NONE, options_of

FREE = frozenset({"industry"})
OF_CUSTOMER = "customer__"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A test of one row, and perhaps the set of all customers that can pass it."""

    test: Q
    among: Q | Keys | None = None


def known_field(condition: Condition, names: Names) -> tuple[Field, str]:
    """The field of a condition and what it is called; refuses what cannot be asked of it."""
    field = names.field(condition.field)
    if field is None:
        raise FieldUnknown(field=condition.field[:40])
    label = field_label(field, names)
    if condition.op not in field.ops:
        raise ComparisonUnknown(field=label, op=condition.op[:20])
    if len(condition.values) < VALUES[condition.op][0]:
        raise ValueMissing(field=label)
    return field, label


def compared(field: Field, **lookups: Any) -> Meaning:
    """A column compared, and the same as a set where the column has an index."""
    column = field.path.removeprefix(OF_CUSTOMER)
    test = Q(**{f"{column}__{name}": value for name, value in lookups.items()})
    if column == field.path:
        return Meaning(test, test if field.is_indexed else None)
    among = Customer.objects.order_by().filter(test).values("pk") if field.is_indexed else None
    return Meaning(of_customer(test), among)


def of_customer(test: Q) -> Q:
    """A test of columns of the customer's own row, which is looked up only for whoever passed the tests before it.

    Joined instead, it would be looked up for all that a walk passes by: thousands for a page of fifty.
    """
    row = Customer.objects.order_by().filter(pk=OuterRef("pk"))
    holds = Case(When(test, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Q(Subquery(row.values_list(holds), output_field=BooleanField()))


def turned(condition: Condition, meaning: Meaning) -> Meaning:
    """The opposite, if that is asked."""
    return Meaning(~meaning.test) if condition.op == "not" else meaning


def choice(field: Field, condition: Condition, names: Names) -> Meaning:
    """One of the codes a column can hold."""
    if condition.op in {"known", "unknown"}:
        return filled(condition, compared(field, exact="").test)
    _refuse_what_is_not_offered(field, condition, names)
    codes = ["" if value == NONE else value for value in condition.values]
    return turned(condition, compared(field, **{"in": codes}))


def owner(field: Field, condition: Condition, names: Names) -> Meaning:
    """Whose customer it is; somebody one may not see has none here."""
    nobody = Q(**{f"{field.path}__isnull": True})
    if condition.op in {"known", "unknown"}:
        return filled(condition, nobody)
    keys = _people(condition, names)
    meaning = compared(field, **{"in": keys}) if keys else Meaning(NOBODY, NOBODY)
    if NONE in condition.values:
        meaning = Meaning(meaning.test | nobody)
    return turned(condition, meaning)


def collaborators(_field: Field, condition: Condition, names: Names) -> Meaning:
    """Who works on it beside the owner."""
    return _linked(Collaborator.objects.order_by(), "user_id", _people(condition, names), condition)


def team(field: Field, condition: Condition, names: Names) -> Meaning:
    """Which team's customer it is, or that of a team below."""
    if condition.op in {"known", "unknown"}:
        return filled(condition, Q(**{f"{field.path}__isnull": True}))
    keys = [key for value in condition.values for key in names.teams.get(value, ((), ""))[0]]
    return turned(condition, compared(field, **{"in": keys}) if keys else Meaning(NOBODY, NOBODY))


def tag(_field: Field, condition: Condition, names: Names) -> Meaning:
    """A word it is grouped by."""
    keys = [names.tags[value][0] for value in condition.values if value in names.tags]
    return _linked(Tagging.objects.order_by(), "tag_id", keys, condition)


def alert(field: Field, condition: Condition, names: Names) -> Meaning:
    """An alert that stands."""
    _refuse_what_is_not_offered(field, condition, names)
    test = reduce(or_, (asks.alert_test(code, names.frame) for code in condition.values))
    alone = condition.values[0] if len(condition.values) == 1 else ""
    return turned(condition, Meaning(test, asks.alert_set(alone, names.frame) if alone else None))


def stage(field: Field, condition: Condition, names: Names) -> Meaning:
    """How far an open deal of the customer is."""
    if condition.op in {"known", "unknown"}:
        test = asks.stage_test([])
        return Meaning(test, asks.stage_set([])) if condition.op == "known" else Meaning(~test)
    _refuse_what_is_not_offered(field, condition, names)
    stages = [value for value in condition.values if value != NONE]
    meaning = Meaning(asks.stage_test(stages), asks.stage_set(stages)) if stages else Meaning(NOBODY)
    if NONE in condition.values:
        meaning = Meaning(meaning.test | ~asks.stage_test([]))
    return turned(condition, meaning)


def filled(condition: Condition, blank: Q) -> Meaning:
    """Whether anything is known at all."""
    return Meaning(blank if condition.op == "unknown" else ~blank)


def _people(condition: Condition, names: Names) -> list[int]:
    found = [names.user.pk if value == ME else names.people.get(value, (None, ""))[0] for value in condition.values]
    return [key for key in found if key is not None]


def _linked(rows: Any, column: str, keys: list[int], condition: Condition) -> Meaning:
    """Rows of another table that lead to customers; any of them when only their being there is asked."""
    if condition.op in {"known", "unknown"}:
        has = Q(Exists(rows.filter(customer_id=OuterRef("pk"))))
        return Meaning(has, rows.values("customer_id")) if condition.op == "known" else Meaning(~has)
    if not keys:
        return turned(condition, Meaning(NOBODY, NOBODY))
    rows = rows.filter(**{f"{column}__in": keys})
    return turned(condition, Meaning(Q(Exists(rows.filter(customer_id=OuterRef("pk")))), rows.values("customer_id")))


def _refuse_what_is_not_offered(field: Field, condition: Condition, names: Names) -> None:
    offered = options_of(field.code, names.frame)
    wrong = next((value for value in condition.values if value not in offered and field.code not in FREE), None)
    if wrong is not None:
        raise NotOffered(value=wrong[:40], field=field_label(field, names))
