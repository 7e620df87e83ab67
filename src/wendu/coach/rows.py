"""From what the method says stands, to the rows that lists sort on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from wendu.coach.explain import class_judgement
from wendu.coach.facts import Course
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.method.codes import Axis, Quadrant, Status
from wendu.method.facts import Context
from wendu.method.journey import DealFacts, Journey, StandingFacts, standing
from wendu.method.reading import Reading as Judgement
from wendu.method.standing import HeatFacts
from wendu.opportunities.facts import OpenDeal

NO_SINGLE_CLASS = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """What a standing copies from its customer, so that lists need one table."""

    owner_id: int | None
    team_id: int | None
    is_hidden: bool


def current(journey: Journey, ctx: Context, today: date) -> StandingFacts:
    """What stands today: re-based on each day that has passed on which something had to change."""
    facts = standing(journey, ctx)
    while facts.changes and facts.changes[0].on <= today:
        facts = standing(journey, ctx, facts.changes[0].on)
    return facts


def standing_row(
    course: Course, facts: StandingFacts, frame: Frame, copies: Copies, judged: Judgement | None = None
) -> Standing:
    """The typed row of one customer; whoever has judged its class already hands the judgement on."""
    window, gap = facts.window, facts.gap
    judged = judged or class_judgement(course, facts.as_of or frame.today)
    amounts = [d.amount_minor for d in course.deals if d.amount_minor is not None and d.currency == frame.currency]
    opened = [deal.opened_on for deal in course.deals if deal.opened_on is not None]
    return Standing(
        customer_id=course.customer_id,
        owner_id=copies.owner_id,
        team_id=copies.team_id,
        is_hidden=copies.is_hidden,
        status=facts.status.value,
        in_pursuit=facts.status is Status.IN_PURSUIT,
        quadrant=class_symbol(facts.quadrant),
        is_provisional=judged.provisional,
        **axis_columns(judged),
        class_since=facts.class_since,
        window_from=window.start_on if window else None,
        expected_on=window.expected_on if window else None,
        deadline_on=window.deadline_on if window else None,
        hard_on=window.hard_on if window else None,
        due_on=facts.due_on,
        revisit_on=facts.revisit_due_on,
        reorder_on=facts.reorder_due_on,
        review_on=facts.review_due_on,
        light_on=facts.track.due_on if facts.track else None,
        reply_on=facts.track.ended_on if facts.track and facts.status is Status.NURTURING else None,
        wake_on=facts.wake_on,
        open_amount_minor=sum(amounts) if amounts else None,
        oldest_deal_on=min(opened, default=None),
        stage=max((deal.stage for deal in course.deals), default=""),
        latest_touch_on=course.touched_on,
        latest_order_on=course.journey.ordered_on,
        next_change_on=facts.changes[0].on if facts.changes else None,
        pack_version=frame.version,
        gap_on=gap.cold_on if gap else None,
        severe_on=gap.severe_on if gap else None,
        **heat_columns(facts.heat, frame),
    )


def deal_row(course: Course, facts: StandingFacts, deal: OpenDeal, frame: Frame, copies: Copies) -> DealStanding | None:
    """The typed row of one open opportunity; nothing for one the journey does not know as open."""
    found = next((held for held in facts.deals if held.deal == deal.id), None)
    if found is None:
        return None
    return DealStanding(
        opportunity_id=deal.id,
        customer_id=course.customer_id,
        owner_id=deal.owner_id or copies.owner_id,
        stage=deal.stage,
        amount_minor=deal.amount_minor if deal.currency == frame.currency else None,
        opened_on=deal.opened_on,
        team_id=copies.team_id,
        quadrant=class_symbol(facts.quadrant),
        gap_on=facts.gap.cold_on if facts.gap else None,
        severe_on=facts.gap.severe_on if facts.gap else None,
        **strike_columns(found),
        **heat_columns(found.heat, frame),
    )


def axis_columns(judged: Judgement) -> dict[str, Any]:
    """The scores the class was judged by; an axis without an answer has none."""
    found = {reason.code: reason.numbers["value"] for reason in judged.reasons if reason.code.endswith("_score")}
    return {axis.value: found.get(f"{axis}_score") for axis in Axis}


def strike_columns(deal: DealFacts) -> dict[str, date | None]:
    """Where the strike alert of a deal stands in its life."""
    is_open = deal.strike == "open"
    return {
        "capped_from": deal.capped_from,
        "strike_since": deal.strike_since if is_open else None,
        "strike_rests_until": deal.strike_agreed_on,
        "reopens_on": deal.reopens_on,
        "missed_on": deal.missed_on,
    }


def heat_columns(heat: HeatFacts, frame: Frame) -> dict[str, Any]:
    """The closed form of a temperature on the organisation's axis of days."""
    axis_at = frame.axis.at(heat.cools_from) if heat.cools_from else None
    below: Mapping[float, date | None] = {mark.threshold: mark.on for mark in heat.below}
    return {
        "heat": heat.level,
        "heat_on": heat.on,
        "counted_on": heat.counted_on,
        "cools_from": heat.cools_from,
        "cools_from_axis": axis_at,
        "half_life_days": heat.half_life_days,
        "cool_key": cool_key(heat.level, axis_at, heat.half_life_days),
        **{f"below_{mark}_on": below.get(mark) for mark in (80, 60, 40, 20)},
    }


def cool_key(level: float, cools_from_axis: int | None, half_life_days: float) -> float | None:
    """One number that orders all temperatures of one half-life on any day; none for a customer without heat."""
    if level <= 0 or cools_from_axis is None:
        return None
    return log2(level) + cools_from_axis / half_life_days


def class_symbol(quadrant: Quadrant) -> str:
    """The letter of a class; empty while unclassified."""
    return NO_SINGLE_CLASS if quadrant is Quadrant.UNCLASSIFIED else quadrant.value
