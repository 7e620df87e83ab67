"""Who left, or is pursued no more, has no next step on the page; who planned one all the same sees it."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY
from tests.factories import make_customer, make_opportunity, win
from wendu.agenda.actions import plan_step
from wendu.coach.churn import declare_churned
from wendu.customers.actions import drop_pursuit

pytestmark = pytest.mark.django_db


def test_the_page_of_who_left_says_so_instead_of_a_next_step(cast, look):
    customer = make_customer(cast.alice, "桐溪注塑", at=MONDAY - timedelta(days=400))
    win(make_opportunity(customer, opened_on=TODAY - timedelta(days=380)), TODAY - timedelta(days=365))
    url = f"/customers/{customer.uuid}/"
    assert "不再安排跟进" not in look(url)

    declare_churned(customer=customer, reason="found_better", actor=cast.alice, at=MONDAY)

    page = look(url)
    assert "已流失：" in page
    assert "重新跟进" in page
    assert "要拿到什么" not in page
    assert "Left:" in look(url, language="en")


def test_a_step_planned_with_who_is_pursued_no_more_is_still_shown(cast, look):
    customer = make_customer(cast.alice, "远汀化纤")
    drop_pursuit(customer=customer, reason="no_fit", actor=cast.alice, at=MONDAY)
    url = f"/customers/{customer.uuid}/"
    assert "已不再跟进：" in look(url)

    plan_step(customer=customer, user=cast.alice, do="年底再问一次", planned_on=TODAY, actor=cast.alice, at=MONDAY)

    page = look(url)
    assert "已不再跟进：" not in page
    assert "年底再问一次" in page
