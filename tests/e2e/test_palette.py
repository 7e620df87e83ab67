"""The palette by keyboard: found, walked, taken, left; with nothing in the way of a screen reader."""

import pytest

from tests.e2e.browsing import DESK, PHONE, opener, serious
from tests.web.scene import scene_once

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FOCUSED = "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"


@pytest.fixture
def desk(browser, live_server, cast):
    scene = scene_once(cast)
    opened, contexts = opener(browser, live_server.url, cast.alice)
    opened.scene = scene
    yield opened
    for context in contexts:
        context.close()


def active(page) -> str:
    """What the box says is chosen, as a screen reader would read it."""
    return page.evaluate(
        "document.getElementById(document.querySelector('[data-search]').getAttribute('aria-activedescendant'))?.innerText"
    )


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_what_one_opened_is_two_keys_away(desk, size, scheme):
    page = desk(size, color_scheme=scheme, bypass_csp=True)
    page.goto(f"/customers/{desk.scene.customers['砚湖轴承'].uuid}/")
    page.goto("/today/")

    page.keyboard.press("Control+k")
    page.wait_for_selector("#found [role=option]")
    assert page.get_attribute("[data-search]", "aria-expanded") == "true"
    assert active(page) is None
    assert "项可选" in page.inner_text("#found-said")
    assert serious(page) == []
    page.keyboard.press("ArrowDown")
    assert "砚湖轴承" in active(page)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/customers/{desk.scene.customers['砚湖轴承'].uuid}/")
    assert page.faults == []


def test_a_command_is_typed_and_taken(desk):
    page = desk()
    page.goto("/today/")

    page.keyboard.press("/")
    page.keyboard.type("xkh")
    page.wait_for_selector('#found [aria-selected=true]:has-text("新客户")')
    page.keyboard.press("Enter")

    page.wait_for_selector("#drawer[open] [name=name]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer[open]", state="detached")
    assert page.faults == []


def test_the_theme_is_changed_from_the_box(desk):
    page = desk()
    page.goto("/customers/")

    page.keyboard.press("Control+k")
    page.keyboard.type("dark")
    page.wait_for_selector('#found [aria-selected=true]:has-text("深色")')
    page.keyboard.press("Enter")

    page.wait_for_selector("html[data-theme=dark]")
    assert page.url.endswith("/customers/")


def test_escape_leads_back_to_where_one_was(desk):
    page = desk()
    page.goto("/today/")
    page.keyboard.press("j")
    before = page.evaluate(FOCUSED)

    page.keyboard.press("/")
    page.wait_for_selector("#found [role=option]")
    page.keyboard.press("Escape")

    assert page.evaluate(FOCUSED) == before
    assert page.get_attribute("[data-search]", "aria-expanded") == "false"
    assert not page.is_visible("#found")


def test_the_box_opens_over_a_drawer_and_keeps_its_draft(desk):
    page = desk()
    page.goto("/today/")
    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    page.fill("#drawer textarea[name=note]", "写到一半")

    page.keyboard.press("Control+k")

    page.wait_for_selector("#found [role=option]")
    assert page.input_value("#drawer textarea[name=note]") == "写到一半"


@pytest.mark.parametrize(("path", "works"), [("/today/", True), ("/search/", False)])
def test_the_sheet_lists_only_keys_that_work_here(desk, path, works):
    page = desk(bypass_csp=True)
    page.goto(path)
    page.locator("h1").click()

    page.keyboard.press("?")

    page.wait_for_selector("#keys[open]")
    for key in ("j", "z", "c", "expand"):
        assert page.is_visible(f'#keys [data-of="{key}"]') is works, key
    assert not page.is_visible('#keys [data-of="u"]')
    assert page.is_visible('#keys [data-of="n"]')
    assert serious(page) == []


def test_one_key_offers_what_can_be_created(desk):
    page = desk()
    page.goto("/today/")

    page.keyboard.press("n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_selector("#drawer[open] #whom a")
    page.locator("#whom a").first.click()
    page.wait_for_selector("#drawer[open] [name=title]")
    assert page.faults == []
