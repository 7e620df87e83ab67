"""Standings as the plan of a day reads them: hundreds at once, only the columns it judges by, no models."""

from datetime import date
from typing import NamedTuple

from wendu.coach.models import DealStanding, Standing


class LeanStanding(NamedTuple):
    """What the plan of a day needs of a customer's standing."""

    customer_id: int
    status: str
    in_pursuit: bool
    quadrant: str
    heat: float
    cools_from_axis: int | None
    half_life_days: float
    gap_on: date | None
    severe_on: date | None
    window_from: date | None
    expected_on: date | None
    deadline_on: date | None
    hard_on: date | None
    due_on: date | None
    revisit_on: date | None
    reorder_on: date | None
    review_on: date | None
    light_on: date | None
    reply_on: date | None
    open_amount_minor: int | None
    latest_touch_on: date | None
    latest_order_on: date | None

    @property
    def pk(self) -> int:
        """The customer, which is the key of its standing."""
        return self.customer_id


class LeanDeal(NamedTuple):
    """What the plan of a day needs of an open deal's standing."""

    opportunity_id: int
    customer_id: int
    heat: float
    cools_from_axis: int | None
    half_life_days: float
    capped_from: date | None
    strike_since: date | None
    missed_on: date | None
    opened_on: date | None

    @property
    def pk(self) -> int:
        """The opportunity, which is the key of its standing."""
        return self.opportunity_id


def lean_standing(row: Standing) -> LeanStanding:
    """The same of a standing that was judged just now and never stored."""
    return LeanStanding(*[getattr(row, name) for name in LeanStanding._fields])


def lean_deal(row: DealStanding) -> LeanDeal:
    """The same of a deal."""
    return LeanDeal(*[getattr(row, name) for name in LeanDeal._fields])
