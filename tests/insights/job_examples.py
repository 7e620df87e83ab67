"""Orders nobody has looked at yet."""

from tests.cast import call_the_cast
from tests.insights.world import crowd, four
from tests.jobs.twice import example


@example("insights.study")
def orders_nobody_looked_at():
    owner = call_the_cast().alice
    four(owner)
    crowd(owner, "b2b", stay=3, leave=1)
    return {}
