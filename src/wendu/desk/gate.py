"""A gate in words: what holds, what there is against what it takes, who is concerned, and what gets it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from wendu.coach.case import DealCase
from wendu.desk.deal_words import (
    ITEMS,
    MISSING,
)
from wendu.discovery.choices import ThreePeople
from wendu.method.deals.codes import Verdict
from wendu.method.deals.gates import Gate, Item, Mark

NAMED = 2


@dataclass(frozen=True, slots=True)
class GateRow:
    """One point of the gate: whether it holds, what there is, who is concerned, and what gets it."""

    mark: str
    words: str
    have: str
    lacks: str
    fix: str
    kind: str


@dataclass(frozen=True, slots=True)
class GateView:
    """The gate before us."""

    number: str
    rows: tuple[GateRow, ...]

    @property
    def met(self) -> int:
        """How many points hold."""
        return sum(row.mark == Mark.MET for row in self.rows)

    @property
    def missing(self) -> int:
        """How many do not."""
        return len(self.rows) - self.met


def gate_view(case: DealCase, gate: Gate | None) -> GateView | None:
    """Put a gate into words, point by point."""
    if gate is None:
        return None
    return GateView(gate.stage.removeprefix("ST"), tuple(_row(case, item) for item in gate.items))


def _row(case: DealCase, item: Item) -> GateRow:
    words, fix, kind = ITEMS[item.code]
    lacks = "" if item.mark is Mark.MET else _lacks(case, item)
    return GateRow(item.mark.value, str(words), _have(item), lacks, str(fix), kind)


def _have(item: Item) -> str:
    if item.code in ("value_delivery", "relevance", "trust"):
        unit = "" if item.code == "trust" else "%"
        shown = _("unknown") if item.have is None else f"{item.have:.1f}".removesuffix(".0") + unit
        return _("%(have)s / needs %(need)s") % {"have": shown, "need": f"{item.need:g}{unit}"}
    if item.have is not None and item.need:
        return f"{item.have:g} / {item.need:g}"
    return _("unknown") if item.mark is Mark.UNKNOWN else ""


def _lacks(case: DealCase, item: Item) -> str:
    """Who or what is missing, by name."""
    if item.code == "requirements" and (unchecked := _unchecked(case)):
        return unchecked
    named = {each.contact_id: each.contact.name for each in case.influencers}
    people = [named[key] for key in _concerned(item) if key in named]
    if people:
        return str(_(", ")).join(dict.fromkeys(people))
    worries = {each.pk: each.what for each in case.offered.concerns}
    feared = [worries[key] for key in _numbers(item, "concern") if key in worries]
    if feared:
        return feared[0]
    hoped = {each.pk: each.goal for each in case.offered.expectations}
    wrong = [hoped[key] for key in _numbers(item, "expectation") if key in hoped]
    if wrong:
        return wrong[0]
    needs = {each.pk: each.need or each.requirement for each in case.found.demands}
    unmet = [needs[key] for key in _numbers(item, "need") if key in needs]
    if unmet:
        return unmet[0]
    return _open_rows(item) if item.code == "three_people" else unknowns(item.reading.missing)


def _open_rows(item: Item) -> str:
    return str(_(", ")).join(str(ThreePeople(kind).label) for kind in item.reading.missing)


def _unchecked(case: DealCase) -> str:
    """The first requests that lack a check, each with whose it is, and how many more."""
    lacking = [each for each, verdict in case.judged_musts() if verdict is not Verdict.ACCEPT]
    named = {each.contact_id: each.contact.name for each in case.influencers}
    first = [
        _("%(name)s: %(what)s") % {"name": named.get(each.contact_id, "—"), "what": each.requirement}
        for each in lacking[:NAMED]
    ]
    more = len(lacking) - len(first)
    return "; ".join([*first, *([_("%(count)s more") % {"count": more}] if more else [])])


def _concerned(item: Item) -> list[int]:
    told = [name.partition(":")[2] for name in item.reading.missing]
    return [*_numbers(item, "person"), *(int(key) for key in told if key.isdecimal())]


def _numbers(item: Item, name: str) -> list[int]:
    found = (reason.numbers.get(name) for reason in item.reading.reasons)
    return [value for value in found if isinstance(value, int) and not isinstance(value, bool)]


def unknowns(missing: Iterable[str]) -> str:
    """Everything nobody knows, as far as there are words for it."""
    words = [missing_words(name) for name in missing]
    return str(_(", ")).join(word for word in words if word)


def missing_words(name: str, people: Mapping[int, str] = MappingProxyType({})) -> str:
    """What nobody knows, as a salesperson would ask for it; nothing for what has no words of its own."""
    kind, _colon, rest = name.partition(":")
    if kind in ("rival", "rival_value", "rival_price"):
        return _("what %(rival)s offers") % {"rival": rest}
    if kind == "trust" and rest.isdecimal() and int(rest) in people:
        return _("whether %(name)s trusts us") % {"name": people[int(rest)]}
    return str(MISSING.get(kind, ""))
