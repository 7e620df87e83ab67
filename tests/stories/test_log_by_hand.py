"""Logging a touch by hand in a real browser: by keyboard, on a phone, and what the screens promise to everyone."""

import time

import pytest
from django.conf import settings
from django.test import Client

from tests.e2e.browsing import DESK, EVERYTHING, PHONE, in_the_way
from tests.web.one_customer import story_once
from wendu.touches.models import Touch

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(cast):
    return story_once(cast)


@pytest.fixture
def open_page(browser, live_server, story):
    """Open pages as Alice; console errors and failed requests are collected."""
    contexts = []

    def opened(size=DESK, language="zh-CN", **options):
        client = Client()
        client.force_login(story.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
        context = browser.new_context(viewport=size, locale=language, base_url=live_server.url, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_touch_is_logged_by_keyboard_in_seconds(open_page, story):
    page = open_page()
    page.goto(story.page_url)
    began, before = time.monotonic(), Touch.objects.count()

    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    page.keyboard.press("3")
    page.locator("#drawer textarea[name=note]").fill("约好下周看样板站")
    page.wait_for_selector("#effect .to")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-toast]")

    assert time.monotonic() - began < 15
    assert Touch.objects.count() == before + 1
    assert Touch.objects.latest("pk").kind == "online_meeting"
    page.get_by_text("约好下周看样板站").wait_for()
    page.keyboard.press("u")
    page.get_by_text("约好下周看样板站").wait_for(state="detached")
    assert Touch.objects.standing().count() == before
    assert page.faults == []


def test_the_common_touch_takes_at_most_six_taps_on_a_phone(open_page, story):
    page = open_page(PHONE, is_mobile=True, has_touch=True)
    page.goto(story.page_url)
    before, taps = Touch.objects.count(), 0

    for target in (
        ".bottombar .log",
        "[name=kind][value=visit]",
        "[name=outcome][value=continuation]",
        ".effect .btn-ember",
    ):
        spot = page.locator(target).first
        spot.wait_for(state="attached")
        (spot if target.startswith((".b", ".e")) else spot.locator("xpath=..")).tap()
        taps += 1
    page.wait_for_selector("[data-toast]")

    assert taps <= 6
    assert Touch.objects.count() == before + 1
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.faults == []


def test_a_draft_survives_closing_and_what_is_wrong_is_said(open_page, story):
    page = open_page()
    page.goto(story.page_url)
    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    page.locator("#drawer textarea[name=note]").fill("还没写完")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer[open]", state="detached")
    page.keyboard.press("l")
    page.wait_for_selector("#drawer[open] .log-form")
    assert page.locator("#drawer textarea[name=note]").input_value() == "还没写完"

    page.locator("#drawer summary", has_text="日期").click()
    page.locator("#drawer [name=touched_on]").fill("2999-01-01")
    page.keyboard.press("Control+Enter")

    page.wait_for_selector("#drawer .err-sum")
    assert page.locator("#drawer textarea[name=note]").input_value() == "还没写完"


# The light desk and the dark phone, in both languages, are walked over every page in tests/e2e/test_pages.py.
@pytest.mark.parametrize(("scheme", "size"), [("dark", DESK), ("light", PHONE)], ids=["dark desk", "light phone"])
def test_nothing_serious_stands_in_anybodys_way(open_page, story, scheme, size):
    page = open_page(size, "zh-CN", color_scheme=scheme, bypass_csp=True)

    for path in (
        story.page_url,
        story.deal_url,
        "/opportunities/",
        story.new_url,
        "/touches/new/",
        f"{story.page_url}answers/",
    ):
        page.goto(path)
        assert in_the_way(page, EVERYTHING) == [], path
    assert page.faults == []


def test_everything_works_without_a_script(open_page, story):
    page = open_page(java_script_enabled=False)
    before = Touch.objects.count()

    page.goto(story.page_url)
    page.locator(".nba .btn-ember").click()
    page.locator("label.chip", has_text="上门").click()
    page.locator("textarea[name=note]").fill("没有脚本也能记")
    page.locator(".effect .btn-ember").click()

    assert Touch.objects.count() == before + 1
    assert page.get_by_text("没有脚本也能记").count()
    assert page.locator("[data-toast]").count()
