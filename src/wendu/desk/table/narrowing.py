"""From the conditions asked for to what the walk along the list needs: one test, and the sets that may be collected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from wendu.coach.models import Standing
from wendu.coach.ways import Keys, Narrowing
from wendu.desk.table import fields, meaning, measures
from wendu.desk.table.fields import Field
from wendu.desk.table.language import Condition, Filter, Group
from wendu.desk.table.meaning import Meaning, known_field
from wendu.desk.table.names import Names

Means = Callable[[Field, Condition, Names], Meaning]
BY_KIND: dict[str, Means] = {
    fields.CHOICE: meaning.choice,
    fields.TEAM: meaning.team,
    fields.TAG: meaning.tag,
    fields.ALERT: meaning.alert,
    fields.STAGE: meaning.stage,
    fields.NUMBER: measures.number,
    fields.MONEY: measures.number,
    fields.HEAT: measures.heat,
    fields.DAY: measures.day,
    fields.MOMENT: measures.moment,
    fields.WINDOW: measures.window,
    fields.TEXT: measures.text,
    fields.FOUND: measures.found,
}
SHELVES = {"class": "quadrant", "status": "status", "owner": "owner_id"}
NARROWEST_FIRST = ("text", "tag", "with", "owner", "alert", "stage", "heat", "city", "source", "industry", "created")


@dataclass(frozen=True, slots=True)
class _Told:
    """The meanings of one group: all must hold."""

    test: Q
    sets: tuple[tuple[str, Q | Keys], ...]


def meaning_of(condition: Condition, names: Names) -> Meaning:
    """What a condition asks; refuses what cannot be asked, saying how to mend it."""
    field, _label = known_field(condition, names)
    if field.is_own:
        return measures.own(field, condition, names)
    if field.kind == fields.PEOPLE:
        return (meaning.owner if field.path else meaning.collaborators)(field, condition, names)
    return BY_KIND[field.kind](field, condition, names)


def narrowing_of(always: Sequence[Condition], asked: Filter, names: Names) -> Narrowing:
    """What a list shows: whoever meets all that is always asked and one of the groups of the filter."""
    base = _told(always, names)
    groups = [_told(group, names) for group in asked.groups if group]
    test, sets = base.test, [among for _, among in base.sets]
    if len(groups) == 1:
        test, sets = test & groups[0].test, [*sets, *(among for _, among in groups[0].sets)]
    elif groups:
        either = groups[0].test
        for group in groups[1:]:
            either |= group.test
        test &= either
        if all(group.sets for group in groups):
            sets.append(_together([_narrowest(group) for group in groups]))
    certain = [*always, *(asked.groups[0] if len(groups) == 1 else ())]
    return Narrowing(test, tuple(sets), _shelf(certain, names))


def _told(conditions: Group | Sequence[Condition], names: Names) -> _Told:
    test, sets = Q(), []
    for condition in conditions:
        found = meaning_of(condition, names)
        test &= found.test
        if found.among is not None:
            sets.append((condition.field, found.among))
    return _Told(test, tuple(sets))


def _narrowest(group: _Told) -> Q | Keys:
    places = {code: place for place, code in enumerate(NARROWEST_FIRST)}
    return min(group.sets, key=lambda each: places.get(each[0], len(places)))[1]


def _together(sets: Sequence[Q | Keys]) -> Keys:
    first, *others = [
        Standing.objects.order_by().filter(one).values("pk") if isinstance(one, Q) else one for one in sets
    ]
    return first.union(*others)


def _shelf(certain: Sequence[Condition], names: Names) -> Q:
    """One value of a column whose customers have an index by temperature to themselves."""
    for condition in certain:
        if condition.field in SHELVES and condition.op == "in" and len(condition.values) == 1:
            among = meaning_of(condition, names).among
            if isinstance(among, Q):
                return among
    return Q()
