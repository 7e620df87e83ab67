"""A score follows the orders of its customer at once."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from tests.factories.orders import make_order
from wendu.agreements.actions import begin_subscription, cancel_order, write_return
from wendu.insights.models import Score
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db


def test_an_order_written_down_is_in_the_score_and_a_cancelled_one_is_not(cast, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice, "新客户")

    with django_capture_on_commit_callbacks(execute=True):
        order = make_order(customer)
    assert (Score.objects.get().stage, Score.objects.get().revenue_minor) == ("growth", 160_000)

    with django_capture_on_commit_callbacks(execute=True):
        cancel_order(order=order, reason="预算砍了", actor=cast.alice, at=MONDAY)
    assert (Score.objects.get().stage, Score.objects.get().revenue_minor) == ("introduction", 0)


def test_what_went_back_and_a_fee_in_force_are_in_the_score_at_once(cast, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice, "新客户")
    with django_capture_on_commit_callbacks(execute=True):
        order = make_order(customer)
        write_return(
            order=order, values={"returned_on": order.ordered_on, "gross_minor": 60_000}, actor=cast.alice, at=now()
        )

    assert Score.objects.get().revenue_minor == 100_000

    with django_capture_on_commit_callbacks(execute=True):
        follower = make_customer(cast.alice, "有维保的")
        fee = {"item": "维保", "fee_minor": 50_000, "began_on": order.ordered_on, "term_months": 12}
        begin_subscription(customer=follower, values=fee, actor=cast.alice, at=now())

    assert Score.objects.filter(pk=follower.pk).exists()
