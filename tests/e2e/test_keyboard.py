"""The morning by keyboard, and the morning without a script."""

import pytest

from tests.cast import PASSWORD
from tests.e2e.browsing import opener
from tests.web.scene import scene_once
from wendu.touches.models import Touch

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def morning(browser, live_server, cast):
    """Alice's morning; `morning(...)` opens pages as her, `visitor` as nobody."""
    scene_once(cast)
    opened, contexts = opener(browser, live_server.url, cast.alice)
    visiting, others = opener(browser, live_server.url, None)
    opened.visitor = visiting
    yield opened
    for context in contexts + others:
        context.close()


def test_rows_are_walked_opened_and_logged_by_keys(morning):
    page = morning()
    page.goto("/today/")
    current = "document.querySelector('[data-row].is-on')?.id || document.querySelector('[data-row].is-on')?.innerText"

    page.keyboard.press("j")
    first = page.evaluate(current)
    page.keyboard.press("j")
    second = page.evaluate(current)
    page.keyboard.press("k")
    assert first
    assert page.evaluate(current) == first != second

    opened = "!document.querySelector('[data-row].is-on .more').hidden"
    before = page.evaluate(opened)
    page.keyboard.press("Space")
    assert page.evaluate(opened) != before

    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    assert page.evaluate("document.activeElement.closest('#drawer') !== null")
    for _step in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#drawer')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer[open]", state="detached")
    assert page.evaluate("document.activeElement.matches('[data-row]')")

    count = Touch.objects.count()
    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-toast]")
    assert Touch.objects.count() == count + 1
    assert page.faults == []


def test_a_morning_without_a_script(morning):
    page, before = morning.visitor(java_script_enabled=False), Touch.objects.count()

    page.goto("/")
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.locator(
        "main form [type=submit], form.account [type=submit], form:has([name=password]) [type=submit]"
    ).first.click()
    page.wait_for_url("**/today/")
    page.locator("[data-rows] a[href*='/touches/new/?customer=']").first.click()
    page.locator("textarea[name=note]").fill("没有脚本的早上")
    page.locator(".log-form [type=submit]").first.click()

    assert Touch.objects.count() == before + 1
    assert Touch.objects.latest("pk").note == "没有脚本的早上"
