"""The map of a decision: who reports to whom, who sways whom, and who of ours knows whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wendu.desk.deal_room import PersonView
from wendu.method.deals.chain_map import Place, places

FEWEST = 2
REPORTS, SWAYS = "reports", "sways"


@dataclass(frozen=True, slots=True)
class ChainNode:
    """One person in his place; `outside` names a boss who takes no part, `ours` who of ours talked with him lately."""

    person: PersonView
    place: Place
    ours: tuple[str, ...]
    outside: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A line between two people: the lower one reports to the upper one, or the first sways the second."""

    kind: str
    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class ChainMap:
    """Everything that is drawn; `uncovered` counts those nobody of ours knows."""

    nodes: tuple[ChainNode, ...]
    lines: tuple[ChainLine, ...]
    columns: int
    rows: int
    uncovered: int
    is_joined: bool


def chain_map(people: Iterable[PersonView], covered: Mapping[int, tuple[str, ...]]) -> ChainMap | None:
    """Lay out those who decide; nothing before there are two of them. Nothing is asked of the database."""
    views = {each.part.contact_id: each for each in people}
    if len(views) < FEWEST:
        return None
    above = {pk: each.part.reports_to_id for pk, each in views.items() if each.part.reports_to_id is not None}
    at = places(list(views), above)
    named = {pk: each.part.contact.name for pk, each in views.items()}
    nodes = tuple(_node(each, at[pk], named, covered.get(pk, ())) for pk, each in views.items())
    return ChainMap(
        nodes=nodes,
        lines=tuple(_lines(views, at)),
        columns=max(place.column for place in at.values()) + 2,
        rows=max(place.row for place in at.values()) + 1,
        uncovered=sum(not node.ours for node in nodes),
        is_joined=any(each.part.reports_to_id or each.part.sways_id for each in views.values()),
    )


def _node(view: PersonView, place: Place, named: Mapping[int, str], ours: tuple[str, ...]) -> ChainNode:
    part, words = view.part, []
    boss, swayed = getattr(part, "boss", None) or "", getattr(part, "swayed", None)  # named by the question
    is_inside = part.reports_to_id in named
    if boss and is_inside:
        words.append(_("reports to %(name)s") % {"name": boss})
    if swayed:
        words.append(_("sways %(name)s") % {"name": swayed})
    return ChainNode(view, place, ours, "" if is_inside else boss, tuple(words))


def _lines(views: Mapping[int, PersonView], at: Mapping[int, Place]) -> Iterable[ChainLine]:
    for pk, view in views.items():
        boss, swayed = (
            None if other is None else at.get(other) for other in (view.part.reports_to_id, view.part.sways_id)
        )
        if boss is not None and boss.row < at[pk].row:
            yield ChainLine(REPORTS, boss, at[pk])
        if swayed is not None and swayed != at[pk]:
            yield ChainLine(SWAYS, at[pk], swayed)
