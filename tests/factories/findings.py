"""Findings about a deal, as short as a test wants to say them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.cast import MONDAY
from wendu.customers.models import Contact
from wendu.discovery.actions import (
    CRITERION,
    DEMAND,
    EFFECT,
    RECONSTRUCTION,
    TRUST_RATING,
    PlanDraft,
    ProblemDraft,
    QuestionDraft,
    write_plan,
)
from wendu.discovery.models import CallPlan
from wendu.offers.actions import CARD, COMPETITOR, CONCERN, EXPECTATION, INTEREST, MESSAGE, SHEET, WORTH
from wendu.opportunities.actions import FindingKind, write_finding
from wendu.opportunities.models import Finding, Opportunity

WRITTEN: tuple[FindingKind[Any], ...] = (
    DEMAND, RECONSTRUCTION, CRITERION, EFFECT, TRUST_RATING, INTEREST, CARD, MESSAGE, CONCERN, COMPETITOR, WORTH,
    EXPECTATION, SHEET,
)  # fmt: skip
KINDS: dict[str, FindingKind[Any]] = {kind.name: kind for kind in WRITTEN}


def values_of(kind: str, contact: Contact | None = None, /, **more: Any) -> dict[str, Any]:
    """What is needed to write one down, and whatever else a test says of it."""
    who = {"contact_id": contact.pk} if contact is not None else {}
    needed: dict[str, dict[str, Any]] = {
        "demand": {"requirement": "换机不停产", **who},
        "reconstruction": {"requirement": "轮着换，旁路先通气", "told_on": MONDAY.date()},
        "criterion": {"name": "不停产", "weight": 5},
        "effect": {"people": "self", "problem": "夜里白跑"},
        "trustrating": {"rated_on": MONDAY.date(), "credibility": 8, **who},
        "interest": {"interest": "revenue", "importance": 5, **who},
        "benefitcard": {"interest": "revenue", "feature": "联控", **who},
        "valuemessage": {"message": "can_meet", "said_on": MONDAY.date(), **who},
        "concern": {"kind": "change", "what": "停机误交货", "severity": 4, "raised_on": MONDAY.date(), **who},
        "competitor": {"name": "海川"},
        "worth": {"price_minor": 100},
        "expectation": {"goal": "电费降下来"},
        "dealsheet": {"strategy": "从设备部进去"},
        "solutionpoint": {"interest": "cost", "feature": "联控", "evidence_kind": "data", "evidence": "半年电费单"},
        "solutioncase": {"customer_kind": "注塑厂，300 人", "result": "一年省 31 万"},
    }
    return needed[kind] | more


def make_finding(
    opportunity: Opportunity, kind: str, contact: Contact | None = None, /, *, at: datetime = MONDAY, **more: Any
) -> Any:
    """Write one down as the owner of the deal."""
    finding: Finding = write_finding(
        KINDS[kind],
        opportunity=opportunity,
        values=values_of(kind, contact, **more),
        actor=opportunity.owner,
        at=at,
    )
    return finding


def make_plan(opportunity: Opportunity, contact: Contact, /, *, at: datetime = MONDAY, **more: Any) -> CallPlan:
    """Prepare a talk as the owner of the deal."""
    asked = (
        QuestionDraft(kind="S", text="一天停几次？"),
        QuestionDraft(kind="P", text="上次停在哪台？", problem="夜里白跑"),
        QuestionDraft(kind="I", text="停一次误多少货？", problem="夜里白跑"),
        QuestionDraft(kind="N", text="不停了先保哪家？", problem="夜里白跑"),
    )
    draft = PlanDraft(
        contact_id=contact.pk,
        objective=f"{contact.name}带我看老机",
        objective_on=at.date(),
        problems=(ProblemDraft(name="夜里白跑", solution="联控"),),
        questions=asked,
    )
    draft = replace(draft, **more)
    return write_plan(
        customer=opportunity.customer, opportunity=opportunity, draft=draft, actor=opportunity.owner, at=at
    )
