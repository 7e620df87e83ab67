"""Lists sorted by today's temperature: exact by either way."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coach.world import TODAY
from tests.factories import make_customers
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.coach.queries import StandingFilter, half_lives, hottest, page_of
from wendu.coach.rows import cool_key

pytestmark = pytest.mark.django_db


def stand(customer, frame, *, heat: float, ago: int, half_life: float) -> Standing:
    on = TODAY - timedelta(days=ago)
    axis = frame.axis.at(on)
    return Standing(
        customer=customer,
        owner=customer.owner,
        team=customer.team,
        status="in_pursuit",
        heat=heat,
        heat_on=on,
        cools_from=on,
        cools_from_axis=axis,
        half_life_days=half_life,
        cool_key=cool_key(heat, axis, half_life),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.lists(
        st.tuples(st.floats(0, 100, width=32), st.integers(-10, 200), st.integers(0, 9)), min_size=1, max_size=25
    )
)
def test_sorting_and_merging_give_the_same_true_order(cast, facts):
    Standing.objects.all().delete()
    frame = Frame.on(TODAY)
    paces = half_lives(frame.scale)
    customers = make_customers(cast.alice, len(facts))
    Standing.objects.bulk_create(
        stand(customer, frame, heat=heat, ago=ago, half_life=paces[pace % len(paces)])
        for customer, (heat, ago, pace) in zip(customers, facts, strict=True)
    )
    rows = Standing.objects.all()

    by_sorting = hottest(rows, frame, offset=0, limit=50)
    by_merging = hottest(rows, frame, offset=0, limit=50, is_wide=True)

    truth = sorted((heat_today(row, frame) for row in rows), reverse=True)
    assert [heat_today(row, frame) for row in by_sorting] == pytest.approx(truth)
    assert [heat_today(row, frame) for row in by_merging] == pytest.approx(truth)


def test_an_outsider_sees_an_empty_list(cast):
    frame = Frame.on(TODAY)
    customers = make_customers(cast.alice, 3)
    Standing.objects.bulk_create(stand(row, frame, heat=50, ago=1, half_life=14.0) for row in customers)

    assert page_of(cast.charlie, StandingFilter(), frame).rows == ()
    assert len(page_of(cast.alice, StandingFilter(), frame).rows) == 3
    assert len(page_of(cast.mona, StandingFilter(), frame).rows) == 3
    assert len(page_of(cast.eve, StandingFilter(), frame, limit=2).rows) == 2
