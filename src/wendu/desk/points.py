"""The talk sheet of one person: the points of ours meant for him, how far each is proven, and how many touch a need."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from wendu.coach.frame import Frame
from wendu.discovery.models import CallPlan
from wendu.method.deals.benefits import Card, relevance
from wendu.method.deals.codes import CardStatus, Interest
from wendu.offers.models import BenefitCard

STATUS: Mapping[CardStatus, tuple[str, Promise]] = {
    CardStatus.PROVEN: ("ok", pgettext_lazy("point", "proven")),
    CardStatus.UNPROVEN: ("wait", pgettext_lazy("point", "bring evidence")),
    CardStatus.ADVANTAGE_ONLY: ("line", pgettext_lazy("point", "touches no need of theirs: leave it out")),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what it is, what they have of it, its evidence."""

    interest: str
    feature: str
    benefit: str
    evidence: str
    css: str
    status: str


@dataclass(frozen=True, slots=True)
class TalkSheet:
    """The points for one person; relevance is the share that touches a confirmed need, in per cent."""

    points: tuple[Point, ...]
    relevance: float | None
    line: float
    is_standard_deck: bool


def talk_sheet(plan: CallPlan, frame: Frame) -> TalkSheet | None:
    """The points of the deal meant for the person of a plan or for everybody, proven ones first (one query)."""
    if plan.opportunity_id is None:
        return None
    rows = BenefitCard.objects.standing().filter(opportunity=plan.opportunity_id).select_related("demand")
    cards = [each for each in rows.order_by("pk") if each.contact_id in (None, plan.contact_id)]
    linked = sum(each.demand is not None and each.demand.confirmed_on is not None for each in cards)
    scale = frame.scale.deal.presentation
    found = relevance(len(cards), linked, scale)
    ranked = sorted(cards, key=lambda each: list(STATUS).index(_status(each)))
    return TalkSheet(
        points=tuple(_point(each) for each in ranked),
        relevance=float(found.value) if isinstance(found.value, int | float) else None,
        line=scale.relevance_from,
        is_standard_deck=found.band == "missing",
    )


def _point(card: BenefitCard) -> Point:
    css, words = STATUS[_status(card)]
    benefit = card.benefit or card.advantage
    return Point(card.get_interest_display(), card.feature, benefit, card.evidence, css, str(words))


def _status(card: BenefitCard) -> CardStatus:
    return Card(card.contact_id, Interest(card.interest), card.demand_id is not None, int(bool(card.evidence))).status
