"""A button in a card says what it did, and takes it back."""

import pytest

from tests.factories.orders import make_order
from wendu.agreements.models import Order

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_an_order_is_deleted_and_taken_back_from_the_toast(open_page, story):
    make_order(story.customer, need="滤芯到期")
    page = open_page()

    page.goto(story.page_url)
    page.locator("#orders").scroll_into_view_if_needed()
    page.locator("#orders form[action*=deletion] button").click()
    page.wait_for_selector("[data-toast]:has-text('订单已删除')")
    page.wait_for_selector("#orders:has-text('还没有订单')")
    assert Order.objects.get().deleted_at is not None
    page.locator("[data-toast] form button").click()

    page.wait_for_selector("#orders:has-text('滤芯到期')")
    assert Order.objects.get().deleted_at is None
    assert page.faults == []
