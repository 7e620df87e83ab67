"""Opportunities, who decides them, and how they end."""

from datetime import date, datetime
from itertools import count

from tests.cast import MONDAY
from wendu.customers.models import Contact, Customer
from wendu.opportunities.actions import close_opportunity, open_opportunity, set_influencer
from wendu.opportunities.choices import InfluencerRole, LossReason, Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity

_numbers = count(1)


def make_opportunity(
    customer: Customer,
    title: str = "",
    *,
    opened_on: date | None = MONDAY.date(),
    stage: Stage = Stage.ST1,
    at: datetime = MONDAY,
    owner=None,
    actor=None,
    **details,
) -> Opportunity:
    """An opportunity opened by the customer's owner, who also owns it unless told."""
    return open_opportunity(
        customer=customer,
        title=title or f"商机{next(_numbers)}",
        owner=owner or customer.owner,
        opened_on=opened_on,
        actor=actor or customer.owner,
        at=at,
        details=details,
        stage=stage,
    )


def make_influencer(opportunity: Opportunity, contact: Contact, role: InfluencerRole = InfluencerRole.USER, **details):
    """A contact's part in a decision."""
    return set_influencer(
        opportunity=opportunity, contact=contact, role=role, actor=opportunity.owner, at=MONDAY, details=details
    )


def win(opportunity: Opportunity, on: date = MONDAY.date(), *, at: datetime = MONDAY, **more) -> Closure:
    """Win an opportunity from wherever it stands."""
    return close_opportunity(
        opportunity=opportunity,
        outcome=Outcome.WON,
        closed_on=on,
        actor=opportunity.owner,
        at=at,
        through_stages=True,
        **more,
    )


def lose(opportunity: Opportunity, on: date = MONDAY.date(), *, at: datetime = MONDAY, **more) -> Closure:
    """Lose an opportunity, for no known reason unless told."""
    return close_opportunity(
        opportunity=opportunity,
        outcome=Outcome.LOST,
        closed_on=on,
        actor=opportunity.owner,
        at=at,
        **{"reason": LossReason.UNKNOWN, **more},
    )
