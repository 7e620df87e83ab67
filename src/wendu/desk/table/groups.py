"""The table in groups: by class, owner or stage, each with its first customers and a count that ends at a bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wendu.coach.models import Standing
from wendu.coach.orders import WARMEST, Order
from wendu.coach.parting import NO_PART, Part, first_of_each, of_each_owner
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways
from wendu.desk.table.asked import QUICK, Asked
from wendu.desk.table.fields import OWN
from wendu.desk.table.language import Condition, Filter
from wendu.desk.table.names import Names, nameable_people
from wendu.desk.table.narrowing import meaning_of
from wendu.desk.table.options import CLASSES, NONE, options_of
from wendu.desk.table.own_fields import own_options
from wendu.identity.models import User

SHOWN, OWNERS = 10, 8
COLUMNS = {"class": "quadrant", "owner": "owner_id", "stage": "stage"}
FIELDS = {"stage": "furthest"}  # a customer stands in one group: that of its furthest deal


@dataclass(frozen=True, slots=True)
class Kind:
    """One group: what puts a customer into it, what it is called, and the list of all of it."""

    label: str
    condition: Condition
    asked: Asked


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a page: the keys of its first customers, how many there are, and whether these are all shown."""

    label: str
    keys: tuple[int, ...]
    count: str
    query: str
    has_more: bool


def groups_of(ways: Ways, asked: Asked, names: Names, first: int) -> tuple[list[Group], bool]:
    """The groups of a list that hold anybody; owners come eight at a time, the second value says if more follow."""
    kinds, has_more = kinds_of(ways.user, asked, names, first)
    parts = _at_once(ways, kinds, asked, names)
    found = [
        _group(ways, kind, asked.order, names) if part is None else _told(kind, part)
        for kind, part in zip(kinds, parts, strict=True)
    ]
    return [group for group in found if group.keys], has_more


def _at_once(ways: Ways, kinds: Sequence[Kind], asked: Asked, names: Names) -> list[Part | None]:
    """The groups as far as one question finds them; None for one that asks for a walk of its own."""
    if asked.grouping not in COLUMNS:
        return [None] * len(kinds)  # by a field of the company's own, which no index by temperature knows
    column, values = COLUMNS[asked.grouping], [_in_column(kind, names) for kind in kinds]
    is_plain = not ways.narrowing.sets
    if asked.grouping == "owner":
        known = [value for value in values if value is not None]
        ways = ways.among(Q(owner__in=known))
    if asked.grouping == "owner" and is_plain and asked.order == WARMEST and ways.parted is not None:
        parts = of_each_owner(ways, known, names.frame, limit=SHOWN)
    else:
        parts = first_of_each(ways, column, values, asked.order, names.frame, limit=SHOWN)
    is_all = ways.parted is not None
    return [parts.get(value, NO_PART if is_all and value is not None else None) for value in values]


def _told(kind: Kind, part: Part) -> Group:
    count = f"{part.size:,}+" if part.is_more else f"{part.size:,}"
    has_more = part.is_more or part.size > len(part.keys)
    return Group(kind.label, part.keys, count, kind.asked.query(), has_more=has_more)


def _in_column(kind: Kind, names: Names) -> Any:
    """What the column holds of everybody in a group."""
    (value,) = kind.condition.values
    if kind.condition.field == "owner":
        return None if value == NONE else names.people[value][0]
    return "" if value == NONE else value


def kinds_of(user: User, asked: Asked, names: Names, first: int) -> tuple[list[Kind], bool]:
    """Into what a list is grouped."""
    if asked.grouping == "owner":
        return _owners(user, asked, names, first)
    if asked.grouping.startswith(OWN):
        return _own(asked, names, first)
    codes: Sequence[str] = CLASSES if asked.grouping == "class" else list(options_of("stage", names.frame))
    words = options_of(asked.grouping, names.frame)
    field = FIELDS.get(asked.grouping, asked.grouping)
    return [_kind(words[code], Condition(field, "in", (code,)), asked) for code in codes], False


def _owners(user: User, asked: Asked, names: Names, first: int) -> tuple[list[Kind], bool]:
    owns = Standing.objects.filter(owner=OuterRef("pk"))
    people = nameable_people(user).filter(Exists(owns)).order_by("full_name", "username", "pk")
    found = list(people.values_list("uuid", "pk", "full_name", "username")[first : first + OWNERS + 1])
    kinds = []
    for uuid, key, full_name, username in found[:OWNERS]:
        names.people[str(uuid)] = (key, full_name or username)
        kinds.append(_kind(full_name or username, Condition("owner", "in", (str(uuid),)), asked))
    if len(found) <= OWNERS:
        kinds.append(_kind(_("without an owner"), Condition("owner", "in", (NONE,)), asked))
    return kinds, len(found) > OWNERS


def _own(asked: Asked, names: Names, first: int) -> tuple[list[Kind], bool]:
    """By what was chosen in a field of the company's own, eight at a time; at the end whoever has nothing there."""
    code = asked.grouping
    field = names.own.get(code.removeprefix(OWN))
    options = list(own_options(field).items()) if field else []
    kinds = [_kind(label, Condition(code, "in", (option,)), asked) for option, label in options[first : first + OWNERS]]
    has_more = len(options) > first + OWNERS
    if field and not has_more:
        kinds.append(_kind(_("nothing chosen"), Condition(code, "unknown"), asked))
    return kinds, has_more


def _kind(label: str, condition: Condition, asked: Asked) -> Kind:
    """A group and the address that shows all of it: as a quick filter where there is one."""
    plain = replace(asked, grouping="", after="", before="")
    if condition.field in QUICK:
        quick = {**asked.quick, condition.field: condition.values[0]}
        return Kind(label, condition, replace(plain, quick=quick))
    groups = asked.filter.groups or ((),)
    return Kind(label, condition, replace(plain, filter=Filter(tuple((*group, condition) for group in groups))))


def _group(everybody: Ways, kind: Kind, order: Order, names: Names) -> Group:
    meaning, narrowing = meaning_of(kind.condition, names), everybody.narrowing
    sets = (meaning.among, *narrowing.sets) if meaning.among is not None else narrowing.sets
    shelf = meaning.among if isinstance(meaning.among, Q) else narrowing.shelf
    ways = Ways(everybody.user, Narrowing(narrowing.tests & meaning.test, sets, shelf))
    found = find_page(ways, order, names.frame, limit=SHOWN)
    if not found.has_more:
        return Group(kind.label, found.keys, f"{len(found.keys):,}", kind.asked.query(), has_more=False)
    count, more = ways.count()
    return Group(kind.label, found.keys, f"{count:,}+" if more else f"{count:,}", kind.asked.query(), has_more=True)
