"""A world in which standings are missing."""

from tests.cast import call_the_cast
from tests.factories.customers import make_customers
from tests.jobs.twice import example


@example("coach.recompute")
def customers_without_standings():
    make_customers(call_the_cast().alice, 5)
    return {}
