"""The app without a connection: what is logged arrives exactly once, belongs to one person, and is never lost."""

import re
import time

import pytest

from tests.cast import PASSWORD
from tests.e2e.browsing import DESK, PHONE, opener, serious
from tests.factories import make_customer
from wendu.customers.actions import delete_customer
from wendu.kernel.clock import now
from wendu.touches.models import Touch
from wendu.web.offline.files import worker_script

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MANY, BY_HAND = 100, 3
NOTE = "离线"
PATIENCE = 90  # seconds; twenty on an idle machine
KEEP = """async ([many, from, customer, person]) => {
  const { keep, letter } = await import("/static/wendu/js/store.js");
  for (let n = from; n < many; n++) {
    await keep(letter({ person, customer, whom: "桐溪注塑", fields: [["kind", "phone"], ["note", `离线 ${n}`]] }));
  }
}"""
LEFT = """async () => {
  const { everything } = await import("/static/wendu/js/store.js");
  return (await everything()).map((touch) => [touch.person, touch.state, touch.whom, touch.tried]);
}"""


@pytest.fixture
def app(browser, live_server, story):
    """Opens the app as Alice, with the worker in charge and names at hand."""
    opened, contexts = opener(browser, live_server.url, story.cast.alice)

    def ready(size=DESK, language="zh-CN", path="/today/", **options):
        page = opened(size, language, **options)
        page.goto(path)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        page.wait_for_function("async () => Boolean(await (await import('/static/wendu/js/store.js')).recall('shelf'))")
        return page

    yield ready
    for context in contexts:
        context.close()


def kept_notes() -> list[str]:
    return sorted(Touch.objects.filter(note__startswith=NOTE).values_list("note", flat=True))


def standing_notes() -> list[str]:
    return sorted(Touch.objects.filter(note__startswith=NOTE, undone_at=None).values_list("note", flat=True))


def left(page) -> list[list]:
    return page.evaluate(LEFT)


def log_by_hand(page, note: str, whom: str = "桐溪注塑") -> None:
    form = page.locator("[data-keep-touch]")
    form.locator("[name=whom]").fill(whom)
    form.locator("[name=kind][value=visit]").check()
    form.locator("[name=note]").fill(note)
    form.locator("button[type=submit]").click()
    page.wait_for_function("() => document.querySelector('[data-keep-touch] [name=note]').value === ''")


def test_a_hundred_touches_over_a_flapping_connection_arrive_exactly_once(app, story):
    page = app(PHONE)
    context, count = page.context, {"posts": 0, "lost": 0, "cut": 0}
    context.set_offline(True)
    page.keyboard.press("l")
    page.wait_for_selector("[data-keep-touch]")
    for number in range(BY_HAND):
        log_by_hand(page, f"{NOTE} {number}")
    page.evaluate(KEEP, [MANY, BY_HAND, str(story.customer.uuid), str(story.cast.alice.uuid)])
    assert len(left(page)) == MANY
    assert kept_notes() == []

    def flapping(route):
        count["posts"] += 1
        if count["posts"] % 7 == 0:  # cut before the server has it
            count["cut"] += 1
            route.abort("connectionreset")
        elif count["posts"] % 5 == 0:  # the server has taken it, its answer gets lost
            route.fetch()
            count["lost"] += 1
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route("**/offline/touches/", flapping)
    context.set_offline(False)
    closed, until = False, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.wait_for_timeout(50)
        rest = len(left(page))
        if rest < MANY // 2 and not closed:  # the app is swiped away in the middle and opened again, twice at once
            page.close()
            page, closed = context.new_page(), True
            page.goto("/today/")
            other = context.new_page()
            other.goto("/offline/")
        if not rest:
            break
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(150)

    assert left(page) == []
    assert closed
    assert count["lost"] > 5
    assert count["cut"] > 5
    assert kept_notes() == sorted(f"{NOTE} {number}" for number in range(MANY))


def test_somebody_else_on_the_same_device_sees_and_sends_nothing_of_the_first(app, story, live_server):
    page = app()
    page.context.set_offline(True)
    page.goto("/customers/")
    log_by_hand(page, f"{NOTE} 1")
    page.context.route("**/offline/touches/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/accounts/logout/")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/login/")
    page.wait_for_selector("#waiting:has-text('登录后发出 1 笔')")

    page.context.set_offline(True)
    page.goto("/today/")
    page.wait_for_selector("text=没人登录")
    assert "桐溪" not in page.content()
    assert page.locator("[data-keep-touch]").is_hidden()

    page.context.set_offline(False)
    page.context.unroute("**/offline/touches/")
    page.goto("/accounts/login/")
    page.fill("#id_login", "charlie")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/today/")
    page.goto("/offline/")
    page.wait_for_selector("text=都记上了")
    assert page.locator("#waiting").is_hidden()
    assert "桐溪" not in page.content()
    page.context.set_offline(True)
    page.goto("/today/")
    page.wait_for_selector("[data-keep-touch]")
    assert "桐溪" not in page.content()
    assert kept_notes() == []

    page.context.set_offline(False)
    page.goto("/offline/")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("#id_login", "alice")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/today/")
    page.wait_for_selector(".toast-w")
    assert kept_notes() == [f"{NOTE} 1"]
    assert left(page) == []


def test_an_ended_session_keeps_what_waits_and_says_to_sign_in(app, story):
    page = app()
    page.context.set_offline(True)
    page.goto("/today/")
    log_by_hand(page, f"{NOTE} 1")
    log_by_hand(page, f"{NOTE} 2")
    page.context.clear_cookies()

    page.context.set_offline(False)

    page.wait_for_selector("#waiting:has-text('登录后发出 2 笔')")
    assert [state for _person, state, *_rest in left(page)] == ["waiting", "waiting"]
    assert kept_notes() == []


def test_a_form_open_when_the_connection_goes_is_kept_and_sent(app, story):
    page = app(path=story.page_url)
    page.keyboard.press("l")
    page.wait_for_selector("#drawer form.log-form")
    page.fill("#drawer [name=note]", f"{NOTE} 全表")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast-w:has-text('先存在这台设备上')")
    assert not page.evaluate("document.getElementById('drawer').open")

    page.context.set_offline(False)

    page.wait_for_selector(".toast-w:has-text('→')")
    touch = Touch.objects.latest("pk")
    assert (touch.note, touch.participants.count()) == (f"{NOTE} 全表", 1)
    assert left(page) == []


def test_what_is_refused_is_kept_with_its_reason_and_mended(app, story):
    gone = make_customer(story.cast.alice, "云麓电子", at=now())
    page = app()
    page.context.set_offline(True)
    page.goto(f"/touches/new/?customer={gone.uuid}")
    page.wait_for_function("() => document.querySelector('[data-keep-touch] [name=whom]').value === '云麓电子'")
    log_by_hand(page, f"{NOTE} 丢", "云麓电子")
    log_by_hand(page, f"{NOTE} 名", "桐溪")
    delete_customer(customer=gone, actor=story.cast.alice, at=now())
    page.context.set_offline(False)
    page.wait_for_selector("#waiting:has-text('2 笔要改')")

    page.goto("/offline/")
    gone_row = page.locator("[data-letters] > li", has_text="云麓电子")
    named = page.locator("[data-letters] > li", has_text=f"{NOTE} 名")
    assert "不归你看" in gone_row.inner_text()
    named.locator("select[name=customer]").select_option(label="桐溪注塑")
    named.get_by_role("button", name="再发一次").click()
    page.wait_for_selector(".toast-w")
    gone_row.get_by_text("丢掉", exact=True).click()
    gone_row.get_by_role("button", name="确定丢掉").click()

    page.wait_for_selector("text=都记上了")
    assert kept_notes() == [f"{NOTE} 名"]
    assert left(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_the_pages_without_a_connection_stand_in_nobodys_way(app, story, language, scheme, size):
    page = app(size, language, color_scheme=scheme, bypass_csp=True)
    page.context.set_offline(True)
    page.goto("/customers/")
    page.wait_for_selector("[data-keep-touch]")
    page.evaluate(KEEP, [2, 0, str(story.customer.uuid), str(story.cast.alice.uuid)])
    page.reload()
    page.wait_for_selector("[data-letters] > li")

    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    words = page.locator("body").inner_text().replace("桐溪注塑", "").replace("离线", "")
    assert (re.search(r"[\u3400-\u9fff]", words) is None) == (language == "en-US")


def test_a_browser_finds_the_app_installable(app):
    page = app()
    session = page.context.new_cdp_session(page)

    found = session.send("Page.getAppManifest")
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert found["errors"] == []
    assert [each for each in faults if each["errorId"] != "in-incognito"] == []
    assert page.faults == []


def test_the_whole_form_sent_as_a_page_without_a_connection_is_kept(app, story):
    page = app(path=story.new_url)
    page.fill(".drawer-page [name=note]", f"{NOTE} 页")
    page.context.set_offline(True)
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('.drawer-page form'))")
    page.wait_for_selector("[data-letters] > li:has-text('桐溪注塑')")

    page.context.set_offline(False)

    page.wait_for_selector(".toast-w:has-text('→')")
    page.wait_for_selector("[data-letters] > li:has-text('桐溪注塑')", state="detached")
    assert kept_notes() == [f"{NOTE} 页"]
    page.click(".toast-w [data-undo]")
    page.wait_for_selector(".toast-w:has-text('已撤销')")
    assert standing_notes() == []


def test_several_sent_at_once_are_taken_back_by_one_button(app, story):
    page = app()
    page.evaluate(KEEP, [3, 0, str(story.customer.uuid), str(story.cast.alice.uuid)])

    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector(".toast-w:has-text('待发的 3 笔都已记上')")
    assert len(standing_notes()) == 3
    page.keyboard.press("u")

    page.wait_for_selector(".toast-w:has-text('撤回了 3 笔')")
    assert standing_notes() == []
    assert page.faults == []


def test_the_worker_alone_sends_what_waits(app, story):
    page = app()
    page.evaluate(KEEP, [2, 0, str(story.customer.uuid), str(story.cast.alice.uuid)])
    session = page.context.new_cdp_session(page)
    registrations = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: registrations.extend(said["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    which = {"origin": registrations[-1]["scopeURL"], "registrationId": registrations[-1]["registrationId"]}

    session.send("ServiceWorker.dispatchSyncEvent", {**which, "tag": "touches", "lastChance": False})

    page.wait_for_selector(".toast-w:has-text('待发的 2 笔都已记上')")
    assert kept_notes() == [f"{NOTE} 0", f"{NOTE} 1"]


def test_a_new_version_takes_over_and_leaves_nothing_of_the_old(app, monkeypatch):
    page = app()
    old = page.evaluate("caches.keys()")
    newer = worker_script().replace('"version": "', '"version": "newer')
    monkeypatch.setattr("wendu.web.offline.pages.worker_script", lambda: newer)

    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update())")

    page.wait_for_function(
        "async () => { const all = await caches.keys(); return all.length === 1 && all[0].includes('newer'); }"
    )
    assert len(old) == 1
    page.context.set_offline(True)
    page.goto("/customers/")
    assert "没网" in page.inner_text("h1")
