"""The contracts of the demo: one year follows the other, and somebody's frame is about to end."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity, win
from tests.insights.world import bought
from wendu.agreements.models import Contract
from wendu.ops.simulator.contracts import write_contracts

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def test_care_runs_on_year_by_year_and_each_contract_takes_the_place_of_the_one_before(cast):
    bureau = make_customer(cast.alice, "市政务中心", market="b2g")
    deal = make_opportunity(
        bureau, product="公共机构空压站托管", amount_minor=40_000_000, opened_on=TODAY - timedelta(days=900)
    )
    win(deal, TODAY - timedelta(days=800))

    assert write_contracts(MONDAY) == 3

    first, second, third = Contract.objects.order_by("starts_on")
    assert [row.state for row in (first, second, third)] == ["ended", "ended", "running"]
    assert (second.follows, third.follows) == (first, second)
    assert third.ends_on > TODAY
    assert {row.kind for row in (first, second, third)} == {"service"}


def test_who_orders_all_the_time_has_a_frame_that_is_about_to_end(cast):
    steady = make_customer(cast.alice, "城南五金")
    bought(steady, *(7 * week for week in range(10)))
    bought(make_customer(cast.alice, "偶尔买的"), 10, 60)

    write_contracts(MONDAY)

    row = Contract.objects.get()
    assert (row.customer, row.kind, row.notice_days) == (steady, "frame", 60)
    assert 0 < (row.ends_on - TODAY).days <= row.notice_days
