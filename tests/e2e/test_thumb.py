"""A touch logged by thumb between two visits: how many taps it takes, and what the screen says it moved."""

import re
from time import perf_counter

import pytest

from tests.e2e.browsing import PHONE, opener
from tests.web.scene import scene_once
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TAPS_AT_MOST = 6


@pytest.fixture
def morning(browser, live_server, cast):
    """Alice's morning; `morning(...)` opens pages as her."""
    scene = scene_once(cast)
    opened, contexts = opener(browser, live_server.url, cast.alice)
    opened.scene = scene
    yield opened
    for context in contexts:
        context.close()


class Thumb:
    """Taps what can be seen and reached, and counts."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, what: str) -> None:
        self.page.locator(what).first.tap()
        self.taps += 1


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_common_touch_takes_six_taps_at_most_on_a_phone(morning, language):
    page = morning(PHONE, language, has_touch=True, is_mobile=True)
    page.goto("/today/")
    thumb, began, count = Thumb(page), perf_counter(), Touch.objects.count()

    thumb.tap("[data-row] [data-log]")
    page.wait_for_selector("#drawer[open] .log-form")
    thumb.tap("#drawer label.chip:has(input[name=kind][value=phone])")
    thumb.tap(f"#drawer label.chip:has(input[name=outcome][value={TouchOutcome.CONTINUATION}])")
    thumb.tap("#drawer label.chip:has(input[name=agreed]) >> nth=1")
    effect = page.locator("#drawer .effect .say b.to")
    effect.wait_for()
    assert re.fullmatch(r"\d+°", effect.inner_text())
    assert page.locator("#drawer .effect .then").count()  # what comes next, and why
    thumb.tap("#drawer .log-form [type=submit]")
    page.wait_for_selector("[data-toast]")

    print(f"{language}: {thumb.taps} taps, {perf_counter() - began:.1f} s of a machine")
    assert thumb.taps <= TAPS_AT_MOST
    assert Touch.objects.count() == count + 1
    logged = Touch.objects.latest("pk")
    assert (logged.kind, logged.outcome, logged.agreed_on is not None) == ("phone", TouchOutcome.CONTINUATION, True)
    assert re.search(r"\d+", page.locator("[data-toast]").first.inner_text())
    assert page.faults == []
