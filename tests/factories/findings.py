"""Findings about a deal, as short as a test wants to say them."""

from datetime import datetime
from typing import Any

from tests.cast import MONDAY
from wendu.customers.models import Contact
from wendu.discovery.actions import CRITERION, DEMAND, EFFECT, TRUST_RATING
from wendu.offers.actions import CARD, CONCERN, INTEREST, MESSAGE, SHEET, WORTH
from wendu.opportunities.actions import FindingKind, write_finding
from wendu.opportunities.models import Finding, Opportunity

KINDS: dict[str, FindingKind[Any]] = {
    kind.name: kind
    for kind in (DEMAND, CRITERION, EFFECT, TRUST_RATING, INTEREST, CARD, MESSAGE, CONCERN, WORTH, SHEET)
}


def values_of(kind: str, contact: Contact | None = None, /, **more: Any) -> dict[str, Any]:
    """What is needed to write one down, and whatever else a test says of it."""
    who = {"contact_id": contact.pk} if contact is not None else {}
    needed: dict[str, dict[str, Any]] = {
        "demand": {"requirement": "换机不停产", **who},
        "criterion": {"name": "不停产", "weight": 5},
        "effect": {"people": "self", "problem": "夜里白跑"},
        "trustrating": {"rated_on": MONDAY.date(), "credibility": 8, **who},
        "interest": {"interest": "revenue", "importance": 5, **who},
        "benefitcard": {"interest": "revenue", "feature": "联控", **who},
        "valuemessage": {"message": "can_meet", "said_on": MONDAY.date(), **who},
        "concern": {"kind": "change", "what": "停机误交货", "severity": 4, "raised_on": MONDAY.date(), **who},
        "worth": {"price_minor": 100},
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
