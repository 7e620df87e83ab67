"""Dragging a customer on the board: nothing moves, the drawer says why and which question to ask."""

import re

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_card_dragged_to_another_class_stays_and_the_question_is_offered(open_page, story):
    page = open_page()
    page.goto("/quadrants/")
    card = page.locator("[data-card]").first
    here = card.locator("xpath=ancestor::*[@data-class]").get_attribute("data-class")
    there = "D" if here != "D" else "A"

    card.drag_to(page.locator(f'[data-class="{there}"]'))

    drawer = page.get_by_role("dialog")
    drawer.get_by_text("没有挪动：定级看证据，不看愿望").wait_for()
    assert page.locator(f'[data-class="{here}"] [data-card]').count() == 1
    drawer.get_by_role("link", name="去答这一问").first.click()
    drawer.locator("form").wait_for()
    assert page.faults == []


def test_the_time_of_the_last_weeks_comes_by_itself_and_without_a_script_by_a_link(open_page, story):
    page = open_page()
    page.goto("/quadrants/")
    page.locator("#time .share").wait_for()

    plain = open_page(java_script_enabled=False)
    plain.goto("/quadrants/")
    plain.locator("#time a").click()
    assert re.search(r"/quadrants/time/", plain.url)
    plain.locator(".share").first.wait_for()
    assert plain.faults == []
