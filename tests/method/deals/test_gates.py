"""Gates and the five elements: the examples of their page, and that no unknown passes."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each, said
from wendu.method.deals.benefits import relevance
from wendu.method.deals.chain import coverage
from wendu.method.deals.codes import ConcernState, NeedState, Role, Verdict
from wendu.method.deals.concerns import Concern, open_concerns
from wendu.method.deals.elements import five_elements
from wendu.method.deals.exchange import Offer, Sale, win_win
from wendu.method.deals.gates import ITEMS, UNKNOWN, Evidence, furthest, gate, gates
from wendu.method.deals.people import Person
from wendu.method.deals.trust import Trust, deal_trust
from wendu.method.reading import Reading
from wendu.playbooks.deal import GateItem

TODAY = date(2026, 11, 26)
SCALE = standard().deal
BOSS = Person(1, Role.DECISION_MAKER, 5, need=NeedState.CONFIRMED)
MET = Reading(100.0, "met")
WRITTEN = dict.fromkeys(("solved_problem", "strategy", "terms", "contract", "payment_plan"), True)


def trusted(value: float | None) -> Reading:
    """The trust of a deal with one decision-maker."""
    return deal_trust([(BOSS, Trust(value))], TODAY, SCALE)


IN_ORDER = Evidence(
    decision_makers=1,
    key_people=1,
    confirmed_keys=1,
    coverage=coverage([BOSS], SCALE),
    explicit_needs=1,
    requirements=(Verdict.ACCEPT,),
    three_people=Reading(33.3, "solution"),
    value_delivery=MET,
    can_meet=MET,
    tops=MET,
    relevance=MET,
    fit=Reading(100.0, "fit"),
    trust=trusted(80.0),
    concerns=open_concerns((), SCALE.concerns),
    exchange=win_win(Offer(150.0, 20.0, 95.0), (), Sale(95.0, 70.0), SCALE.exchange),
    expectations=MET,
    written=WRITTEN,
)
WORSE = {
    "": {},
    "no people": {"decision_makers": 0, "key_people": 0, "confirmed_keys": 0, "coverage": coverage([], SCALE)},
    "need only stated": {"confirmed_keys": 0},
    "no explicit need": {"explicit_needs": 0},
    "requirement under investigation": {"requirements": (Verdict.ACCEPT, Verdict.INVESTIGATE)},
    "no solved problem": {"written": WRITTEN | {"solved_problem": False}},
    "nothing shown": {"relevance": relevance(0, 0, SCALE.presentation)},
    "trust not rated": {"trust": trusted(None)},
    "concern of severity 5": {"concerns": open_concerns([Concern(1, 5, ConcernState.OPEN)], SCALE.concerns)},
    "no strategy": {"written": WRITTEN | {"strategy": False}},
    "price below the floor": {"exchange": win_win(Offer(150.0, 20.0, 75.0), (), Sale(75.0, 70.0), SCALE.exchange)},
    "expectations unknown": {"expectations": UNKNOWN},
    "no payment plan": {"written": WRITTEN | {"payment_plan": False}},
}


def evidence(what: str) -> Evidence:
    """A deal in order but for one thing."""
    return replace(IN_ORDER, **WORSE[what])  # type: ignore[arg-type]


@each("gates", "one gate at a time")
def test_one_gate_at_a_time(row: Example) -> None:
    found = gate(row["out of"], evidence(row["what is not in order"]), SCALE)

    assert found.passes is (row["passes"] == "yes")
    assert [item.code for item in found.open_items] == row["open points"].split()


@each("gates", "five elements")
def test_five_elements(row: Example) -> None:
    found = five_elements(
        evidence(row["what is not in order"]), SCALE, won=row["won"] == "yes", needs_met=said(row["needs met"])
    )

    assert list(found) == row["strip"].split()


def test_where_a_deal_really_stands() -> None:
    assert furthest(gates(IN_ORDER, SCALE)) is None
    assert furthest(gates(evidence("trust not rated"), SCALE)) == "ST3"
    assert furthest(gates(Evidence(), SCALE)) == "ST1"


def test_a_simple_deal_passes_its_first_stages_in_one() -> None:
    assert gate("ST1", Evidence(), SCALE, simple=True).passes
    assert not gate("ST3", Evidence(), SCALE, simple=True).passes
    assert gate("ST3", evidence("no strategy"), SCALE, simple=True).passes


def test_the_playbook_can_ask_for_every_point_there_is() -> None:
    assert {item.value for item in GateItem} == set(ITEMS)


def test_nothing_known_passes_no_gate() -> None:
    for stage in ("ST1", "ST2", "ST3", "ST4"):
        assert not any(item.mark == "met" for item in gate(stage, Evidence(), SCALE).items), stage


READINGS = [part.name for part in fields(Evidence) if isinstance(getattr(IN_ORDER, part.name), Reading)]
LOOKED_AT = sorted(set(READINGS) - {"coverage", "three_people"})


@pytest.mark.parametrize("name", LOOKED_AT)
def test_one_unknown_reading_closes_exactly_one_gate_and_says_unknown(name: str) -> None:
    found = gates(replace(IN_ORDER, **{name: UNKNOWN}), SCALE)  # type: ignore[arg-type]

    open_ = [item for judged in found for item in judged.open_items]
    assert [item.mark for item in open_] == ["unknown"]


@given(st.lists(st.sampled_from(sorted(set(WORSE) - {""})), max_size=4, unique=True))
def test_a_gate_passes_only_with_every_point_met(broken: list[str]) -> None:
    found = IN_ORDER
    for what in broken:
        found = replace(found, **WORSE[what])  # type: ignore[arg-type]

    for judged in gates(found, SCALE):
        assert judged.passes is not bool(judged.open_items)
