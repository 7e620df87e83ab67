"""A deal with one decision-maker, and what proves each of its gates."""

from datetime import timedelta

from tests.cast import MONDAY
from tests.factories.findings import make_finding
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame

TODAY = MONDAY.date()
DAY = timedelta(days=1)
WAN = 1_000_000


def case_of(deal):
    return deal_case(deal, Frame.at(MONDAY))


def open_points(deal, stage):
    return [item.code for item in case_of(deal).gate_of(stage).open_items]


def prove_demand(deal, boss):
    """Everything the first gate asks for."""
    need = make_finding(
        deal,
        "demand",
        boss,
        need="年底交货不误",
        kind="explicit",
        quote="停一天就交不上",
        confirmed_on=TODAY,
        fit=8,
        is_best_for_them=True,
        capability="yes",
    )
    make_finding(deal, "criterion", ours=8, rivals={"海川": 7})
    make_finding(deal, "effect", solution="变频", save_minor=31 * WAN)
    return need


def prove_presentation(deal, boss, need):
    """Everything the second gate asks for."""
    make_finding(deal, "interest", boss, interest="revenue", importance=5)
    make_finding(
        deal,
        "benefitcard",
        boss,
        demand_id=need.pk,
        interest="revenue",
        evidence_kind="case",
        evidence="样板站",
        shown_on=TODAY,
    )
    for message in ("can_meet", "creates_value", "better"):
        make_finding(deal, "valuemessage", boss, message=message, state="acknowledged", words="你们行")


def prove_trust(deal, boss):
    """Everything the third gate asks for."""
    make_finding(deal, "trustrating", boss, reliability=8, intimacy=7, self_orientation=2, delivery=8)


WHOLE = {
    "goal": "电费降下来",
    "expected": 20,
    "unit": "%",
    "due_on": TODAY + 90 * DAY,
    "promised": 20,
    "typical": 20,
    "best": 30,
    "solution": "变频联控",
    "safeguards": "备机在场",
    "judged_by": "单件电耗",
    "accepted_when": "三个月均值降两成",
}
"""An expectation with its four parts, within reach."""


def prove_exchange(deal):
    """What makes the fourth gate: what they expect is written, and both sides gain."""
    make_finding(deal, "expectation", **WHOLE)
    make_finding(
        deal,
        "worth",
        product_minor=90 * WAN,
        service_minor=35 * WAN,
        personnel_minor=15 * WAN,
        image_minor=10 * WAN,
        money_minor=0,
        time_minor=10 * WAN,
        energy_minor=5 * WAN,
        worry_minor=5 * WAN,
        price_minor=None,
        cost_minor=70 * WAN,
    )


def prove_cause(deal, boss, cause):
    """Evidence from which a deal does not close for one of the four causes."""
    messages = ("can_meet",) if cause == "C1" else ("can_meet", "creates_value", "better")
    for message in messages:
        make_finding(deal, "valuemessage", boss, message=message, state="acknowledged", words="你们行")
    if cause == "C2":
        rated = {"credibility": 5, "reliability": 5, "intimacy": 4, "self_orientation": 6, "delivery": 5}
        make_finding(deal, "trustrating", boss, **rated)
    else:
        prove_trust(deal, boss)
    prove_exchange(deal)
    worth = {"C3": 170, "C4": 150}.get(cause, 100)
    make_rival(deal, "海川", worth=worth * WAN, price=(80 if cause == "C4" else 95) * WAN)


def make_rival(deal, name, *, worth, price):
    """Another supplier, worth and asking so much, without any trouble."""
    nothing = ("service", "personnel", "image", "money", "time", "energy", "worry")
    make_finding(
        deal,
        "worth",
        rival=name,
        product_minor=worth,
        price_minor=price,
        **{f"{part}_minor": 0 for part in nothing},
    )
