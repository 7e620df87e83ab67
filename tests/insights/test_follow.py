"""A score follows the orders of its customer at once."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from tests.factories.orders import make_order
from wendu.agreements.actions import cancel_order
from wendu.insights.models import Score

pytestmark = pytest.mark.django_db


def test_an_order_written_down_is_in_the_score_and_a_cancelled_one_is_not(cast, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice, "新客户")

    with django_capture_on_commit_callbacks(execute=True):
        order = make_order(customer)
    assert (Score.objects.get().stage, Score.objects.get().revenue_minor) == ("growth", 160_000)

    with django_capture_on_commit_callbacks(execute=True):
        cancel_order(order=order, reason="预算砍了", actor=cast.alice, at=MONDAY)
    assert (Score.objects.get().stage, Score.objects.get().revenue_minor) == ("introduction", 0)
