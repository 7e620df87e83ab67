"""Dragging a deal to its next stage: refused with what is missing, then moved with a reason."""

import pytest

from wendu.opportunities.models import Opportunity

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BOARD = "/opportunities/board/"


def test_a_deal_dragged_on_is_refused_with_what_is_missing_and_moves_with_a_reason(open_page, story):
    page = open_page()
    page.goto(BOARD)
    card = page.locator("[data-deal]").first

    card.drag_to(page.locator('[data-stage="ST2"]'))

    drawer = page.get_by_role("dialog")
    drawer.get_by_role("heading", name="缺 4 项证据").wait_for()
    assert drawer.get_by_role("link", name="记下他的原话").count() == 1
    assert page.locator('[data-stage="ST1"] [data-deal]').count() == 1
    assert all("422" in fault for fault in page.faults)  # a refusal is no fault
    page.faults.clear()

    drawer.locator("[name=reason]").fill("老板当面答应了")
    drawer.locator("footer button").click()

    page.locator('[data-stage="ST2"] [data-deal]').wait_for()
    assert page.locator('[data-stage="ST1"] [data-deal]').count() == 0
    assert Opportunity.objects.get(pk=story.deal.pk).stage == "ST2"
    assert page.faults == []


def test_on_a_phone_and_with_keys_the_menu_of_the_card_does_the_same(open_page, story):
    page = open_page({"width": 390, "height": 844})
    page.goto(BOARD)
    page.locator("[data-deal] summary[title]").first.press("Enter")
    page.get_by_role("link", name="推进到 ST2").press("Enter")

    drawer = page.get_by_role("dialog")
    drawer.get_by_role("heading", name="缺 4 项证据").wait_for()
    assert drawer.locator("[name=to_stage]").input_value() == "ST2"
    assert page.faults == []


def test_without_a_script_the_way_on_is_a_page_and_leads_back(open_page, story):
    page = open_page(java_script_enabled=False)
    page.goto(BOARD)
    page.locator("[data-deal] summary[title]").first.click()
    page.get_by_role("link", name="推进到 ST2").click()
    page.locator("[name=reason]").fill("老板当面答应了")
    page.locator("form.drawer-form button[type=submit]").click()

    assert page.url.endswith(BOARD)
    assert page.locator('[data-stage="ST2"] [data-deal]').count() == 1
