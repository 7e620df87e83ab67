"""What conditions on numbers, days and texts mean: bounds of a column, today's heat, the company's own fields."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.lookups import Exact, GreaterThanOrEqual, IContains, In, LessThanOrEqual

from wendu.coach import conditions as asks
from wendu.coach.ways import NOBODY
from wendu.customers.models import Customer
from wendu.desk.table import values
from wendu.desk.table.errors import NotOffered
from wendu.desk.table.fields import CHOICE, DAY, FLAG, MONEY, NUMBER, TEXT, Field
from wendu.desk.table.labels import field_label
from wendu.desk.table.language import Condition
from wendu.desk.table.meaning import Meaning, compared, filled, of_customer, turned
from wendu.desk.table.names import Names
from wendu.desk.table.options import NONE
from wendu.desk.table.own_fields import own_options
from wendu.desk.table.own_indexes import indexed_codes, own_value
from wendu.identity.models import Organisation
from wendu.kernel.own_values import OwnText
from wendu.search.queries import MOST_HITS, find

SOON = timedelta(days=7)
SILENCES = frozenset({"latest", "ordered"})  # who was never in touch has been silent for any number of days

Read = Callable[[int], Any]


def number(field: Field, condition: Condition, names: Names) -> Meaning:
    """A number or an amount in a range."""
    if condition.op in {"known", "unknown"}:
        return compared(field, isnull=condition.op == "unknown")
    return compared(field, **_bounds(condition, _reader(field, condition, names)))


def heat(field: Field, condition: Condition, names: Names) -> Meaning:
    """Today's temperature in a range."""
    if condition.op in {"known", "unknown"}:
        return filled(condition, asks.never_heated())
    bounds = _bounds(condition, _reader(field, condition, names))
    lowest, highest = bounds.get("gte"), bounds.get("lte")
    test = asks.heat_test(names.frame, lowest=lowest, highest=highest)
    return Meaning(test, asks.heat_set(names.frame, lowest) if lowest else None)


def day(field: Field, condition: Condition, names: Names) -> Meaning:
    """A day in a range, or so many days from today."""
    if condition.op in {"known", "unknown"}:
        return compared(field, isnull=condition.op == "unknown")
    meaning = compared(field, **_days(condition, _reader(field, condition, names), names))
    if condition.op == "over" and field.code in SILENCES:
        return Meaning(meaning.test | Q(**{f"{field.path}__isnull": True}))
    return meaning


def moment(field: Field, condition: Condition, names: Names) -> Meaning:
    """The business day of a moment in a range."""
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    bounds = _days(condition, _reader(field, condition, names), names)
    sooner = datetime.combine(bounds["gte"], time.min, zone) if "gte" in bounds else None
    later = datetime.combine(bounds["lte"] + timedelta(days=1), time.min, zone) if "lte" in bounds else None
    return compared(field, **{name: at for name, at in (("gte", sooner), ("lt", later)) if at is not None})


def window(field: Field, condition: Condition, names: Names) -> Meaning:
    """How the signing window stands."""
    today, path = names.frame.today, field.path
    tests = {
        "running": Q(**{f"{path}__gt": today + SOON}),
        "soon": Q(**{f"{path}__range": (today, today + SOON)}),
        "over": Q(**{f"{path}__lt": today}),
        NONE: Q(**{f"{path}__isnull": True}),
    }
    test = Q()
    for value in condition.values:
        if value not in tests:
            raise NotOffered(value=value[:40], field=field_label(field, names))
        test |= tests[value]
    return turned(condition, Meaning(test, None if NONE in condition.values else test))


def text(field: Field, condition: Condition, _names: Names) -> Meaning:
    """A text: exactly this, or with this in it."""
    if condition.op in {"known", "unknown"}:
        return filled(condition, compared(field, exact="").test)
    if condition.op == "has":
        return Meaning(compared(field, icontains=condition.values[0]).test)
    return compared(field, **{"in": list(condition.values)})


def found(_field: Field, condition: Condition, names: Names) -> Meaning:
    """What a search finds: pinyin, initials, people, numbers; the best hundred."""
    keys = sorted({entry.customer_id for entry in find(condition.values[0], user=names.user, limit=MOST_HITS)})
    test = Q(pk__in=keys) if keys else NOBODY
    return Meaning(test, test)


def own(field: Field, condition: Condition, names: Names) -> Meaning:
    """A field of the company's own, kept as JSON: numbers compared as numbers, all else as the text it is written as.

    Those a saved view asks for have an index, and then whoever can pass is collected from it.
    """
    test = own_test(field, condition, names, "custom")
    if condition.op in {"known", "unknown", "not", "has"} or field.path not in indexed_codes():
        return Meaning(of_customer(test))
    return Meaning(of_customer(test), Customer.objects.order_by().filter(test).values("pk"))


def own_test(field: Field, condition: Condition, names: Names, column: str) -> Q:
    """The test of a field of the company's own whose values stand in this column, of a customer or of a deal."""
    if condition.op in {"known", "unknown"}:
        has = Q(**{f"{column}__has_key": field.path})
        return has if condition.op == "known" else ~has
    if condition.op == "has":
        return Q(IContains(OwnText(column, field.path), condition.values[0]))
    test = _all_of(_own_tests(field, condition, names), own_value(field.path, field.kind, column))
    return ~test if condition.op == "not" else test


def _own_tests(field: Field, condition: Condition, names: Names) -> list[tuple[type[Any], Any]]:
    """How the value is compared, and with what."""
    if field.kind == FLAG:
        return [(Exact, "true" if condition.op == "yes" else "false")]
    if field.kind in {TEXT, CHOICE}:
        offered = own_options(names.own[field.path]) if field.kind == CHOICE else {}
        wrong = next((value for value in condition.values if offered and value not in offered), None)
        if wrong is not None:
            raise NotOffered(value=wrong[:40], field=field_label(field, names))
        return [(In, list(condition.values))]
    read = _reader(field, condition, names)
    if field.kind == NUMBER:
        bounds = _bounds(condition, read)
    else:
        bounds = {name: day_.isoformat() for name, day_ in _days(condition, read, names).items()}
    return [(GreaterThanOrEqual if name == "gte" else LessThanOrEqual, bound) for name, bound in bounds.items()]


def _all_of(tests: list[tuple[type[Any], Any]], value: Any) -> Q:
    test = Q()
    for compare, with_what in tests:
        test &= Q(compare(value, with_what))
    return test


def _reader(field: Field, condition: Condition, names: Names) -> Read:
    label = field_label(field, names)
    if field.kind == MONEY:
        return lambda place: values.amount(condition, place, label, names.frame.currency)
    if field.kind in {DAY, "moment"}:
        return lambda place: values.days(condition, label) if place < 0 else values.day(condition, place, label)
    return lambda place: values.number(condition, place, label)


def _bounds(condition: Condition, read: Read) -> dict[str, Any]:
    if condition.op == "between":
        lowest, highest = sorted((read(0), read(1)))
        return {"gte": lowest, "lte": highest}
    return {"gte" if condition.op == "from" else "lte": read(0)}


def _days(condition: Condition, read: Read, names: Names) -> dict[str, date]:
    today = names.frame.today
    if condition.op == "between":
        return _bounds(condition, read)
    if condition.op in {"since", "until"}:
        return {"gte" if condition.op == "since" else "lte": read(0)}
    if condition.op == "past":
        return {"lte": today - timedelta(days=1)}
    span = timedelta(days=read(-1))
    ranges = {"last": {"gte": today - span, "lte": today}, "within": {"gte": today, "lte": today + span}}
    return ranges.get(condition.op, {"lte": today - span})
