"""A deal worth proving."""

import pytest

from tests.coach.proven import WAN
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from wendu.opportunities.choices import InfluencerRole


@pytest.fixture
def deal(cast):
    """An open deal of Alice's, 95 万."""
    return make_opportunity(make_customer(cast.alice, "桐溪注塑"), "空压站节能改造", amount_minor=95 * WAN)


@pytest.fixture
def boss(deal):
    """Who decides it."""
    contact = make_contact(deal.customer, "韩松")
    make_influencer(deal, contact, InfluencerRole.DECISION_MAKER, weight=5, is_powerful=True)
    return contact
