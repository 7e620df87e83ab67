"""Things to test with: made by the real actions, or in bulk as rows when many are needed."""

from tests.factories.customers import make_contact, make_customer, make_customers
from tests.factories.opportunities import lose, make_influencer, make_opportunity, win

__all__ = [
    "lose",
    "make_contact",
    "make_customer",
    "make_customers",
    "make_influencer",
    "make_opportunity",
    "win",
]
