"""Picking customers in a browser: by key and by box, from page to page, and what is done with them."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, opener, serious
from tests.factories import make_customer
from tests.web.scene import scene_once
from wendu.customers.models import Customer
from wendu.kernel.clock import now

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BOX = "[data-rows] input[name=pick]"


@pytest.fixture
def opened(browser, live_server, cast):
    """Alice, with more customers than one page shows."""
    scene_once(cast)
    for number in range(50):
        make_customer(cast.alice, f"A 客户{number:02}", at=now())
    opened, contexts = opener(browser, live_server.url, cast.alice)
    yield opened
    for context in contexts:
        context.close()


def test_what_was_picked_is_kept_from_page_to_page_and_changed_at_once(opened):
    page = opened()
    page.goto("/customers/?view=all&sort=name")
    page.keyboard.press("x")
    page.locator(BOX).nth(3).check()
    assert page.inner_text("[data-count]") == "2"
    page.locator("a[rel=next]").click()
    page.locator("a[rel=prev]").wait_for()
    page.locator(BOX).first.check()
    assert page.inner_text("[data-count]") == "3"
    page.locator("a[rel=prev]").click()
    page.locator("a[rel=next]").wait_for()
    for place, is_picked in ((0, True), (1, False), (3, True)):  # put back once the rows have come
        expect(page.locator(BOX).nth(place)).to_be_checked(checked=is_picked)

    page.click("#picked [value=tag]")
    page.fill("[name=tag]", "展会")
    page.click("main form [type=submit]")
    page.locator(".bulk-counts").wait_for()
    page.click("main form [type=submit]")
    page.locator("[data-toast]", has_text="给 3 家打了标签").wait_for()
    assert page.locator(f"{BOX}:checked").count() == 0
    assert Customer.objects.filter(taggings__isnull=False).count() == 3
    page.wait_for_load_state("networkidle")
    page.keyboard.press("u")
    page.locator("[data-toast]", has_text="3 家恢复原样").wait_for()
    assert Customer.objects.filter(taggings__isnull=False).count() == 0
    assert page.faults == []


def test_who_looks_at_the_numbers_and_goes_back_still_has_the_picks(opened):
    page = opened()
    page.goto("/customers/?view=all&sort=name")
    page.locator(BOX).nth(2).check()
    page.click("#picked [value=tag]")
    page.fill("[name=tag]", "展会")
    page.click("main form [type=submit]")
    page.locator(".bulk-counts").wait_for()
    page.click(".head .right a")
    page.locator("#picked.is-on").wait_for()
    assert page.inner_text("[data-count]") == "1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bar_and_the_preview_fit_a_phone_and_shut_nobody_out(opened, scheme):
    page = opened(size=PHONE, color_scheme=scheme)
    page.goto("/customers/?view=all&sort=name")
    page.locator(BOX).first.check()
    for step in ("bar", "preview", "batch", "list"):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], step
        assert serious(page) == [], step
        if step == "bar":
            page.check("#picked [name=all]")
            page.click("#picked [value=delete]")
            page.locator(".bulk-counts").wait_for()
        if step == "preview":
            page.fill("[name=typed]", page.input_value("[name=expected]"))
            page.click("main form [type=submit]")
            page.locator("[data-toast]").wait_for()
            page.goto("/customers/bulk/")
            page.click(".batches a")
            page.locator("#batch").wait_for()
        if step == "batch":
            page.goto("/customers/bulk/")
