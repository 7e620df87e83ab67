"""The map of a decision, drawn with the mouse and with the keys: who reports to whom."""

import pytest

from tests.factories import make_influencer
from wendu.opportunities.models import Influencer, Opportunity

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def part(story):
    return make_influencer(story.deal, story.she)


def test_m137_somebody_dragged_onto_the_boss_reports_to_him(open_page, story, part):
    page = open_page()
    page.goto(story.deal_url)
    box = page.locator(f'[data-person="{story.she.pk}"]')

    box.drag_to(page.locator(f'[data-person="{story.he.pk}"]'))

    drawer = page.get_by_role("dialog")
    drawer.locator("[name=reports_to_id]").wait_for()
    assert drawer.locator("[name=reports_to_id]").input_value() == str(story.he.pk)
    drawer.locator("footer button").last.click()
    page.locator("#chain-map .reports").wait_for(state="attached")
    part.refresh_from_db()
    assert part.reports_to_id == story.he.pk
    assert page.faults == []


def test_m137_by_keyboard_on_a_phone_the_same_line_is_drawn(open_page, story, part):
    page = open_page({"width": 390, "height": 844})
    page.goto(story.deal_url)
    page.locator(f'[data-person="{story.she.pk}"] a').press("Enter")
    drawer = page.get_by_role("dialog")
    drawer.locator("[name=sways_id]").select_option(str(story.he.pk))
    drawer.locator("[name=reports_to_id]").select_option(str(story.he.pk))
    drawer.locator("[name=reports_to_id]").press("Control+Enter")

    page.locator("#chain-map .reports").wait_for(state="attached")
    assert page.locator("#chain-map .sways").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Influencer.objects.get(pk=part.pk).sways_id == story.he.pk
    assert page.faults == []


def test_on_a_phone_the_present_stage_is_in_sight(open_page, story):
    Opportunity.objects.filter(pk=story.deal.pk).update(stage="ST4")
    page = open_page({"width": 390, "height": 844})
    page.goto(story.deal_url)

    box = page.locator(".stages .on").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
