"""The open deals of a team, warmest first: the same by sorting them all and by reading an index per half-life."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coach.world import TODAY
from tests.factories import make_customer, make_opportunity
from tests.laws import examples
from wendu.coach import ways
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.coach.orders import Mark, half_lives
from wendu.coach.rows import cool_key
from wendu.coach.warmest import warmest_deals

pytestmark = pytest.mark.django_db
FACTS = st.tuples(
    st.sampled_from([0.0, 15.0, 15.0, 62.5, 100.0]) | st.floats(0.125, 100, width=32), st.integers(-10, 60)
)


@pytest.fixture
def deals(cast):
    """Twelve deals of alice, one of somebody outside her team."""
    own = make_customer(cast.alice)
    mine = [make_opportunity(own, owner=cast.alice).pk for _ in range(12)]
    return mine, make_opportunity(make_customer(cast.charlie), owner=cast.charlie).pk


@pytest.mark.parametrize("many", [20_000, 0], ids=["collecting", "walking"])
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(FACTS, min_size=13, max_size=13), size=st.integers(1, 14), places=st.integers(0, 7))
def test_pages_of_deals_follow_each_other_in_the_true_order(cast, deals, monkeypatch, many, facts, size, places):
    frame = Frame.on(TODAY)
    paces = half_lives(frame.scale)
    mine, foreign = deals
    told = {}
    for number, (pk, (heat, ago)) in enumerate(zip([*mine, foreign], facts, strict=True)):
        on, pace = TODAY - timedelta(days=ago), paces[(number * places) % len(paces)]
        axis = frame.axis.at(on)
        told[pk] = heat * 2 ** (-max(0, frame.axis.at(TODAY) - axis) / pace)
        DealStanding.objects.filter(pk=pk).update(
            heat=heat, cools_from=on, cools_from_axis=axis, half_life_days=pace, cool_key=cool_key(heat, axis, pace)
        )
    monkeypatch.setattr(ways, "MANY", many)
    monkeypatch.setattr(ways, "FEW", many)

    read, mark = [], None
    while rows := warmest_deals(cast.mona, frame, after=mark, limit=size):
        read += [row.pk for row in rows]
        mark = Mark(rows[-1].warm, rows[-1].pk)
    back, mark = [], Mark(None, 2**62)
    while rows := warmest_deals(cast.mona, frame, before=mark, limit=size):
        back = [row.pk for row in rows] + back
        mark = Mark(rows[0].warm, rows[0].pk)

    assert sorted(read) == sorted(mine)
    assert [round(told[pk], 6) for pk in read] == sorted((round(told[pk], 6) for pk in mine), reverse=True)
    assert back == read
