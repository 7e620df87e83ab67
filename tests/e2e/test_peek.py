"""Beside the list in a browser: looking at customers without leaving it, and walking from one page to the next."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browsing import PHONE, opener
from tests.web.scene import scene_once

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NAME, FOCUSED = "#drawer-title", "document.activeElement"


@pytest.fixture
def listed(browser, live_server, cast):
    """Alice before her list of customers."""
    scene_once(cast)
    opened, contexts = opener(browser, live_server.url, cast.alice)

    def at_the_list(**options):
        page = opened(**options)
        page.goto("/customers/?view=all&sort=name")
        return page

    yield at_the_list
    for context in contexts:
        context.close()


def test_keys_look_at_one_customer_after_the_other_and_come_back_to_the_row(listed):
    page = listed()
    names = page.locator("[data-row] [data-open]").all_inner_texts()

    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.wait_for_selector("#drawer[open] .peek")
    assert page.inner_text(NAME) == names[1]
    assert page.evaluate(f"{FOCUSED}.closest('#drawer') !== null")
    for _step in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED} === document.body || !!{FOCUSED}.closest('#drawer')")

    page.keyboard.press("j")
    page.locator(NAME, has_text=names[2]).wait_for()
    page.keyboard.press("[")
    page.locator(NAME, has_text=names[1]).wait_for()
    page.keyboard.press("]")
    page.locator(NAME, has_text=names[2]).wait_for()
    page.locator(".peek [data-open]:focus").wait_for()

    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer[open]", state="detached")
    page.wait_for_function(f"name => {FOCUSED}.querySelector('[data-open]')?.innerText === name", arg=names[2])
    assert page.evaluate("document.querySelectorAll('[data-row].is-on').length") == 1

    page.keyboard.press("o")
    page.wait_for_selector("#drawer[open] .peek")
    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer[open]", state="detached")
    assert page.evaluate(f"{FOCUSED}.querySelector('[data-open]').innerText") == names[2]
    assert page.faults == []


def test_brackets_walk_from_page_to_page_of_the_list(listed):
    page = listed()
    names = page.locator("[data-row] [data-open]").all_inner_texts()
    page.locator("[data-row] [data-open]").first.click()
    page.wait_for_selector(".list-way")

    page.keyboard.press("]")
    page.locator("h1", has_text=names[1]).wait_for()
    assert page.inner_text(".list-way") == f"2 / {len(names)}"
    page.keyboard.press("[")
    page.locator("h1", has_text=names[0]).wait_for()
    page.locator(".list-way .num").click()
    page.wait_for_url("**/customers/?view=all&sort=name")
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_fills_a_phone_and_shuts_nobody_out(listed, scheme):
    page = listed(size=PHONE, color_scheme=scheme)
    page.locator("[data-peek]").first.click()
    page.wait_for_selector("#drawer[open] .peek")
    page.wait_for_timeout(400)

    box = page.locator("#drawer").bounding_box()
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
    assert found == []
