"""The gates between the stages: what evidence holds, what is missing, and what nobody knows (method: 2.3)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from wendu.method.deals.codes import Exchange, Verdict
from wendu.method.deals.scales import DealScale
from wendu.method.reading import Reading

UNKNOWN = Reading(None, "unknown")


class Mark(StrEnum):
    """How one point of a gate stands; unknown does not pass, and says so."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Item(NamedTuple):
    """One point of a gate: what there is against what it takes, and the reading it comes from."""

    code: str
    mark: Mark
    have: float | None = None
    need: float | None = None
    reading: Reading = UNKNOWN


@dataclass(frozen=True, slots=True)
class Gate:
    """All points between one stage and the next."""

    stage: str
    items: tuple[Item, ...]

    @property
    def passes(self) -> bool:
        """Whether every point is met."""
        return all(item.mark is Mark.MET for item in self.items)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What is still to be got."""
        return tuple(item for item in self.items if item.mark is not Mark.MET)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the gates of one deal look at; what a room does not know yet stays unknown."""

    decision_makers: int = 0
    key_people: int = 0
    confirmed_keys: int = 0
    coverage: Reading = UNKNOWN
    explicit_needs: int = 0
    requirements: tuple[Verdict, ...] = ()
    three_people: Reading = UNKNOWN
    value_delivery: Reading = UNKNOWN
    can_meet: Reading = UNKNOWN
    tops: Reading = UNKNOWN
    relevance: Reading = UNKNOWN
    fit: Reading = UNKNOWN
    trust: Reading = UNKNOWN
    concerns: Reading = UNKNOWN
    exchange: Reading = UNKNOWN
    expectations: Reading = UNKNOWN
    written: Mapping[str, bool] = field(default_factory=dict)


def gate(stage: str, evidence: Evidence, scale: DealScale, *, simple: bool = False) -> Gate:
    """The gate out of a stage (ST1 to ST4) as the playbook lists its points; a small deal has its own list."""
    listed = (scale.simple_gates if simple else scale.gates).get(stage, ())
    return Gate(stage, tuple([_named(code, ITEMS[code](evidence, scale)) for code in listed]))


def gates(evidence: Evidence, scale: DealScale, *, simple: bool = False) -> tuple[Gate, ...]:
    """Every gate on the way to the signature, in order."""
    return tuple(
        gate(stage, evidence, scale, simple=simple) for stage in (scale.simple_gates if simple else scale.gates)
    )


def furthest(all_gates: Iterable[Gate]) -> str | None:
    """The first stage whose gate does not pass: where the deal really stands, whatever the board says."""
    return next((each.stage for each in all_gates if not each.passes), None)


def _named(code: str, item: Item) -> Item:
    return Item(code, *item[1:])


def _counted(have: int, need: int, reading: Reading = UNKNOWN) -> Item:
    return Item("", Mark.MET if have >= need else Mark.MISSING, have, need, reading)


def _decision_maker(evidence: Evidence, _scale: DealScale) -> Item:
    return _counted(evidence.decision_makers, 1)


def _key_needs(evidence: Evidence, _scale: DealScale) -> Item:
    if not evidence.key_people:
        return Item("", Mark.UNKNOWN, reading=evidence.coverage)
    return _counted(evidence.confirmed_keys, evidence.key_people, evidence.coverage)


def _explicit_need(evidence: Evidence, _scale: DealScale) -> Item:
    return _counted(evidence.explicit_needs, 1)


def _requirements(evidence: Evidence, _scale: DealScale) -> Item:
    verdicts = evidence.requirements
    accepted = sum(verdict is Verdict.ACCEPT for verdict in verdicts)
    if not verdicts:
        return Item("", Mark.UNKNOWN)
    if Verdict.RECONSTRUCT in verdicts or Verdict.INVESTIGATE not in verdicts:
        return _counted(accepted, len(verdicts))
    return Item("", Mark.UNKNOWN, accepted, len(verdicts))


def _three_people(evidence: Evidence, _scale: DealScale) -> Item:
    has_solution = bool(evidence.written.get("solved_problem"))
    return Item("", Mark.MET if has_solution else Mark.MISSING, reading=evidence.three_people)


def _value_delivery(evidence: Evidence, scale: DealScale) -> Item:
    return _judged(evidence.value_delivery, need=scale.presentation.value_delivery_from)


def _can_meet(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.can_meet, need=evidence.key_people or None)


def _tops(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.tops, need=evidence.key_people or None)


def _relevance(evidence: Evidence, scale: DealScale) -> Item:
    return _judged(evidence.relevance, need=scale.presentation.relevance_from)


def _fit(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.fit, met="fit")


def _trust(evidence: Evidence, scale: DealScale) -> Item:
    return _judged(evidence.trust, met="passes", need=scale.trust.above)


def _concerns(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.concerns)


def _win_win(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.exchange, met=Exchange.WIN_WIN)


def _expectations(evidence: Evidence, _scale: DealScale) -> Item:
    return _judged(evidence.expectations)


def _judged(reading: Reading, *, met: str = "met", need: float | None = None) -> Item:
    mark = Mark.MET if reading.band == met else Mark.UNKNOWN if reading.band == "unknown" else Mark.MISSING
    have = reading.value if isinstance(reading.value, int | float) else None
    return Item("", mark, have, need, reading)


def _written(what: str) -> Callable[[Evidence, DealScale], Item]:
    def judge(evidence: Evidence, _scale: DealScale) -> Item:
        return Item("", Mark.MET if evidence.written.get(what) else Mark.MISSING)

    return judge


ITEMS: Mapping[str, Callable[[Evidence, DealScale], Item]] = {
    "decision_maker": _decision_maker,
    "key_needs": _key_needs,
    "explicit_need": _explicit_need,
    "requirements": _requirements,
    "three_people": _three_people,
    "value_delivery": _value_delivery,
    "can_meet": _can_meet,
    "top_interests": _tops,
    "relevance": _relevance,
    "fit": _fit,
    "trust": _trust,
    "concerns": _concerns,
    "strategy": _written("strategy"),
    "win_win": _win_win,
    "expectations": _expectations,
    "terms": _written("terms"),
    "contract": _written("contract"),
    "payment_plan": _written("payment_plan"),
}
